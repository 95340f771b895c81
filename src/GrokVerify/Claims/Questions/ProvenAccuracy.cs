using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Measures.Certified;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>What is understood of a network is enough to prove that most pairs are right, for less than it costs to try them all.</summary>
/// <remarks>
/// Forty networks that have grokked and five that have memorized (<see cref="SolvedNetworks"/>). Statistic: the proven accuracy over the true one, median and largest over the former (<see cref="AccuracyBound"/>); the multiply-adds of
/// the proof over those of trying all pairs, in the cheaper of two ways, the largest; the proven accuracy of the memorized ones, the largest.
/// Rule, fixed before the first training: at least 0.5, at most 1, at most 0.5, exactly 0.
/// </remarks>
internal sealed class ProvenAccuracy : QuestionClaim
{
    private static readonly Statistic Share = new("proven accuracy over the true one, median", AtLeast: 0.5, AtMost: 1);
    private static readonly Statistic Largest = new("proven accuracy over the true one, the largest", AtMost: 1);
    private static readonly Statistic Cost = new("multiply-adds of the proof over those of trying all pairs, the largest", AtMost: 0.5, Published: "below 1 (Gross et al., on another task)");
    private static readonly Statistic OfMemorized = new("proven accuracy of a memorized network, the largest", AtLeast: 0, AtMost: 0);

    public override string Id => "proven-accuracy";

    public override string Question => "Is what we understand of the network enough to prove that it is right?";

    public override string Sentence => "From the weights most answers of a network that has grokked can be proved right for less than it costs to try them, and none of one that has memorized";

    public override string Source => "Gross et al. 2024 (arXiv 2406.11779) for the idea";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Share, Largest, Cost, OfMemorized];

    public override IReadOnlyList<PlannedRun> Plan { get; } = [.. SolvedNetworks.Grokked, .. SolvedNetworks.Memorized];

    public override IReadOnlyList<string> Columns { get; } = ["accuracy", "proven_accuracy", "multiply_adds", "multiply_adds_of_all_pairs", "kept", "neuron_rest", "skip_rest", "order"];

    public override IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run)
    {
        NetworkSpectra network = SolvedNetworks.Read(plan, run);
        var bound = AccuracyBound.Of(network.Weights, network.Task);
        double accuracy = Measures.CrossEntropy.Of(network.Task, network.Logits.Values, network.Task.Prime).OnAll().Accuracy;
        return
        [
            accuracy, bound.Accuracy, bound.MultiplyAdds, Math.Min(bound.MultiplyAddsOfAllPairs, bound.MultiplyAddsOfAllPairsByHeads),
            bound.Margins?.Kept, bound.Margins?.NeuronRest, bound.Margins?.SkipRest, bound.Margins?.Order,
        ];
    }

    public override string Answer(IReadOnlyList<Trial> trials) => FormattableString.Invariant(
        $"Of what forty networks answer rightly {Median.Of(Shares(trials)):0%} is proved (from {Shares(trials).Min():0%} to {Shares(trials).Max():0%}), with {Costs(trials).Max():0.00} of the multiply-adds that all pairs take; of five memorized networks nothing is.");

    /// <summary>The proven accuracy over the true one, of each network that has grokked.</summary>
    internal static IReadOnlyList<double> Shares(IReadOnlyList<Trial> trials) => [.. Grokked(trials).Select(trial => Of(trial, 1) / Of(trial, 0))];

    private static IEnumerable<double> Costs(IReadOnlyList<Trial> trials) => Grokked(trials).Select(trial => Of(trial, 2) / Of(trial, 3));

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        yield return Share.Of(Median.Of(Shares(trials)));
        yield return Largest.Of(Shares(trials).Max());
        yield return Cost.Of(Costs(trials).Max());
        yield return OfMemorized.Of(trials.Except(Grokked(trials)).Max(trial => Of(trial, 1)));
    }

    private static IEnumerable<Trial> Grokked(IReadOnlyList<Trial> trials) => trials.Where(trial => SolvedNetworks.Grokked.Contains(trial.Plan));

    private static double Of(Trial trial, int column) => trial.Measures[column] ?? double.NaN;
}
