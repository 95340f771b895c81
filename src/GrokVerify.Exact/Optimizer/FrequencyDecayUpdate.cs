using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Optimizer;

/// <summary>Gives back to W_E and W_U, at the frequencies of <see cref="FrequencyDecay"/>, what the update decayed too much there, or takes what it decayed too little.</summary>
internal sealed unsafe class FrequencyDecayUpdate<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly StepContext _context;
    private readonly FrequencyDecay _decay;

    public FrequencyDecayUpdate(StepContext context, FrequencyDecay decay, MatrixJobs<TLanes, TVector> matrices)
    {
        _context = context;
        _decay = decay;
        ParameterPanels weights = context.Weights;
        var projected = new FrequencyProjection(context.Memory, weights, context.Model);
        float[] elements = FrequencyProjection.Elements(context.Config, decay);
        PanelMatrix projection = projected.Projection;
        for (int i = 0; i < elements.Length; i++)
        {
            projection[i / projection.Columns, i % projection.Columns] = elements[i];
        }

        Before = [.. matrices.ByPanel(projected.Products)];
        After = [() => Add(weights.W_E, projected.Embedding), () => Add(weights.W_Ut, projected.Unembedding)];
    }

    /// <summary>P W_E and P W_U, for the phase before the update.</summary>
    public Action[] Before { get; }

    /// <summary>For the phase after the update.</summary>
    public Action[] After { get; }

    private void Add(PanelMatrix weights, PanelMatrix projected)
    {
        TVector factor = TLanes.Broadcast((float)_decay.Factor(_context.Config, _context.Epoch));
        nint count = PanelMatrix.Size(weights.Rows, weights.Columns);
        for (nint i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(weights.Data + i, TLanes.MultiplyAdd(factor, TLanes.Load(projected.Data + i), TLanes.Load(weights.Data + i)));
        }
    }
}
