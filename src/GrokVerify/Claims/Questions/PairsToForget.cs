using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Claims.Questions;

/// <summary>
/// Double descent in the number of pairs: how many a network that has grokked needs to stay so when it is trained on with fewer, beside how many the norms predict and how many it takes to grok from scratch.
/// </summary>
/// <remarks>
/// p = 59, seeds 0 to 2, weight decay 2 and 5. A network that has grokked from 80% of the pairs is trained on with 100 to 800 of them for 10,000 / weight decay epochs; others begin from their initial
/// weights with 283 to 2,263 pairs, for twice as long, or 500 epochs longer than it takes to generalize. The predicted number is that of <see cref="CriticalNumberOfPairs"/>: at weight decay 5, where networks that memorize so many pairs without a rule have the
/// sum of squared weights of one that generalizes; the geometric mean of the seeds. Last test accuracies against pairs give logistic midpoints.
/// Rule, from the theory: the midpoint of networks that are trained on is within 1.5 times of the predicted number at both weight decays, the two differ by at most 15%, test accuracy has come to rest (it changes
/// by at most 0.05 in the last fifth), and grokking from scratch takes at least 1.5 times as many pairs.
/// </remarks>
internal sealed class PairsToForget : QuestionClaim
{
    private const int Prime = 59;
    private const double WeakDecay = 2;
    private const double StrongDecay = 5;
    private const double EpochsTimesWeightDecay = 10_000;
    private const long Settling = 500;
    private const double Original = 2_785;

    /// <summary>Pairs of the network whose norm is that of generalizing.</summary>
    private const double Generalizing = 1_044;

    private static readonly long[] Seeds = [0, 1, 2];
    private static readonly double[] Decays = [WeakDecay, StrongDecay];
    private static readonly double[] PairsTrainedOn = [100, 141, 200, 283, 400, 566, 800];
    private static readonly double[] PairsFromScratch = [283, 400, 566, 800, 1_131, 1_600, 2_263];
    private static readonly double[] PairsWithoutRule = [100, 200, 400, 800];

    private static readonly Statistic WeakForgetting = new("pairs that keep half of the test pairs right at weight decay 2, over the number that norms predict", AtLeast: 1 / 1.5, AtMost: 1.5, Published: "1 (theory)");
    private static readonly Statistic StrongForgetting = new("the same at weight decay 5", AtLeast: 1 / 1.5, AtMost: 1.5, Published: "1 (theory)");
    private static readonly Statistic Difference = new("the larger of these two over the smaller", AtMost: 1.15, Published: "1 (prediction 3)");
    private static readonly Statistic Rest = new("largest change of test accuracy in the last fifth of training on", AtMost: 0.05, Published: "plateaus (figure 7)");
    private static readonly Statistic WeakHysteresis = new("pairs that it takes to grok from scratch, over those that keep it, at weight decay 2", AtLeast: 1.5, Published: "about 2.2 (appendix)");
    private static readonly Statistic StrongHysteresis = new("the same at weight decay 5, hysteresis", AtLeast: 1.5, Published: "about 2.2 (appendix)");

    public override string Id => "pairs-to-forget";

    public override string Question => "How many pairs does it take to grok, and how many to keep what was grokked?";

    public override string Sentence => "A network that has grokked forgets below the number of pairs that norms predict, whatever the weight decay, and far more are needed to grok from scratch";

    public override string Source => "Varma et al. 2023 (arXiv 2309.02390) sections 4 and 5, figure 7 and appendix";

