using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>How many times as large one quantity is as another, measured in pairs: the geometric mean of the ratios, with a bootstrap interval over the pairs.</summary>
/// <param name="Ratio">The geometric mean.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end.</param>
internal sealed record PairedRatio(double Ratio, double Low, double High)
{
    private const double Level = 0.05;
    private const int Draws = 10_000;

    /// <summary>The ratio with its interval, e.g. "0.8 (0.7 to 0.9)".</summary>
    public override string ToString() => FormattableString.Invariant($"{Ratio:0.00} ({Low:0.00} to {High:0.00})");

    /// <summary>Of each of several comparisons, with intervals that all hold together in 95% of cases (Holm's step-down: S. Holm 1979, A simple sequentially rejective multiple test procedure).</summary>
    /// <remarks>
    /// In the order of how surely its ratio is not 1, comparison i of n, from 0, has an interval of 1 - 0.05 / (n - i); those after the first one whose interval holds 1 have that one's.
    /// </remarks>
    /// <param name="comparisons">Logarithms of the ratios of each, at least one.</param>
    public static IReadOnlyList<PairedRatio> Together(IReadOnlyList<IReadOnlyList<double>> comparisons)
    {
        double[][] means = [.. comparisons.Select(DrawnMeans)];
        var ratios = new PairedRatio[comparisons.Count];
        int left = comparisons.Count;
        bool hasFailed = false;
        foreach (int i in Enumerable.Range(0, comparisons.Count).OrderBy(i => Doubt(means[i])))
        {
            ratios[i] = Of(comparisons[i], means[i], Level / left);
            hasFailed |= ratios[i].Low <= 1 && ratios[i].High >= 1;
            left -= hasFailed ? 0 : 1;
        }

        return ratios;
    }

    private static PairedRatio Of(IReadOnlyList<double> logarithms, double[] means, double level)
    {
        int tail = (int)Math.Ceiling(level / 2 * Draws);
        return new PairedRatio(Math.Exp(logarithms.Average()), Math.Exp(means[tail]), Math.Exp(means[^(tail + 1)]));
    }

    /// <summary>The share of draws on the other side of 1, on both sides.</summary>
    private static double Doubt(double[] means) => 2.0 * Math.Min(means.Count(mean => mean <= 0), means.Count(mean => mean >= 0)) / Draws;

    /// <summary>Means of as many pairs drawn anew, ascending, always the same ones.</summary>
    private static double[] DrawnMeans(IReadOnlyList<double> logarithms)
    {
        var random = new PythonRandom(0);
        return [.. Enumerable.Range(0, Draws).Select(_ => Enumerable.Range(0, logarithms.Count).Average(_ => logarithms[random.NextBelow(logarithms.Count)])).Order()];
    }
}
