using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>
/// The weaker the weight decay, the later a network generalizes, below 1 about as 1 / weight decay; without any it does not generalize within the time that it takes
/// with weight decay 1. The sum of squared weights that it ends with falls with the weight decay.
/// </summary>
/// <remarks>
/// Statistic: epochs until the test loss is below 1e-2, by weight decay: the ratio of neighbouring weight decays, and the exponent of a power law up to weight decay 1, the least and the largest of three seeds (p = 59: of one);
/// the test accuracy without weight decay at the epoch at which that with weight decay 1 reaches 0.99; the last sum of squares at neighbouring weight decays,
/// and over the initial one without weight decay and with weight decay 1.
/// Rule: at least 1.2 for each neighbour; exponents from -1.3 to -0.7, at p = 59 from -1.5 to -0.6 (published: 98,730 / 8,258 = 12.0 for a tenth of the weight decay, exponent -1.08; and the law
/// t = ln(w0 / wc) / weight decay of Omnigrok); accuracy at most 0.5; the last sums at least 2% apart (published: 1,181 and 955 at 0.1 and 1); at least 1.2 of the initial
/// one without weight decay (published 2.16), at most 0.9 with weight decay 1 (published 0.54). The last sums at neighbouring weight decays are compared at the paper's
/// scale alone, where runs go on until the sum has settled: at p = 59 that takes more epochs than everything else (941, 935 and 845 at weight decays 0.5, 1 and 2 after 6,400, 3,200 and 1,600 epochs, all still falling).
/// The paper's appendix D.1 prints epochs in the reverse order of its sentence; the released curves follow the sentence, and so does the rule.
/// </remarks>
internal sealed class TimeAgainstWeightDecay : SweepClaim
{
    private const double Paper = 1;

    /// <summary>At the small scale runs end after the same product of epochs and weight decay: at the same stage, if times go as 1 / weight decay.</summary>
    private const double SmallEpochsTimesWeightDecay = 1_800;

    private static readonly Statistic Direction = new(
        "epochs to generalize at a weight decay, over those at the next larger one: the least", AtLeast: 1.2, Published: "12.0 from 0.1 to 1 (released runs)");
    private static readonly Statistic Law = Exponent("", -1.5, -0.6);
    private static readonly Statistic LeastLaw = Exponent(", least of three seeds", -1.3, null);
    private static readonly Statistic LargestLaw = Exponent(", largest of three seeds", null, -0.7);
    private static readonly Statistic WithoutAny = new(
        "test accuracy without weight decay when that with weight decay 1 reaches 0.99", AtMost: 0.5, Published: "never generalizes at 30% (appendix D.1)");
    private static readonly Statistic Norms = new(
        "last sum of squared weights at a weight decay, over that at the next larger one: the least", AtLeast: 1.02, Published: "1.24 from 0.1 to 1 (released network, figure 7)");
    private static readonly Statistic GrownNorm = new("sum of squared weights without weight decay, last over initial", AtLeast: 1.2, Published: "2.16 (released run, other fraction)");
    private static readonly Statistic ShrunkNorm = new("sum of squared weights with weight decay 1, last over initial", AtMost: 0.9, Published: "0.54 (figure 7)");

    private readonly double[] _weightDecays;
    private readonly bool _isSettled;

    /// <param name="scale">How large.</param>
    /// <param name="seed">Seeds every run.</param>
    public TimeAgainstWeightDecay(SweepScale scale = SweepScale.Small, long seed = 0)
    {
        var setting = new SweepSetting(scale, seed);
        _isSettled = !setting.IsSmall;
        Statistics = _isSettled ? [Direction, LeastLaw, LargestLaw, WithoutAny, GrownNorm, ShrunkNorm, Norms] : [Direction, Law, WithoutAny, GrownNorm, ShrunkNorm];
        _weightDecays = setting.IsSmall ? [0.5, 1, 2] : [0.3, 1, 3];
        double fraction = setting.IsSmall ? 0.5 : setting.Fraction;
        long horizonWithout = setting.IsSmall ? 1_800 : 12_000;
        Plan =
        [
            .. _weightDecays.Select(weightDecay => new PlannedRun(
                FormattableString.Invariant($"p = {setting.Prime}, fraction {fraction}, weight decay {weightDecay}"),
                setting.Config(fraction: fraction, weightDecay: weightDecay),
                setting.Schedule(smallEpochs: (long)(SmallEpochsTimesWeightDecay / weightDecay)))),
            new PlannedRun(
                FormattableString.Invariant($"p = {setting.Prime}, fraction {fraction}, weight decay 0"), setting.Config(fraction: fraction, weightDecay: 0), SweepSetting.For(horizonWithout)),
            .. setting.IsSmall ? [] : new[] { seed + 1, seed + 2 }.SelectMany(other => UpToOne.Select(weightDecay => new PlannedRun(
                FormattableString.Invariant($"p = {setting.Prime}, fraction {fraction}, weight decay {weightDecay}, seed {other}"),
                new SweepSetting(scale, other).Config(fraction: fraction, weightDecay: weightDecay),
                SweepSetting.For(40_000) with { UntilGrokked = true }))),
        ];
    }

