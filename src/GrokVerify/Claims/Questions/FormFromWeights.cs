using GrokVerify.Ablations;
using GrokVerify.Judging;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>The closed form of a network can be read off its weights: no number of it is fitted to what the network says of any pair.</summary>
/// <remarks>
/// Forty networks that have grokked and five that have memorized (<see cref="SolvedNetworks"/>). Statistic, medians over the former: accuracy of the closed form on all pairs (<see cref="DerivedClosedForm"/>); its
/// Kullback-Leibler divergence from the network, over the least of twenty random sets of as many frequencies derived alike; the mean cosine by which neurons' phases add up (<see cref="Measures.PhaseLaw"/>), and the largest share of shuffled
/// phases that add up as well. And the largest accuracy of a closed form of a memorized network, 0 where there is none.
/// Rule, fixed before the first training: at least 0.99; at most 0.5; at least 0.9; at most 0.01; at most 0.5.
/// </remarks>
internal sealed class FormFromWeights : QuestionClaim
{
    private static readonly Statistic Accuracy = new("accuracy of the closed form, median", AtLeast: 0.99, AtMost: 1);
    private static readonly Statistic Divergence = new("its divergence from the network over that of the best random set, median", AtMost: 0.5);
    private static readonly Statistic Phases = new("mean cosine of written phase less phases read, median", AtLeast: 0.9, AtMost: 1, Published: "near 1 (Gromov; Morwani et al.)");
    private static readonly Statistic Shuffles = new("share of shuffled phases that add up as well, the largest", AtMost: 0.01);
    private static readonly Statistic OfMemorized = new("accuracy of the closed form of a memorized network, the largest", AtMost: 0.5);

    public override string Id => "form-from-weights";

    public override string Question => "Can the algorithm be read off the weights?";

    public override string Sentence => "Cosines whose coefficients are derived from the weights alone answer as the network does";

    public override string Source => "the paper's discussion; arXiv 2301.02679 and 2311.07568 for the phases";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Accuracy, Divergence, Phases, Shuffles, OfMemorized];

    public override IReadOnlyList<PlannedRun> Plan { get; } = [.. SolvedNetworks.Grokked, .. SolvedNetworks.Memorized];

    public override IReadOnlyList<string> Columns { get; } = ["frequencies", "accuracy", "divergence", "variance_explained", "best_random_divergence", "median_random_divergence", "best_moved_divergence", "phase_cosine", "share_of_shuffles"];

    public override IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run)
    {
        var form = DerivedClosedForm.Of(SolvedNetworks.Read(plan, run));
        return
        [
            form.CoefficientCount, form.Fit?.Accuracy, form.Fit?.Divergence, form.Fit?.FractionOfVarianceExplained,
            .. form.Fit is null
                ? [null, null, null]
                : (double?[])[form.RandomSets.Min(fit => fit.Divergence), Median.Of(form.RandomSets.Select(fit => fit.Divergence)), form.MovedToRandomSets.Min(fit => fit.Divergence)],
            form.Phases?.MeanCosine, form.Phases?.ShareOfShuffles,
        ];
    }

    public override string Answer(IReadOnlyList<Trial> trials) => FormattableString.Invariant(
        $"{MedianOf(trials, "frequencies"):0} cosines with coefficients from the weights answer {MedianOf(trials, "accuracy"):0.0%} of all pairs as the network does, at {MedianOf(trials, "divergence"):0.0e0} nats from it (the best of twenty random sets: {MedianOf(trials, "best_random_divergence"):0.00}); the neurons' phases add up with a mean cosine of {MedianOf(trials, "phase_cosine"):0.000}.");

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        const string none = "a network that has grokked has no closed form";
        yield return Accuracy.Of(MedianOf(trials, "accuracy"), none);
        yield return Divergence.Of(Ratio(trials), none);
        yield return Phases.Of(MedianOf(trials, "phase_cosine"), none);
        yield return Shuffles.Of(Values(trials, "share_of_shuffles") is { } shares ? shares.Max() : null, none);
        yield return OfMemorized.Of(trials.Where(IsMemorized).Max(trial => Measured(trial, "accuracy") ?? 0));
    }

    private double? Ratio(IReadOnlyList<Trial> trials) =>
        Values(trials, "divergence") is { } own && Values(trials, "best_random_divergence") is { } random ? Median.Of(own.Zip(random, (one, other) => one / other)) : null;

    private double? MedianOf(IReadOnlyList<Trial> trials, string column) => Values(trials, column) is { } values ? Median.Of(values) : null;

    /// <summary>A column of the networks that have grokked; null where one has no value.</summary>
    internal IReadOnlyList<double>? Values(IReadOnlyList<Trial> trials, string column)
    {
        double?[] values = [.. trials.Where(trial => !IsMemorized(trial)).Select(trial => Measured(trial, column))];
        return values.All(value => value is not null) ? [.. values.Select(value => value!.Value)] : null;
    }

    private static bool IsMemorized(Trial trial) => SolvedNetworks.Memorized.Contains(trial.Plan);
}
