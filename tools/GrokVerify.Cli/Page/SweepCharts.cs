using GrokVerify.Claims;
using GrokVerify.Measures;

namespace GrokVerify.Cli.Page;

/// <summary>Families of runs that differ in one setting, with the power laws that the claims are about.</summary>
internal static class SweepCharts
{
    private static readonly Axis Epochs = new("epochs", IsLogarithmic: true, CanSwitch: true);

    /// <param name="runs">What each run came to.</param>
    public static IEnumerable<Chart> Of(IReadOnlyList<SweepPoint> runs)
    {
        SweepPoint[] scratch = [.. runs.Where(run => run is { IsPlain: true, HasRule: true, GoesOn: false })];
        if (scratch.Length > 0)
        {
            yield return AgainstFraction(Largest([.. scratch.Where(run => run.WeightDecay == 1)], run => run.Prime));
            yield return AgainstWeightDecay(Largest([.. scratch.Where(run => run.WeightDecay > 0)], run => (run.Prime, run.TrainFraction)));
        }

        SweepPoint[] memorizing = [.. runs.Where(run => run is { IsPlain: true, HasRule: false })];
        SweepPoint[] onward = [.. runs.Where(run => run is { IsPlain: true, HasRule: true, GoesOn: true, WeightDecay: 5 })];
        if (memorizing.Length > 0 && onward.Length > 0)
        {
            yield return AgainstPairs(memorizing, onward);
        }
    }

    /// <summary>The runs that agree in everything else: the largest group.</summary>
    private static SweepPoint[] Largest<TKey>(SweepPoint[] runs, Func<SweepPoint, TKey> key) => [.. runs.GroupBy(key).MaxBy(group => group.Count())!];

    private static Chart AgainstFraction(SweepPoint[] runs)
    {
        (double, double)[] times = [.. runs.Where(run => run.Generalization is not null && run.TrainFraction <= 0.6).Select(run => (run.TrainFraction, run.Generalization!.Value))];
        return new Chart(
            "time-against-train-fraction",
            $"Epochs to generalize, by the share of the pairs trained on (p = {runs[0].Prime})",
            $"The fewer pairs, the later the network generalizes{Law(times)}; fitting them takes about as long for every share.",
            new Axis("share of all pairs", IsLogarithmic: true, CanSwitch: true),
            Epochs,
            [
                Trace.Of("until the test loss is below 0.01", TraceKind.Points, Colour.Vermilion, runs.Select(run => (run.TrainFraction, run.Generalization))),
                Trace.Of("until the train loss is below 0.01", TraceKind.Points, Colour.Blue, runs.Select(run => (run.TrainFraction, run.Fit))),
                .. Fitted(times),
                Trace.Of("released sweep (p = 113)", TraceKind.Points, Colour.Green, TimeAgainstTrainFraction.PublishedTimes.Select(time => (time.Key, (double?)time.Value))),
            ]);
    }

    private static Chart AgainstWeightDecay(SweepPoint[] runs)
    {
        (double, double)[] times = [.. runs.Where(run => run.Generalization is not null && run.WeightDecay <= 1).Select(run => (run.WeightDecay, run.Generalization!.Value))];
        return new Chart(
            "time-against-weight-decay",
            FormattableString.Invariant($"Epochs to generalize, by weight decay (p = {runs[0].Prime}, {runs[0].TrainFraction:0%} of the pairs)"),
            $"The weaker the weight decay, the later the network generalizes{Law(times)}. Without any it does not in the same time.",
            new Axis("weight decay", IsLogarithmic: true, CanSwitch: true),
            Epochs,
            [
                Trace.Of("until the test loss is below 0.01", TraceKind.Points, Colour.Vermilion, runs.Select(run => (run.WeightDecay, run.Generalization))),
                .. Fitted(times),
            ]);
    }

    private static Chart AgainstPairs(SweepPoint[] memorizing, SweepPoint[] onward) => new(
        "pairs-needed-to-remember",
        $"Trained on with fewer pairs, a network that has grokked forgets (p = {onward[0].Prime}, weight decay 5)",
        $"Test accuracy after a grokked network was trained on with {string.Join(", ", onward.OrderBy(run => run.Pairs).Select(run => $"{run.Pairs:0}"))} pairs: {string.Join(", ", onward.OrderBy(run => run.Pairs).Select(run => FormattableString.Invariant($"{run.TestAccuracy:0.00}")))}. Memorizing so many pairs without a rule takes the more weights the more there are.",
        new Axis("pairs trained on", IsLogarithmic: true, CanSwitch: true),
        new Axis("test accuracy; sum of squares over the largest", CanSwitch: true),
        [
            Trace.Of("test accuracy of the grokked network", TraceKind.Points, Colour.Vermilion, onward.Select(run => (run.Pairs, (double?)run.TestAccuracy))),
            Trace.Of("sum of squared weights when memorizing, over the largest", TraceKind.Points, Colour.Blue, memorizing.Select(run => (run.Pairs, (double?)(run.SumSquaredWeights / memorizing.Max(other => other.SumSquaredWeights))))),
        ]);

    private static bool HasLaw((double X, double Y)[] points) => points.Select(point => point.X).Distinct().Count() >= 2;

    private static string Law((double, double)[] points) => HasLaw(points) ? FormattableString.Invariant($", as a power law with exponent {PowerLaw.Fit(points).Exponent:0.0}") : "";

    private static IEnumerable<Trace> Fitted((double X, double Y)[] points)
    {
        if (!HasLaw(points))
        {
            return [];
        }

        (double exponent, double factor) = PowerLaw.Fit(points);
        return
        [
            Trace.Line(
                FormattableString.Invariant($"least squares: exponent {exponent:0.00}"), Colour.Grey,
                new[] { points.Min(point => point.X), points.Max(point => point.X) }.Select(x => (x, (double?)(factor * Math.Pow(x, exponent))))) with { IsDashed = true },
        ];
    }
}
