using GrokVerify.Claims.Accelerations;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>Published ways to grok sooner, against AdamW that was tuned as well, and each against the same training without it.</summary>
/// <remarks>
/// p = 59, 40% of the pairs, a network half as wide as the paper's (<see cref="AdamWSettings.Network"/>). Each way has 24 settings and is tuned as AdamW is (<see cref="SuccessiveHalving"/>); then each trains ten fresh seeds, which the others train, too. What counts is the step from
/// which on test accuracy is 0.99 for 500 steps, logged every 10; a training that does not come there within 2,000 counts with 2,000 in the ratios, and with 4,000 where settings are chosen.
/// Statistic: the geometric mean of the ratios of steps, way over AdamW, with the bootstrap interval of <see cref="PairedRatio.Together"/>; the upper end of this one or of the same against the training without it
/// (<see cref="Acceleration.Without"/>), the larger.
/// Rule: below 1. Before that, the published speed-ups as they were published, as far as the paper's network and this optimizer allow: seeds 0 to 2, up to 6,000 steps, the median of the ratios, at least 10 where more than 40 are published.
/// A weight decay of 0.005 is Adam's own there, a part of the gradient; here it is AdamW's, with which it does next to nothing, so that 1 is tried, too.
/// The rules and the lists of values were fixed after single trainings of seed 900, which is not used again. The network was made smaller for want of time when some fifty of these trainings had been done, of which only lines of progress were seen.
/// </remarks>
internal sealed class SoonerThanTunedAdamW : QuestionClaim
{
    private const long PublishedHorizon = 6_000;
    private static readonly long[] FreshSeeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    private static readonly long[] PublishedSeeds = [0, 1, 2];

    private static readonly TrainingConfig Plain = new() { Model = new TransformerConfig { Prime = 59 }, TrainFraction = 0.5, WeightDecay = 0 };
    private static readonly TrainingConfig Fast = Plain with { TrainFraction = 0.4, LearningRate = 0.01, Beta2 = 0.999 };
    private static readonly Grokfast PublishedGrokfast = new() { Alpha = 0.98, Lambda = 2 };

    private static readonly (string Name, TrainingConfig Config)[] AsPublished =
    [
        ("without-decay", Plain),
        ("grokfast-decay0.005", Plain with { WeightDecay = 0.005, Grokfast = PublishedGrokfast }),
        ("grokfast-decay1", Plain with { WeightDecay = 1, Grokfast = PublishedGrokfast }),
        ("decay1", Plain with { WeightDecay = 1 }),
        ("fast-without-decay", Fast),
        ("fast-perpendicular", Fast with { PerpendicularGradient = true }),
        ("fast-stablemax", Fast with { LossForm = LossForm.StableMax }),
    ];

    private static readonly (Statistic Statistic, string Without, string With)[] Published =
    [
        (new Statistic("steps without weight decay over those of Grokfast with 0.005, as published", AtLeast: 10, Published: "44 (the README of their code: 39,890 over 910)"), "without-decay", "grokfast-decay0.005"),
        (new Statistic("the same, Grokfast with a weight decay of 1", AtLeast: 10), "without-decay", "grokfast-decay1"),
        (new Statistic("steps of AdamW over those of Grokfast, both with a weight decay of 1", AtLeast: 1), "decay1", "grokfast-decay1"),
        (new Statistic("steps without weight decay over those of the perpendicular gradient without it", AtLeast: 10, Published: "more than 200 (figure 1: 300 steps, none in 80,000)"), "fast-without-decay", "fast-perpendicular"),
        (new Statistic("the same, StableMax", AtLeast: 1, Published: "more than 1 (figure 1)"), "fast-without-decay", "fast-stablemax"),
    ];

    /// <summary>Bounds are inclusive, and a ratio of 1 is no faster.</summary>
    private const double BelowOne = 0.999;

    private static readonly Statistic Tuning = new("steps of AdamW at the paper's setting over those of the tuned one", AtLeast: 1);

    internal static TunedAdamW AdamW { get; } = new();

    /// <summary>All but AdamW itself.</summary>
    internal static IReadOnlyList<Acceleration> Ways { get; } =
        [new SlowGradients(), new PerpendicularGradients(), new StableMaxLoss(), new NormKept(), new ScaledStart(), new PairsBothWays(), new SmallNetworksEmbedding()];

