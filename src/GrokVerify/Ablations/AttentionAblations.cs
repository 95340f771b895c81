using System.Numerics.Tensors;
using GrokVerify.Engines;
using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>Interventions on attention; everything after it is recomputed. Source: arXiv 2301.05217 appendices A.1 and C.1.3.</summary>
internal static class AttentionAblations
{
    private const int Positions = 3;

    /// <summary>One head writes nothing.</summary>
    public static LossAndAccuracy HeadZero(NetworkSpectra network, int head) =>
        AblatedLoss.OfResidual(network, WithoutHead(network.Activations.Residual, head));

    /// <summary>One head writes, for every pair, the mean over all pairs of what it writes.</summary>
    public static LossAndAccuracy HeadMean(NetworkSpectra network, int head)
    {
        FactoredResidual residual = network.Activations.Residual;
        return AblatedLoss.OfResidual(network, WithoutHead(residual, head) with { Constant = WithMeans(network, [head]) });
    }

    /// <summary>No head writes anything.</summary>
    public static LossAndAccuracy AllHeadsZero(NetworkSpectra network) =>
        AblatedLoss.OfConstantResidual(network, network.Activations.Residual.Constant);

    /// <summary>Every head writes, for every pair, the mean over all pairs of what it writes.</summary>
    public static LossAndAccuracy AllHeadsMean(NetworkSpectra network) =>
        AblatedLoss.OfConstantResidual(network, WithMeans(network, Enumerable.Range(0, network.Weights.Config.Heads)));

    /// <summary>The query of "=" is zero: all scores are equal, and each head attends to a, b and "=" with a third each.</summary>
    public static LossAndAccuracy QueryZero(NetworkSpectra network) => AblatedLoss.OfResidual(network, WithoutQuery(network.Activations.Residual));

    /// <summary>What attention writes when its query is zero.</summary>
    internal static FactoredResidual WithoutQuery(FactoredResidual residual) => WithPattern(residual, (_, _) => 1.0 / Positions);

    /// <summary>No head attends to "="; the other weights stay as they are.</summary>
    public static LossAndAccuracy EqualsZero(NetworkSpectra network) =>
        AblatedLoss.OfResidual(network, WithEqualsAttention(network.Activations.Residual, _ => 0));

    /// <summary>Each head attends to "=" with its mean over all pairs; the other weights stay as they are.</summary>
    public static LossAndAccuracy EqualsMean(NetworkSpectra network)
    {
        double[] mean = new double[network.Activations.AttentionPattern.Columns];
        for (int pair = 0; pair < network.Activations.AttentionPattern.Rows; pair++)
        {
            TensorPrimitives.Add(mean, network.Activations.AttentionPattern.Row(pair), mean);
        }

        TensorPrimitives.Divide(mean, network.Activations.AttentionPattern.Rows, mean);
        return AblatedLoss.OfResidual(network, WithEqualsAttention(network.Activations.Residual, column => mean[column]));
    }

    /// <summary>
    /// Each head's pattern is replaced by its best fit of a constant and cos, sin of w_k a and w_k b, k the head's own frequency.
    /// The fits of the three weights sum to 1 because the weights do.
    /// </summary>
    public static LossAndAccuracy Trigonometric(NetworkSpectra network) =>
        WithDegreeOneFit(network, column => [network.Attention.Frequencies[column / Positions]]);

    /// <summary>The same with all key frequencies in every head.</summary>
    /// <param name="network">The network.</param>
    /// <param name="frequencies">The key frequencies, at least one.</param>
    public static LossAndAccuracy TrigonometricInKeys(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        network.Basis.RequireFrequencies(frequencies);
        return WithDegreeOneFit(network, _ => frequencies);
    }

    private static LossAndAccuracy WithDegreeOneFit(NetworkSpectra network, Func<int, IReadOnlyList<int>> frequencies)
    {
        RowFiller fit = network.Attention.Spectrum.DegreeOneProjection(frequencies);
        Matrix pattern = network.Activations.AttentionPattern;
        var fitted = new Matrix(pattern.Rows, pattern.Columns);
        for (int pair = 0; pair < pattern.Rows; pair++)
        {
            fit(pair, fitted.Row(pair));
        }

        return AblatedLoss.OfResidual(network, network.Activations.Residual with { Pattern = fitted });
    }

    private static double[] WithMeans(NetworkSpectra network, IEnumerable<int> heads)
    {
        FactoredResidual residual = network.Activations.Residual;
        double[] constant = [.. residual.Constant];
        foreach (int head in heads)
        {
            TensorPrimitives.Add(constant, network.Activations.Forward.MeanHeadContribution(residual.Pattern, head), constant);
        }

        return constant;
    }

    private static FactoredResidual WithoutHead(FactoredResidual residual, int head) =>
        WithPattern(residual, (column, weight) => column / Positions == head ? 0 : weight);

    private static FactoredResidual WithEqualsAttention(FactoredResidual residual, Func<int, double> replacement) =>
        WithPattern(residual, (column, weight) => column % Positions == Positions - 1 ? replacement(column) : weight);

    private static FactoredResidual WithPattern(FactoredResidual residual, Func<int, double, double> altered)
    {
        Matrix pattern = residual.Pattern;
        var values = new double[pattern.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = altered(i % pattern.Columns, pattern.Values[i]);
        }

        return residual with { Pattern = new Matrix(pattern.Rows, pattern.Columns, values) };
    }
}
