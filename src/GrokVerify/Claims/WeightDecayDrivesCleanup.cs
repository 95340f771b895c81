using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.Claims;

/// <summary>
/// Weight decay makes a network generalize by what it takes from all but the key frequencies. A run branches off before it generalizes, to the bit, and differs in the weight decay alone: without any, or with it in the key
/// frequencies alone, it does not generalize; with it in all but them it does so sooner; with twice of it, in half of the time.
/// </summary>
/// <remarks>
/// Inside are the components of W_E and W_U at the frequencies that the run ends with (<see cref="FrequencyDecay"/>), outside is all else, the matrices between them too.
/// Statistic: test accuracy when twice the time has passed that the run took from there to a test accuracy of 0.99, without weight decay and with it inside alone; the time to 0.99 with it outside alone, over the run's own
/// and over that with it in all but as many other frequencies (the run's own where that is shorter); the time with twice of it everywhere, over the run's own; and the sum of squared weights without weight decay at that
/// end, over that at the branch. Of several branches the one that is nearest to its bound.
/// Rule: at most 0.6, far from generalizing (at p = 59 half of the pairs are the mirror images of others, which gives 0.48); at most 1 and at most 0.8 (seed 0 from epoch 4,000: 0.38 and 0.54); from 0.35 to 0.75: half by the law that time goes as 1 / weight decay,
/// which sweeps find with exponents down to -1.5 (0.35), while a run that is on its way already has less to wait for; at least 1.
/// </remarks>
internal sealed class WeightDecayDrivesCleanup : SweepClaim
{
    /// <summary>Branches at one place: none, inside, outside, outside of others, twice.</summary>
    internal const int Branches = 5;

    private static readonly Statistic Without = new("test accuracy without weight decay after twice the time, the largest", AtMost: 0.6);
    private static readonly Statistic Inside = new("test accuracy with weight decay in the key frequencies alone after twice the time, the largest", AtMost: 0.6);
    private static readonly Statistic Outside = new("time to generalize with weight decay in all but the key frequencies, over the run's own: the longest", AtMost: 1);

    /// <summary>What p = 59 misses: see <see cref="Deviation"/>.</summary>
    internal static readonly Statistic Others = new("the same, over the time with weight decay in all but as many others: the longest", AtMost: 0.8);

    private static readonly Statistic Least = new("time to generalize with twice the weight decay, over the run's own: the shortest", AtLeast: 0.35);
    private static readonly Statistic Most = new("time to generalize with twice the weight decay, over the run's own: the longest", AtMost: 0.75);
    private static readonly Statistic Growth = new("sum of squared weights without weight decay, last over first: the least", AtLeast: 1);

    private readonly PlannedRun _origin;

    /// <param name="origin">The run, at weight decay 1 or another above 0.</param>
    /// <param name="keyFrequencies">Those that it ends with.</param>
    /// <param name="generalized">The first logged epoch at which its test accuracy is 0.99 or more.</param>
    /// <param name="places">Epochs at which to branch off, before that.</param>
    public WeightDecayDrivesCleanup(PlannedRun origin, IReadOnlyList<int> keyFrequencies, long generalized, params IReadOnlyList<long> places)
    {
        _origin = origin;
        TrainingConfig config = origin.Config;
        int[] others = [.. Enumerable.Range(1, (config.Model.Prime - 1) / 2).Except(keyFrequencies).Take(keyFrequencies.Count)];
        FrequencyDecay Inside(double weightDecay) => new() { Frequencies = keyFrequencies, WeightDecay = weightDecay };
        IEnumerable<PlannedRun> From(long place)
        {
            TrainingSchedule For(long times) => origin.Schedule with { Epochs = place + (times * (generalized - place)), UntilGrokked = false };
            PlannedRun Branch(string name, TrainingConfig changed, TrainingSchedule schedule) =>
                new(FormattableString.Invariant($"{origin.Name}, from epoch {place} {name}"), changed, schedule, origin, place);
            yield return Branch("without weight decay", config with { WeightDecay = 0 }, For(2));
            yield return Branch("with weight decay in its key frequencies alone", config with { WeightDecay = 0, FrequencyDecay = Inside(config.WeightDecay) }, For(2));
            yield return Branch("with weight decay in all but its key frequencies", config with { FrequencyDecay = Inside(0) }, For(1));
            yield return Branch("with weight decay in all but as many other frequencies", config with { FrequencyDecay = new() { Frequencies = others, WeightDecay = 0 } }, For(1));
            yield return Branch("with twice the weight decay", config with { WeightDecay = 2 * config.WeightDecay }, For(1));
        }

        Plan = [origin, .. places.SelectMany(From)];
    }

