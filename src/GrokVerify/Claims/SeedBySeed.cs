using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>From the authors' initial weights and pairs, a network ends in the key frequencies of the authors' code, at about the same epochs.</summary>
/// <remarks>
/// Statistic, over the seeds: the share whose sets are equal; the most frequencies that one set has and the other has not; the exact share of all ways to give each of our sets another of
/// their six that differ in as few frequencies; the largest factor between our epochs and theirs, of memorization and of test accuracy 0.99.
/// Rule: at least half; at most one; at most 0.05, because of the 30 ways for two seeds the right one is one, of the 720 for six seeds one, too; at most 1.35.
/// Rounding decides some sets: in float64 throughout their seed 1 ends in 3, 23, 37, 39.
/// </remarks>
internal sealed class SeedBySeed : SeedsClaim
{
    private static readonly Statistic Equal = new("share of seeds with the authors' key frequencies", AtLeast: 0.5, AtMost: 1);
    private static readonly Statistic Difference = new("key frequencies that differ from the authors', the most on one seed", AtMost: 1);
    private static readonly Statistic Chance = new("share of exchanges with the authors' six seeds that differ in as few frequencies", AtMost: 0.05);
    private static readonly Statistic Memorization = new("factor between our epoch of memorization and theirs, the largest", AtMost: 1.35);
    private static readonly Statistic Generalization = new("factor between our epoch of generalization and theirs, the largest", AtMost: 1.35);

    public override string Id => "seed-by-seed";

    public override string Sentence => "From the authors' initial weights, each seed ends in the key frequencies of the authors' code";

    public override string Source => "the authors' released code, run again: golden/reference/authors-code-seeds.csv";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Equal, Difference, Chance, Memorization, Generalization];

    protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs)
    {
        AuthorsCodeSeeds[] theirs = [.. runs.Select(run => run.Seed is long seed ? AuthorsCodeSeeds.BySeed.GetValueOrDefault(seed) : null).OfType<AuthorsCodeSeeds>()];
        string? unknown = theirs.Length < runs.Count ? "the authors' code was not run with one of the seeds" : null;
        int[] own = [.. theirs.Zip(runs, (other, run) => Differing(run.KeyFrequencies.Frequencies, other.KeyFrequencies))];
        yield return Equal.Of(unknown is null ? own.Average(difference => difference == 0 ? 1.0 : 0.0) : null, unknown);
        yield return Difference.Of(unknown is null ? own.Max() : null, unknown);
        yield return Chance.Of(unknown is null ? ShareOfExchanges(runs, own.Sum()) : null, unknown);
        yield return LargestFactor(Memorization, runs, theirs, run => run.Memorized?.Epoch, other => other.Memorized, unknown);
        yield return LargestFactor(Generalization, runs, theirs, run => run.Generalized?.Epoch, other => other.Generalized, unknown);
    }

    private static Finding LargestFactor(
        Statistic statistic, IReadOnlyList<RunEvidence> runs, AuthorsCodeSeeds[] theirs, Func<RunEvidence, long?> epoch, Func<AuthorsCodeSeeds, double> published, string? unknown)
    {
        double?[] factors = unknown is null ? [.. runs.Zip(theirs, (run, other) => epoch(run) is long own ? Math.Exp(Math.Abs(Math.Log(own / published(other)))) : (double?)null)] : [];
        return statistic.Of(factors.Length > 0 && factors.All(factor => factor is not null) ? factors.Max() : null, unknown ?? "a run never comes to it");
    }

    private static int Differing(IReadOnlyList<int> first, IReadOnlyList<int> second) => first.Except(second).Count() + second.Except(first).Count();

    private static double ShareOfExchanges(IReadOnlyList<RunEvidence> runs, int measured)
    {
        AuthorsCodeSeeds[] all = [.. AuthorsCodeSeeds.BySeed.Values];
        int[][] differences = [.. runs.Select(run => all.Select(other => Differing(run.KeyFrequencies.Frequencies, other.KeyFrequencies)).ToArray())];
        int[][] exchanges = [.. Choices([.. Enumerable.Range(0, all.Length)], runs.Count)];
        return exchanges.Count(exchange => exchange.Select((other, run) => differences[run][other]).Sum() <= measured) / (double)exchanges.Length;
    }

    /// <summary>All ways to take some of the items in an order.</summary>
    private static IEnumerable<int[]> Choices(int[] items, int count) => count == 0
        ? [[]]
        : items.SelectMany(first => Choices([.. items.Where(item => item != first)], count - 1).Select(rest => (int[])[first, .. rest]));
}