    public override IReadOnlyList<Statistic> Statistics { get; } = [WeakForgetting, StrongForgetting, Difference, Rest, WeakHysteresis, StrongHysteresis];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from seed in Seeds from decay in Decays from pairs in PairsTrainedOn select TrainedOn(pairs, decay, seed),
        .. from seed in Seeds from decay in Decays from pairs in PairsFromScratch select FromScratch(pairs, decay, seed),
        .. from seed in Seeds from pairs in PairsWithoutRule select WithoutRule(pairs, seed),
        .. from seed in Seeds select TrainedOn(Generalizing, StrongDecay, seed),
    ];

    /// <summary>The last test accuracies of the trials that were trained on, or began from scratch, against pairs.</summary>
    internal static IReadOnlyList<(double Pairs, double Accuracy)> Accuracies(IReadOnlyList<Trial> trials, double weightDecay, bool trainedOn) =>
        [.. trials.Where(trial => IsMeasured(trial) && trial.Plan.Config.WeightDecay == weightDecay && trial.Plan.From is not null == trainedOn).Select(trial => ((double)PairsOf(trial), trial.TestAccuracy))];

    /// <summary>Their logistic midpoint.</summary>
    internal static LogisticMidpoint? Midpoint(IReadOnlyList<Trial> trials, double weightDecay, bool trainedOn) => LogisticMidpoint.Fit(Accuracies(trials, weightDecay, trainedOn));

    public override string Answer(IReadOnlyList<Trial> trials)
    {
        string Pairs(double decay, bool trainedOn) => LogisticMidpoint.Words(Midpoint(trials, decay, trainedOn));
        return FormattableString.Invariant(
            $"A network that has grokked keeps half of the test pairs right when it is trained on with {Pairs(WeakDecay, true)} pairs at weight decay 2 and {Pairs(StrongDecay, true)} at 5, where norms predict {Predicted(trials):0}; from scratch it takes {Pairs(WeakDecay, false)} and {Pairs(StrongDecay, false)}.");
    }

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        double? predicted = Predicted(trials);
        double? weak = Midpoint(trials, WeakDecay, trainedOn: true)?.Size;
        double? strong = Midpoint(trials, StrongDecay, trainedOn: true)?.Size;
        const string noMidpoint = "the test accuracy does not rise through 0.5 with the number of pairs";
        string noPrediction = predicted is null ? "memorizing does not come to the norm of generalizing on every seed" : noMidpoint;
        yield return WeakForgetting.Of(weak / predicted, noPrediction);
        yield return StrongForgetting.Of(strong / predicted, noPrediction);
        yield return Difference.Of(weak is double one && strong is double other ? Math.Max(one / other, other / one) : null, noMidpoint);
        yield return Rest.Of(trials.Where(trial => IsMeasured(trial) && trial.Plan.From is not null).Max(trial => trial.LastChange));
        yield return WeakHysteresis.Of(Midpoint(trials, WeakDecay, trainedOn: false)?.Size / weak, noMidpoint);
        yield return StrongHysteresis.Of(Midpoint(trials, StrongDecay, trainedOn: false)?.Size / strong, noMidpoint);
    }

    /// <summary>The predicted number of pairs; null where a seed has none.</summary>
    internal static double? Predicted(IReadOnlyList<Trial> trials)
    {
        double?[] bySeed = [.. Seeds.Select(seed =>
        {
            double generalizing = trials.Single(trial => trial.Plan.Config.Seed == seed && trial.Plan.Config.LabelRule == LabelRule.Sum && !IsMeasured(trial)).SumSquaredWeights;
            return LogarithmicCrossing.Rising(
                [.. trials.Where(trial => trial.Plan.Config.Seed == seed && trial.Plan.Config.LabelRule == LabelRule.Shuffled).Select(trial => ((double)PairsOf(trial), Math.Log(trial.SumSquaredWeights / generalizing)))], 0);
        })];
        return bySeed.All(one => one is not null) ? Math.Exp(bySeed.Average(one => Math.Log(one!.Value))) : null;
    }

    /// <summary>Whether a trial is of those whose accuracy counts, not of those whose norm does.</summary>
    private static bool IsMeasured(Trial trial) =>
        trial.Plan.Config.LabelRule == LabelRule.Sum && (trial.Plan.From is null || PairsOf(trial) <= PairsTrainedOn[^1]);

    private static int PairsOf(Trial trial) => (int)(trial.Plan.Config.TrainFraction * Prime * Prime);

    private static PlannedRun TrainedOn(double pairs, double decay, long seed)
    {
        var grokked = new PlannedRun(FormattableString.Invariant($"grokked-seed{seed}"), Config(Original, 1, seed), SweepSetting.For(1_000));
        return new PlannedRun(FormattableString.Invariant($"trained-on-{pairs:0}-wd{decay}-seed{seed}"), Config(pairs, decay, seed), Horizon(decay), grokked);
    }

    private static PlannedRun FromScratch(double pairs, double decay, long seed) =>
        new(FormattableString.Invariant($"from-scratch-{pairs:0}-wd{decay}-seed{seed}"), Config(pairs, decay, seed), Horizon(decay / 2) with { EpochsAfterGeneralization = Settling });

    private static PlannedRun WithoutRule(double pairs, long seed) =>
        new(FormattableString.Invariant($"without-rule-{pairs:0}-seed{seed}"), Config(pairs, StrongDecay, seed) with { LabelRule = LabelRule.Shuffled }, Horizon(StrongDecay));

    private static TrainingSchedule Horizon(double decay) => SweepSetting.ToTheEnd((long)(EpochsTimesWeightDecay / decay));

    private static TrainingConfig Config(double pairs, double decay, long seed) => new()
    {
        Model = new TransformerConfig { Prime = Prime },
        TrainFraction = (pairs + 0.5) / (Prime * Prime),
        WeightDecay = decay,
        Seed = seed,
    };
}