    public override string Id => "sooner";

    public override string Question => "Can training find the circuit sooner?";

    public override string Sentence => "Each published way to grok sooner is sooner than AdamW that was tuned as well, and than the same training without it";

    public override string Source => string.Join("; ", Ways.Select(way => way.Source).Distinct());

    public override IReadOnlyList<Statistic> Statistics { get; } =
        [.. Published.Select(one => one.Statistic), Tuning, .. Ways.Select(way => new Statistic($"upper end of the ratio of steps, {way.Name}", AtMost: BelowOne, Published: "below 1"))];

    /// <summary>Steps to a test accuracy of 0.99 that lasts, with those of a small network before.</summary>
    public override IReadOnlyList<string> Columns { get; } = ["steps"];

    /// <summary>What does not depend on what came of anything: the published settings, and the first round of tuning.</summary>
    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from one in AsPublished from seed in PublishedSeeds select OfPublished(one.Name, one.Config, seed),
        .. Round(0, _ => 0),
    ];

    public override int Trainings => Plan.Count + ((Ways.Count + 1) * ((AdamWSettings.Count / 2) + (AdamWSettings.Count / 4))) + (((2 * Ways.Count) + 2) * FreshSeeds.Length);

    public override IReadOnlyList<PlannedRun> Next(IReadOnlyList<Trial> trials)
    {
        if (trials.Count == 0)
        {
            return Plan;
        }

        var known = trials.ToDictionary(trial => trial.Plan.Name);
        double Cost(PlannedRun plan) => Steps(known[plan.Name]) ?? 2 * plan.Schedule.Epochs;
        for (int round = 1; round < SuccessiveHalving.Seeds.Count; round++)
        {
            IReadOnlyList<PlannedRun> tried = Round(round, Cost);
            if (!known.ContainsKey(tried[0].Name))
            {
                return tried;
            }
        }

        PlannedRun[] compared =
        [
            .. FreshSeeds.Select(seed => OfPublished("paper", Plain with { Model = AdamWSettings.Network, TrainFraction = 0.4, WeightDecay = 1 }, seed)),
            .. from way in Ways.Prepend(AdamW) let setting = Chosen(way, trials) from seed in FreshSeeds select way.Of(setting, seed),
            .. from way in Ways let setting = Chosen(way, trials) from seed in FreshSeeds select way.Without(setting, seed),
        ];
        return known.ContainsKey(compared[0].Name) ? [] : compared;
    }

    public override IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run) =>
        [TrainedCurve.Of(plan, run).HeldFrom(Acceleration.StepsHeld) is long held ? held + SmallNetworksEmbedding.StepsBefore(plan) : null];

    public override string Answer(IReadOnlyList<Trial> trials)
    {
        Comparison[] comparisons = [.. Compared(trials)];
        string[] sooner = [.. comparisons.Where(one => one.UpperEnd < 1).Select(one => one.Way.Name)];
        double paper = Median.Of(PaperSteps(trials));
        return FormattableString.Invariant($"Tuned AdamW gets there in {Median.Of(StepsOf(trials, AdamW)):N0} steps, at the paper's setting {(paper < PublishedHorizon ? "in" : "not in")} {paper:N0} (medians). Surely sooner than that, and than without it, {(sooner.Length == 0 ? "is none of seven published ways" : $"of seven published ways: {string.Join(", ", sooner)}")}. Their steps over those of tuned AdamW: {string.Join(", ", comparisons.Select(one => $"{one.Way.Name} {one.OverAdamW}"))}.");
    }

    /// <summary>Each way against tuned AdamW and against the same training without it, on the fresh seeds.</summary>
    internal IEnumerable<Comparison> Compared(IReadOnlyList<Trial> trials)
    {
        IReadOnlyList<PairedRatio> overAdamW = PairedRatio.Together([.. Ways.Select(way => Logarithms(StepsOf(trials, way), StepsOf(trials, AdamW)))]);
        IReadOnlyList<PairedRatio> overWithout = PairedRatio.Together([.. Ways.Select(way => Logarithms(StepsOf(trials, way), StepsWithout(trials, way)))]);
        return Ways.Select((way, i) => new Comparison(way, Chosen(way, trials), FreshSeeds.Count(seed => Steps(Find(trials, way.Of(Chosen(way, trials), seed))) is not null), Median.Of(StepsOf(trials, way)), overAdamW[i], overWithout[i]));
    }

    /// <summary>Steps of the way, tuned, on each fresh seed; 2,000 where it does not get there.</summary>
    internal IReadOnlyList<double> StepsOf(IReadOnlyList<Trial> trials, Acceleration way) => [.. FreshSeeds.Select(seed => StepsOrAll(Find(trials, way.Of(Chosen(way, trials), seed))))];

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        foreach ((Statistic statistic, string without, string with) in Published)
        {
            Trial[] before = [.. PublishedSeeds.Select(seed => Find(trials, OfPublished(without, Plain, seed)))];
            Trial[] after = [.. PublishedSeeds.Select(seed => Find(trials, OfPublished(with, Plain, seed)))];
            bool arrives = after.Count(trial => Steps(trial) is not null) * 2 > after.Length;
            yield return statistic.Of(arrives ? Median.Of(before.Zip(after, (one, other) => StepsOrAll(one) / StepsOrAll(other))) : null, $"{with} does not get there within {NumberOfSteps} steps on most seeds");
        }

        yield return Tuning.Of(Math.Exp(Logarithms(PaperSteps(trials), StepsOf(trials, AdamW)).Average()));
        foreach ((Comparison comparison, Statistic statistic) in Compared(trials).Zip(Statistics.Skip(Published.Length + 1)))
        {
            yield return statistic.Of(comparison.UpperEnd);
        }
    }

    private static string NumberOfSteps => FormattableString.Invariant($"{PublishedHorizon:N0}");

    private static Trial Find(IReadOnlyList<Trial> trials, PlannedRun plan) => trials.Single(trial => trial.Plan.Name == plan.Name);

    private static IReadOnlyList<double> Logarithms(IReadOnlyList<double> ones, IReadOnlyList<double> others) => [.. ones.Zip(others, (one, other) => Math.Log(one / other))];

    private static IReadOnlyList<PlannedRun> Round(int round, Func<PlannedRun, double> cost) =>
        [.. from way in Ways.Prepend(AdamW) from setting in SuccessiveHalving.Settings(way, round, cost) select way.Of(setting, SuccessiveHalving.Seeds[round])];

    private static PlannedRun OfPublished(string name, TrainingConfig config, long seed) => new(
        FormattableString.Invariant($"published-{name}-seed{seed}"), config with { Seed = seed }, Acceleration.Schedule with { Epochs = PublishedHorizon, CheckpointEvery = (int)PublishedHorizon });

    private double? Steps(Trial trial) => Measured(trial, "steps");

    private double StepsOrAll(Trial trial) => Steps(trial) ?? trial.Plan.Schedule.Epochs;

    private int Chosen(Acceleration way, IReadOnlyList<Trial> trials) =>
        SuccessiveHalving.Settings(way, SuccessiveHalving.Seeds.Count, plan => Steps(Find(trials, plan)) ?? 2 * plan.Schedule.Epochs)[0];

    private double[] PaperSteps(IReadOnlyList<Trial> trials) => [.. FreshSeeds.Select(seed => StepsOrAll(Find(trials, OfPublished("paper", Plain, seed))))];

    private double[] StepsWithout(IReadOnlyList<Trial> trials, Acceleration way) => [.. FreshSeeds.Select(seed => StepsOrAll(Find(trials, way.Without(Chosen(way, trials), seed))))];

    /// <summary>What came of a way.</summary>
    /// <param name="Way">Which one.</param>
    /// <param name="Setting">The one that was chosen.</param>
    /// <param name="Arrived">On how many of the ten seeds it got there.</param>
    /// <param name="Steps">Their median.</param>
    /// <param name="OverAdamW">Its steps over those of tuned AdamW.</param>
    /// <param name="OverWithout">Over those of the same training without it.</param>
    internal sealed record Comparison(Acceleration Way, int Setting, int Arrived, double Steps, PairedRatio OverAdamW, PairedRatio OverWithout)
    {
        public double UpperEnd => Math.Max(OverAdamW.High, OverWithout.High);
    }
}
