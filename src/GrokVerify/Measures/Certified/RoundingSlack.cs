using GrokVerify.Model;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// More than float64 can be wrong about any difference of logits, in the bound or in a network that is run. Every number there is a chain of at most n = 8 (d_model + d_mlp + 2p + 64) operations on terms whose
/// magnitudes sum to no more than the product of the norms of what they come from, along every path from the embedding to the logits; each operation is off by 2^-53 of its own. A score that is off by s makes an
/// attention weight off by a factor of at most exp(4s). The bound is taken 64 times as large, for the parts that a logit is split into and joined from.
/// </summary>
internal static class RoundingSlack
{
    private const double UnitRoundoff = 1.0 / (1L << 53);
    private const int Parts = 64;

    /// <returns>In logits; infinite where the scores are so large that nothing can be said.</returns>
    public static double Of(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        double Norm(string name) => OfNorm(weights[name]);
        double Bias(Func<OptionalBiases, float[]> bias) => weights.OptionalBiases is { } biases ? OfNorm(bias(biases)) : 0;

        // A token is one row of W_E and one of W_pos: no norm of it exceeds that of the largest rows.
        double input = Largest(weights["W_E"], config.DModel) + Largest(weights["W_pos"], config.DModel);
        double rounding = 8 * UnitRoundoff * (config.DModel + config.DMlp + (2 * config.Prime) + 64);
        double score = input * Norm("W_K") * ((input * Norm("W_Q")) + Bias(biases => biases.Query)) / Math.Sqrt(config.DHead);
        double pattern = Math.Exp(4 * rounding * (score + 1)) - 1;
        double residual = input + Bias(biases => biases.AttentionOutput) + (3 * Norm("W_O") * ((input * Norm("W_V")) + Bias(biases => biases.Value)));
        double hidden = OfNorm(weights["b_in"]) + (residual * Norm("W_in"));
        double logits = Bias(biases => biases.Unembedding) + (Norm("W_U") * (residual + OfNorm(weights["b_out"]) + (hidden * Norm("W_out"))));
        double slack = Parts * (rounding + pattern) * logits;
        return double.IsFinite(slack) ? slack : double.PositiveInfinity;
    }

    private static double OfNorm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return Math.Sqrt(squares);
    }

    private static double Largest(ReadOnlySpan<float> values, int width)
    {
        double largest = 0;
        for (int row = 0; row < values.Length; row += width)
        {
            largest = Math.Max(largest, OfNorm(values.Slice(row, width)));
        }

        return largest;
    }
}