    public override string Id => "weight-decay-drives-cleanup";

    public override string Sentence => "Weight decay makes a network generalize by what it takes from all but the key frequencies";

    public override string Source => "arXiv 2301.05217 section 5.2 (weight decay drives the cleanup)";

    public override string Deviation =>
        "On the paper's network and on seed 2 all holds. At p = 59, seed 0, the key frequencies are told from others by less than was asked for before it was measured there: sparing them takes 0.82 of the time, sparing others all of it, so there the claim does not hold.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Without, Inside, Outside, Others, Least, Most, Growth];

    public override IReadOnlyList<PlannedRun> Plan { get; }

    /// <summary>Of a run of which both are known: seed 0 at the small scale; at the paper's the paper's network.</summary>
    public static WeightDecayDrivesCleanup At(SweepScale scale) => scale == SweepScale.Small
        ? new(new SweepSetting(scale, Seed: 0).Run(0.5), [4, 19, 21, 26], 1_240, 500)
        : new(Mainline.Plan(seed: 0), [14, 35, 41, 42, 52], 10_575, 4_000, 8_250);

    /// <summary>Of any run that generalizes, branching off at two and four fifths of the way there, where a checkpoint lies.</summary>
    public static WeightDecayDrivesCleanup Of(JudgedRun run)
    {
        long generalized = run.Evidence.Generalized!.Epoch;
        long Before(double share) => (long)(share * generalized) / run.Plan.Schedule.CheckpointEvery * run.Plan.Schedule.CheckpointEvery;
        return new(run.Plan, run.Evidence.KeyFrequencies.Frequencies, generalized, Before(0.4), Before(0.8));
    }

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrainedCurve> runs)
    {
        double? own = Generalized(runs[0]);
        TrainedCurve[][] places = [.. runs.Skip(1).Chunk(Branches)];
        (double[] outside, string? noOutside) = Shares(places, 2, own);
        (double[] twice, string? noTwice) = Shares(places, 4, own);

        yield return Without.Of(places.Max(place => place[0].Last.TestAccuracy));
        yield return WeightDecayDrivesCleanup.Inside.Of(places.Max(place => place[1].Last.TestAccuracy));
        yield return Outside.Of(noOutside is null ? outside.Max() : null, noOutside);
        yield return Others.Of(noOutside is null ? places.Zip(outside, (place, share) => share / Math.Min(Share(place[3], own) ?? 1, 1)).Max() : null, noOutside);
        yield return Least.Of(noTwice is null ? twice.Min() : null, noTwice);
        yield return Most.Of(noTwice is null ? twice.Max() : null, noTwice);
        yield return Growth.Of(places.Min(place => place[0].Last.SumSquaredWeights / place[0].First.SumSquaredWeights));
    }

    /// <summary>A branch's time to generalize, over the run's own, at each place; or why there is none.</summary>
    private (double[] Shares, string? Absence) Shares(TrainedCurve[][] places, int branch, double? own)
    {
        TrainedCurve? late = places.Select(place => place[branch]).FirstOrDefault(run => Share(run, own) is null);
        return late is null ? ([.. places.Select(place => Share(place[branch], own)!.Value)], null)
            : ([], own is null ? $"{_origin.Name} does not generalize" : $"{late.Plan.Name}: the test accuracy stays below 0.99 until the run itself has generalized");
    }

    private static double? Share(TrainedCurve branch, double? own) => (Generalized(branch) - branch.First.Epoch) / (own - branch.First.Epoch);

    private static double? Generalized(TrainedCurve run) => run.FirstEpoch(row => row.TestAccuracy >= TrainedCurve.GeneralizedTestAccuracy);
}
