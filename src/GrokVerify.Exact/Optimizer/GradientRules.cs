using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Optimizer;

/// <summary>What is done to the gradient before AdamW has it, a job for each tensor.</summary>
internal sealed unsafe class GradientRules
{
    private readonly StepContext _context;

    /// <param name="context">The weights, their gradient and their moments.</param>
    /// <param name="finishEmbedding">Computes the gradient of W_E and W_pos, which come first.</param>
    public GradientRules(StepContext context, Action finishEmbedding)
    {
        _context = context;
        ParameterPanels weights = context.Weights;
        Action Job(PanelMatrix tensor)
        {
            nint first = (nint)(tensor.Data - weights.Data);
            nint count = PanelMatrix.Size(tensor.Rows, tensor.Columns);
            bool isBias = tensor.Data == weights.B_in.Data || tensor.Data == weights.B_out.Data;
            return () => Apply(first, count, isBias);
        }

        Action[] tensors = [.. weights.All.Select(Job)];
        Jobs =
        [
            () =>
            {
                finishEmbedding();
                tensors[0]();
                tensors[1]();
            },
            .. tensors[2..],
        ];
    }

    /// <summary>For the phase before the update.</summary>
    public Action[] Jobs { get; }

    /// <summary>Whether a run has any.</summary>
    public static bool Has(TrainingConfig config) => config.KeepZeros;

    private void Apply(nint first, nint count, bool isBias)
    {
        TrainingConfig config = _context.Config;
        float* gradient = _context.Gradient.Data + first;
        if (config.KeepZeros && !isBias)
        {
            ClearAtZeros(_context.Weights.Data + first, gradient, _context.FirstMoment.Data + first, _context.SecondMoment.Data + first, count);
        }
    }

    /// <summary>With a gradient and moments of zero AdamW leaves a weight of zero alone.</summary>
    private static void ClearAtZeros(float* theta, float* gradient, float* first, float* second, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            if (theta[i] == 0)
            {
                gradient[i] = 0;
                first[i] = 0;
                second[i] = 0;
            }
        }
    }
}