    public override string Id => "time-against-weight-decay";

    public override string Sentence => "The weaker the weight decay, the later the network generalizes; without any it does not in the same time, and its weights grow";

    public override string Source => "arXiv 2301.05217 section 5.3 and appendix D.1; released runs with weight decay 0.1 and 1; arXiv 2210.01117 for the law";

    public override string Deviation =>
        "Above weight decay 1 the sum of squared weights in the end need not fall further: at p = 113 it is smaller at 3 by 2% to 18% on 9 of 11 seeds, larger by 1% and 5% on two, which miss the claim by that. (The published runs have 0.1 and 1.) The rule is as it was.";

    public override IReadOnlyList<Statistic> Statistics { get; }

    public override IReadOnlyList<PlannedRun> Plan { get; }

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrainedCurve> runs)
    {
        TrainedCurve[] decaying = [.. runs.Take(_weightDecays.Length)];
        TrainedCurve without = runs[_weightDecays.Length];
        TrainedCurve[] others = [.. runs.Skip(_weightDecays.Length + 1)];
        TrainedCurve one = decaying[Array.IndexOf(_weightDecays, Paper)];
        string? never = decaying.Concat(others).Where(run => run.Generalization is null).Select(run => run.NotGeneralized).FirstOrDefault();
        double[] exponents = never is null ? [.. Seeds(decaying, others).Select(seed => PowerLaw.Exponent([.. UpToOne.Zip(seed, (weightDecay, run) => (weightDecay, run.Generalization!.Value))]))] : [];

        yield return Direction.Of(never is null ? decaying.Zip(decaying.Skip(1), (weak, strong) => weak.Generalization / strong.Generalization).Min() : null, never);
        yield return (_isSettled ? LeastLaw : Law).Of(never is null ? exponents.Min() : null, never);
        if (_isSettled)
        {
            yield return LargestLaw.Of(never is null ? exponents.Max() : null, never);
        }

        double? generalized = one.FirstEpoch(row => row.TestAccuracy >= TrainedCurve.GeneralizedTestAccuracy);
        yield return WithoutAny.Of(
            without.Rows.FirstOrDefault(row => row.Epoch >= generalized)?.TestAccuracy,
            generalized is null ? one.NotGeneralized : $"the run without weight decay ends before epoch {generalized}");
        yield return GrownNorm.Of(without.Last.SumSquaredWeights / without.First.SumSquaredWeights);
        yield return ShrunkNorm.Of(one.Last.SumSquaredWeights / one.First.SumSquaredWeights);
        if (_isSettled)
        {
            yield return Norms.Of(decaying.Zip(decaying.Skip(1), (weak, strong) => weak.Last.SumSquaredWeights / strong.Last.SumSquaredWeights).Min());
        }
    }

    private IEnumerable<double> UpToOne => _weightDecays.Where(weightDecay => weightDecay <= Paper);

    private IEnumerable<TrainedCurve[]> Seeds(TrainedCurve[] first, TrainedCurve[] others) => [[.. first.Take(UpToOne.Count())], .. others.Chunk(UpToOne.Count())];

    private static Statistic Exponent(string which, double? least, double? most) =>
        new($"exponent of epochs to generalize against the weight decay, up to 1{which}", least, most, "-1.08 (released runs); -1 (arXiv 2210.01117)");
}
