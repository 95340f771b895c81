using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Optimizer;

/// <summary>The update of all weights, a job for each stretch of them: AdamW, with what a run may have beside it: other gradients before, a weight decay of some frequencies, the way back to the norm after.</summary>
internal sealed unsafe class WeightUpdate<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public const int StretchLength = 1 << 14;
    private readonly StepContext _context;

    /// <param name="context">The weights, their gradient and their moments.</param>
    /// <param name="matrices">For the products that a weight decay of some frequencies needs.</param>
    /// <param name="finishEmbedding">Computes the gradient of W_E and W_pos. They come first, and the job that does it updates them too.</param>
    public WeightUpdate(StepContext context, MatrixJobs<TLanes, TVector> matrices, Action finishEmbedding)
    {
        _context = context;
        ParameterPanels weights = context.Weights;
        nint embedding = (nint)(weights.W_Q.Data - weights.Data);
        var stretches = new List<(nint First, nint Count)> { (0, embedding) };
        for (nint first = embedding; first < weights.Count; first += StretchLength)
        {
            stretches.Add((first, Math.Min(StretchLength, weights.Count - first)));
        }

        ConstantNorm? norm = context.Config.ConstantNorm
            ? new(weights, TrainingState.Initial(context.Config).Weights.SumOfSquares(), stretches)
            : null;
        GradientRules? rules = GradientRules.Has(context.Config) ? new(context) : null;
        Action[] updates = [.. stretches.Select((stretch, index) => (Action)(() =>
        {
            if (index == 0 && rules is null)
            {
                finishEmbedding();
            }

            Update(stretch.First, stretch.Count);
            norm?.Sum(index);
        }))];
        FrequencyDecayUpdate<TLanes, TVector>? frequencies = context.Config.FrequencyDecay is FrequencyDecay decay ? new(context, decay, matrices) : null;
        Action[][] phases = norm is not null ? [updates, norm.RescalingJobs] : frequencies is not null ? [frequencies.Before, updates, frequencies.After] : [updates];

        // The gradient of W_E is put together from others, which no rule may have changed by then.
        Phases = rules is null ? phases : [[finishEmbedding], rules.Jobs, .. phases];
    }

    public Action[][] Phases { get; }

    private void Update(nint first, nint count) => AdamWStep.At(_context.Config, _context.Epoch).Update<TLanes, TVector>(
        _context.Weights.Data + first, _context.Gradient.Data + first, _context.FirstMoment.Data + first, _context.SecondMoment.Data + first, count);
}
