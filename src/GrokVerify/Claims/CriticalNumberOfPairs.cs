using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Claims;

/// <summary>
/// Memorizing costs norm for every pair, generalizing does not: below a critical number of pairs the network that memorizes has the smaller norm, above it the one that generalizes, and whichever has the smaller norm has
/// the smaller train loss, too. Trained on with fewer pairs than that, a network that has grokked forgets.
/// </summary>
/// <remarks>
/// Networks that memorize are trained on labels without a rule, on D pairs, one that generalizes on those of the task, all at one weight decay until their norm has nearly settled. Statistic: the former's sum of squared
/// weights over the latter's, and their train losses likewise, with the fewest pairs and with the most, and the least growth of the first from one D to the next. At equal loss the ratio of the sums is further from 1 still,
/// because the larger norm has the larger loss. And the number of pairs with which a network that is trained on keeps a test accuracy of 0.5, over that at which the ratio of the sums is 1; both lie between two
/// neighbours, straight in ln D.
/// Rule: at most 0.9 with few, at least 1.5 with many; at least 1.05; from 0.5 to 2: in the theory one of two costs less on either side of one number, but test accuracy goes from 0.2 to 0.8 over a factor of 2 in the
/// number of pairs. Published at p = 113: 0.7 is kept with 800 to 1,000.
/// </remarks>
internal sealed class CriticalNumberOfPairs : SweepClaim
{
    private const double Half = 0.5;

    /// <summary>How many of the numbers of pairs are tried on a network that has grokked.</summary>
    internal const int TrainedOn = 3;

    private static readonly Statistic Few = new("sum of squared weights of memorizing over that of generalizing, with the fewest pairs", AtMost: 0.9, Published: "below 1 (prediction 1)");
    private static readonly Statistic FewLoss = new("train loss of memorizing over that of generalizing, with the fewest pairs", AtMost: 0.9);
    private static readonly Statistic Many = new("sum of squared weights of memorizing over that of generalizing, with the most pairs", AtLeast: 1.5, Published: "above 1 (prediction 1)");
    private static readonly Statistic ManyLoss = new("train loss of memorizing over that of generalizing, with the most pairs", AtLeast: 1.5);
    private static readonly Statistic Growth = new("growth of the ratio of the sums from one number of pairs to the next, the least", AtLeast: 1.05, Published: "grows (prediction 1)");
    private static readonly Statistic Forgetting = new("pairs with which a test accuracy of 0.5 is kept, over the pairs at which the ratio of the sums is 1", AtLeast: 0.5, AtMost: 2, Published: "about 1 (prediction 2)");

    private readonly double[] _pairs;

    /// <param name="scale">How large.</param>
    /// <param name="seed">Seeds every run.</param>
    public CriticalNumberOfPairs(SweepScale scale = SweepScale.Small, long seed = 0)
    {
        var setting = new SweepSetting(scale, seed);
        double weightDecay = setting.IsSmall ? 5 : 1;
        var ungrokking = new Ungrokking(scale, seed);
        _pairs = setting.IsSmall ? [100, 200, 400, 800] : [400, 800, 1_600, 3_200, 6_400];
        Plan =
        [
            .. _pairs.Select(pairs => new PlannedRun(
                FormattableString.Invariant($"p = {setting.Prime}, {pairs} pairs without a rule"),
                setting.Config(fraction: Fraction(pairs), weightDecay: weightDecay) with { LabelRule = LabelRule.Shuffled },
                SweepSetting.ToTheEnd((long)(10_000 / weightDecay)))),
            setting.IsSmall ? ungrokking.Onward(0.3, weightDecay) : setting.Run(setting.Fraction),
            .. _pairs.Take(TrainedOn).Select(pairs => ungrokking.Onward(Fraction(pairs), 5)),
        ];

        double Fraction(double pairs) => Math.Round(pairs / (setting.Prime * setting.Prime), 6);
    }

    public override string Id => "critical-number-of-pairs";

    public override string Sentence => "At equal train loss memorizing takes the smaller norm below a critical number of pairs and generalizing above it, and with fewer a network that has grokked forgets";

    public override string Source => "Varma et al. 2023 (arXiv 2309.02390) sections 4 and 5";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Few, FewLoss, Many, ManyLoss, Growth, Forgetting];

    public override IReadOnlyList<PlannedRun> Plan { get; }

    protected override IEnumerable<Finding> Find(IReadOnlyList<TrainedCurve> runs)
    {
        TrainedCurve[] memorizing = [.. runs.Take(_pairs.Length)];
        TrainedCurve generalizing = runs[_pairs.Length];
        double[] sums = [.. memorizing.Select(run => run.Last.SumSquaredWeights / generalizing.Last.SumSquaredWeights)];
        double[] losses = [.. memorizing.Select(run => run.Last.TrainLoss / generalizing.Last.TrainLoss)];
        double? critical = LogarithmicCrossing.Rising([.. _pairs.Zip(sums.Select(sum => Math.Log(sum)))], 0);
        double? forgetting = LogarithmicCrossing.Rising([.. _pairs.Zip(runs.TakeLast(TrainedOn).Select(run => run.Last.TestAccuracy))], Half);

        yield return Few.Of(sums[0]);
        yield return FewLoss.Of(losses[0]);
        yield return Many.Of(sums[^1]);
        yield return ManyLoss.Of(losses[^1]);
        yield return Growth.Of(sums.Zip(sums.Skip(1), (fewer, more) => more / fewer).Min());
        yield return Forgetting.Of(
            forgetting / critical, critical is null ? "memorizing never takes the norm of generalizing" : "the test accuracy does not rise through 0.5 with the number of pairs");
    }
}
