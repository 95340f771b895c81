using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The curves of the paper's figure 7, read off it to about 1% of a logarithmic axis, and how far a run is from them.</summary>
/// <remarks>Source: arXiv 2301.05217 figure 7 and its appendix versions: the mainline run, seed 0.</remarks>
internal static class PublishedFigure7
{
    public static IReadOnlyList<Point> Points { get; } =
    [
        new(200, TestLoss: 16.1, RestrictedLoss: 4.61, ExcludedLoss: 1.24, TestAccuracy: 0.040, SumSquaredWeights: 3_650),
        new(500, TestLoss: 18.1, RestrictedLoss: 4.01, ExcludedLoss: 0.657, TestAccuracy: 0.056, SumSquaredWeights: 3_600),
        new(1_000, TestLoss: 23.0, RestrictedLoss: 3.34, ExcludedLoss: 0.338, TestAccuracy: 0.070, SumSquaredWeights: 3_650),
        new(1_400, TestLoss: 25.7, RestrictedLoss: 3.02, ExcludedLoss: 0.316, TestAccuracy: 0.075, SumSquaredWeights: 3_380),
        new(3_000, TestLoss: 23.5, RestrictedLoss: 2.13, ExcludedLoss: 0.61, TestAccuracy: 0.087, SumSquaredWeights: 2_790),
        new(5_000, TestLoss: 20.6, RestrictedLoss: 1.40, ExcludedLoss: 1.53, TestAccuracy: 0.109, SumSquaredWeights: 2_600),
        new(7_000, TestLoss: 16.1, RestrictedLoss: 0.612, ExcludedLoss: 4.32, TestAccuracy: 0.165, SumSquaredWeights: 2_420),
        new(8_000, TestLoss: 12.3, RestrictedLoss: 0.289, ExcludedLoss: 6.87, TestAccuracy: 0.225, SumSquaredWeights: 2_300),
        new(9_000, TestLoss: 6.7, RestrictedLoss: 4.8e-2, ExcludedLoss: 10.3, TestAccuracy: 0.37, SumSquaredWeights: 2_110),
        new(9_400, TestLoss: 4.0, RestrictedLoss: 6.4e-3, ExcludedLoss: 11.6, TestAccuracy: 0.51, SumSquaredWeights: 2_000),
        new(10_000, TestLoss: 0.54, RestrictedLoss: 4.5e-5, ExcludedLoss: 13.4, TestAccuracy: 0.85, SumSquaredWeights: 1_750),
        new(10_500, TestLoss: 3.4e-2, RestrictedLoss: 2.3e-6, ExcludedLoss: 13.0, TestAccuracy: 0.99, SumSquaredWeights: 1_510),
        new(11_000, TestLoss: 2.1e-3, RestrictedLoss: 3.6e-7, ExcludedLoss: 11.3, TestAccuracy: 0.999, SumSquaredWeights: 1_320),
        new(12_000, TestLoss: 1.7e-4, RestrictedLoss: 2.4e-8, ExcludedLoss: 9.0, TestAccuracy: 1, SumSquaredWeights: 1_150),
        new(14_000, TestLoss: 7.4e-7, RestrictedLoss: 4.2e-8, ExcludedLoss: 6.2, TestAccuracy: 1, SumSquaredWeights: 995),
        new(39_000, TestLoss: 3.0e-7, RestrictedLoss: 5.5e-8, ExcludedLoss: 6.0, TestAccuracy: 1, SumSquaredWeights: 955),
    ];

    /// <summary>The epoch at which test accuracy passes 0.5, on a straight line between the points beside it: 9,371.</summary>
    public static double Jump { get; } = PassesHalf([.. Points.Select(point => ((double)point.Epoch, point.TestAccuracy))])!.Value;

    /// <summary>A run's epoch at which test accuracy passes 0.5, over the figure's; null where it never jumps.</summary>
    public static double? StretchTo(RunEvidence run) => PassesHalf([.. run.Rows.Select(row => ((double)row.Epoch, row.TestAccuracy))]) / Jump;

    /// <summary>
    /// How far a run is from each curve at the published epochs, these stretched by the ratio of the two jumps: the largest |log10(measured / published)|, up to the published jump and after it. A run is
    /// compared as far as it goes; null where it never jumps, or where its measures are absent.
    /// </summary>
    public static Distances? DistancesOf(RunEvidence run)
    {
        if (run.Curve.Points.Any(point => point.Measures.Restricted is null || point.Measures.ExcludedAllFrequenciesTrain is null)
            || StretchTo(run) is not double stretch)
        {
            return null;
        }

        (double, double)[] test = [.. run.Rows.Select(row => ((double)row.Epoch, row.TestLoss))];
        (double, double)[] squares = [.. run.Rows.Select(row => ((double)row.Epoch, row.SumSquaredWeights))];
        IReadOnlyList<(double, double)> restricted = run.Curve.Of(measures => measures.Restricted?.Loss);
        IReadOnlyList<(double, double)> excluded = run.Curve.Of(measures => measures.ExcludedAllFrequenciesTrain?.Loss);
        double Largest(IReadOnlyList<(double, double)> curve, Func<Point, double> published, Func<Point, bool> isCompared) =>
            Points.Where(isCompared).Max(point => LogarithmicCurve.At(curve, stretch * point.Epoch) is double value ? Math.Abs(Math.Log10(value / published(point))) : 0);

        bool Before(Point point) => point.Epoch < Jump;
        bool After(Point point) => point.Epoch >= Jump;
        return new Distances(
            stretch * Jump,
            Largest(test, point => point.TestLoss, Before),
            Largest(test, point => point.TestLoss, After),
            Largest(restricted, point => point.RestrictedLoss, Before),
            Largest(restricted, point => point.RestrictedLoss, After),
            Largest(excluded, point => point.ExcludedLoss, _ => true),
            Largest(squares, point => point.SumSquaredWeights, _ => true));
    }

    private static double? PassesHalf((double Epoch, double Accuracy)[] curve)
    {
        int after = Array.FindIndex(curve, point => point.Accuracy >= 0.5);
        if (after <= 0)
        {
            return null;
        }

        ((double begin, double low), (double end, double high)) = (curve[after - 1], curve[after]);
        return begin + ((end - begin) * (0.5 - low) / (high - low));
    }

    /// <summary>The epoch at which the run's test accuracy passes 0.5, and distances in powers of ten, at least 0.</summary>
    internal sealed record Distances(double Jump, double TestLossBefore, double TestLossAfter, double RestrictedLossBefore, double RestrictedLossAfter, double ExcludedLoss, double SumSquaredWeights);

    internal sealed record Point(long Epoch, double TestLoss, double RestrictedLoss, double ExcludedLoss, double TestAccuracy, double SumSquaredWeights);
}
