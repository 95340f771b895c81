using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// A network that has grokked forgets: trained on with a small part of its own train pairs, it comes to fail on the others while it still fits that part; with a larger
/// part it stays. How far it falls does not depend on the weight decay.
/// </summary>
/// <remarks>
/// Statistic: last test accuracy (on all pairs but those trained on) and train accuracy with few pairs, at two weight decays, and the difference of the former; last test accuracy with many pairs; and how much
/// test accuracy changes in the last fifth of the three trainings, the most.
/// The further trainings take over weights alone: moments are zero and epochs begin at 0.
/// Rule: at least 0.99 before; at most 0.8 with few pairs, while train accuracy is at least 0.99; within 0.1 of each other (predicted: equal); at least 0.9 with many; a change of at most 0.05, because a network
/// that passes by on its way has forgotten nothing yet, or not yet all. Published at p = 113: few are 390 to
/// 800 pairs, many 1,500 and more, that is 3.5 to 7 and 13 pairs for each of the p answers; the same counts for each answer are taken at p = 59.
/// </remarks>
internal sealed class Ungrokking : SweepClaim
{
    private const double OriginalFraction = 0.8;
    private const double Weak = 2;
    private const double Strong = 5;

    /// <summary>The longer the weaker the weight decay, which sets the pace.</summary>
    private const double EpochsTimesWeightDecay = 10_000;

    private static readonly Statistic Before = new("test accuracy before", AtLeast: 0.99, AtMost: 1, Published: "1 (trained on the full data)");
    private static readonly Statistic Forgotten = new("test accuracy after training on few pairs at weight decay 2", AtMost: 0.8, Published: "falls, sharply in the number of pairs (figure 7)");
    private static readonly Statistic ForgottenStrong = new("test accuracy after training on few pairs at weight decay 5", AtMost: 0.8, Published: "falls likewise (figure 7)");
    private static readonly Statistic Difference = new("difference of these two", AtMost: 0.1, Published: "0 (prediction 3)");
    private static readonly Statistic Fit = new("train accuracy on the few pairs, the lower of the two", AtLeast: 0.99, AtMost: 1, Published: "1 (figure 7)");
    private static readonly Statistic Remembered = new("test accuracy after training on many pairs at weight decay 5", AtLeast: 0.9, AtMost: 1, Published: "stays (figure 7)");

    private static readonly Statistic Plateau = new("largest change of test accuracy in the last fifth of a training", AtMost: 0.05, Published: "plateaus (figure 7)");

    private readonly SweepSetting _setting;

    /// <param name="scale">How large.</param>
    /// <param name="seed">Seeds every run.</param>
    public Ungrokking(SweepScale scale = SweepScale.Small, long seed = 0)
    {
        _setting = new SweepSetting(scale, seed);
        (double few, double many) = _setting.IsSmall ? (0.06, 0.3) : (0.04, 0.15);
        Plan = [Onward(few, Weak), Onward(few, Strong), Onward(many, Strong)];
    }

    public override string Id => "ungrokking";

    public override string Sentence => "Trained on with few of its pairs, a network that has grokked forgets, whatever the weight decay; with many it does not";

    public override string Source => "Varma et al. 2023 (arXiv 2309.02390) sections 4 and 5.2, figure 7";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Before, Forgotten, ForgottenStrong, Difference, Fit, Remembered, Plateau];

    public override IReadOnlyList<PlannedRun> Plan { get; }

    /// <summary>A network that has grokked, trained on.</summary>
    internal PlannedRun Onward(double fraction, double weightDecay)
    {
        PlannedRun grokked = _setting.Run(OriginalFraction) with { Schedule = SweepSetting.For(1_000) };
        return new(
            FormattableString.Invariant($"{grokked.Name}, then {fraction} at weight decay {weightDecay}"),
            _setting.Config(fraction: fraction, weightDecay: weightDecay),
            SweepSetting.ToTheEnd((long)(EpochsTimesWeightDecay / weightDecay)),
            grokked);
    }

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrainedCurve> runs)
    {
        double weak = runs[0].Last.TestAccuracy;
        double strong = runs[1].Last.TestAccuracy;
        yield return Before.Of(runs.Min(run => run.First.TestAccuracy));
        yield return Forgotten.Of(weak);
        yield return ForgottenStrong.Of(strong);
        yield return Difference.Of(Math.Abs(weak - strong));
        yield return Fit.Of(Math.Min(runs[0].Last.TrainAccuracy, runs[1].Last.TrainAccuracy));
        yield return Remembered.Of(runs[2].Last.TestAccuracy);
        yield return Plateau.Of(runs.Max(run => run.LastChange));
    }
}
