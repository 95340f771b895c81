using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Optimizer;

/// <summary>What is done to the gradient before AdamW has it, a job for each tensor.</summary>
internal sealed unsafe class GradientRules
{
    private readonly StepContext _context;

    /// <param name="context">The weights, their gradient and their moments.</param>
    public GradientRules(StepContext context)
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

        Jobs = [.. weights.All.Select(Job)];
    }

    /// <summary>For the phase before the update, after all of the gradient.</summary>
    public Action[] Jobs { get; }

    /// <summary>Whether a run has any.</summary>
    public static bool Has(TrainingConfig config) => config.KeepZeros || config.Grokfast is not null || config.PerpendicularGradient;

    private void Apply(nint first, nint count, bool isBias)
    {
        TrainingConfig config = _context.Config;
        float* theta = _context.Weights.Data + first;
        float* gradient = _context.Gradient.Data + first;
        float* mean = _context.GradientMean is { } means ? means.Data + first : null;
        if (config.KeepZeros && !isBias)
        {
            // With a gradient and moments of zero AdamW leaves a weight of zero alone.
            ClearAtZeros(theta, gradient, count);
            ClearAtZeros(theta, _context.FirstMoment.Data + first, count);
            ClearAtZeros(theta, _context.SecondMoment.Data + first, count);
            if (mean != null)
            {
                ClearAtZeros(theta, mean, count);
            }
        }

        if (config.Grokfast is Grokfast grokfast)
        {
            Amplify(grokfast, gradient, mean, count);
        }

        if (config.PerpendicularGradient)
        {
            KeepPerpendicular(theta, gradient, count);
        }
    }

    private static void ClearAtZeros(float* theta, float* values, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            values[i] = theta[i] == 0 ? 0 : values[i];
        }
    }

    private void Amplify(Grokfast grokfast, float* gradient, float* mean, nint count)
    {
        // The first mean is the first gradient.
        double kept = _context.HasGradientMean ? grokfast.Alpha : 0;
        for (nint i = 0; i < count; i++)
        {
            mean[i] = (float)((kept * mean[i]) + ((1 - kept) * gradient[i]));
            gradient[i] = (float)(gradient[i] + (grokfast.Lambda * mean[i]));
        }
    }

    /// <summary>Sums in float64, ascending as the tensor lies; products of float32 are exact there. What fills up the panels is zero.</summary>
    private static void KeepPerpendicular(float* theta, float* gradient, nint count)
    {
        const double least = 1e-30;
        double along = 0;
        double ofWeights = 0;
        double ofGradient = 0;
        for (nint i = 0; i < count; i++)
        {
            double w = theta[i];
            double g = gradient[i];
            along += w * g;
            ofWeights += w * w;
            ofGradient += g * g;
        }

        double part = along / (ofWeights + least);
        double ofRest = 0;
        for (nint i = 0; i < count; i++)
        {
            double rest = gradient[i] - (part * theta[i]);
            ofRest += rest * rest;
        }

        double factor = Math.Sqrt(ofGradient) / (Math.Sqrt(ofRest) + least);
        for (nint i = 0; i < count; i++)
        {
            gradient[i] = (float)((gradient[i] - (part * theta[i])) * factor);
        }
    }
}
