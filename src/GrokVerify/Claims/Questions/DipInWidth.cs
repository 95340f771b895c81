using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Claims.Questions;

/// <summary>
/// Double descent in width: from few pairs, narrow networks do better than those that are just wide enough to memorize the pairs, and still wider ones generalize again; from many pairs there is no such dip.
/// </summary>
/// <remarks>
/// p = 59, weight decay 1, 10,000 epochs or 500 longer than it takes to generalize, d_model from 4 to 100 with four heads and an MLP four times as wide, seeds 0 to 4; 23 and 44 pairs for each of the p answers, and as many pairs without a rule (seed 0).
/// Statistic: the largest dip in the mean of the last test accuracies over seeds, that is how far a width falls below the lesser of the best narrower and the best wider one; the width at its bottom, over
/// the one that comes to fit half of the pairs without a rule (straight in ln width between neighbours).
/// Rule: a dip of at least 0.1 from few pairs, of at most 0.05 from many; its bottom within a factor of 2 of the width that memorizes.
/// </remarks>
internal sealed class DipInWidth : QuestionClaim
{
    private const int Prime = 59;
    internal const int FewPerAnswer = 23;
    internal const int ManyPerAnswer = 44;
    private const double Half = 0.5;
    private static readonly int[] Widths = [4, 8, 12, 20, 32, 48, 72, 100];
    private static readonly int[] PairsPerAnswer = [FewPerAnswer, ManyPerAnswer];
    private static readonly long[] Seeds = [0, 1, 2, 3, 4];

    private static readonly Statistic Dip = new("dip of test accuracy in width from few pairs", AtLeast: 0.1, Published: "a dip (prediction on double descent)");
    private static readonly Statistic Bottom = new("width at the bottom of the dip, over the width that memorizes as many pairs without a rule", AtLeast: 0.5, AtMost: 2, Published: "about 1 (framework)");
    private static readonly Statistic NoDip = new("dip of test accuracy in width from many pairs", AtMost: 0.05, Published: "none (prediction on double descent)");

    public override string Id => "dip-in-width";

    public override string Question => "Is there double descent in the width of the network?";

    public override string Sentence => "From few pairs test accuracy dips where networks become wide enough to memorize them, from many it does not";

    public override string Source => "Huang et al. 2024 (arXiv 2402.15175); the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Dip, Bottom, NoDip];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from pairs in PairsPerAnswer from width in Widths from seed in Seeds select Of(width, pairs, seed, LabelRule.Sum),
        .. from pairs in PairsPerAnswer from width in Widths select Of(width, pairs, 0, LabelRule.Shuffled),
    ];

    /// <summary>The mean over seeds of the last accuracies: on the test pairs, or on the train pairs where labels have no rule.</summary>
    internal static IReadOnlyList<(double Width, double Accuracy)> Means(IReadOnlyList<Trial> trials, int pairsPerAnswer, LabelRule labels) =>
    [
        .. trials.Where(trial => trial.Plan.Config.LabelRule == labels && trial.Plan.Config.TrainFraction == Fraction(pairsPerAnswer))
            .GroupBy(trial => trial.Plan.Config.Model.DModel, (width, alike) => ((double)width, alike.Average(trial => labels == LabelRule.Sum ? trial.TestAccuracy : trial.TrainAccuracy))),
    ];

    public override string Answer(IReadOnlyList<Trial> trials)
    {
        (double few, double bottom) = Deepest(Means(trials, FewPerAnswer, LabelRule.Sum));
        double many = Deepest(Means(trials, ManyPerAnswer, LabelRule.Sum)).Depth;
        return FormattableString.Invariant(
            $"The largest dip of test accuracy in width is {few:0.00}, at d_model {bottom}, from {FewPerAnswer} pairs for each answer, and {many:0.00} from {ManyPerAnswer}; half of as few pairs without a rule are memorized at d_model {LogarithmicCrossing.Rising(Means(trials, FewPerAnswer, LabelRule.Shuffled), Half):0.0}.");
    }

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        (double depth, double bottom) = Deepest(Means(trials, FewPerAnswer, LabelRule.Sum));
        double? memorizing = LogarithmicCrossing.Rising(Means(trials, FewPerAnswer, LabelRule.Shuffled), Half);
        yield return Dip.Of(depth);
        yield return Bottom.Of(depth > 0 ? bottom / memorizing : null, memorizing is null ? "no width comes to fit half of the pairs without a rule" : "there is no dip");
        yield return NoDip.Of(Deepest(Means(trials, ManyPerAnswer, LabelRule.Sum)).Depth);
    }

    private static (double Depth, double Width) Deepest(IReadOnlyList<(double Width, double Accuracy)> means) => means.Select((mean, i) =>
    {
        double narrower = means.Take(i + 1).Max(other => other.Accuracy);
        double wider = means.Skip(i).Max(other => other.Accuracy);
        return (Depth: Math.Min(narrower, wider) - mean.Accuracy, mean.Width);
    }).MaxBy(dip => dip.Depth);

    private static double Fraction(int pairsPerAnswer) => ((pairsPerAnswer * Prime) + 0.5) / (Prime * Prime);

    private static PlannedRun Of(int width, int pairsPerAnswer, long seed, LabelRule labels) => new(
        FormattableString.Invariant($"{(labels == LabelRule.Sum ? "" : "without-rule-")}pairs{pairsPerAnswer}-width{width}-seed{seed}"),
        new TrainingConfig
        {
            Model = new TransformerConfig { Prime = Prime, DModel = width, DMlp = 4 * width },
            TrainFraction = Fraction(pairsPerAnswer),
            LabelRule = labels,
            Seed = seed,
        },
        new TrainingSchedule { Epochs = 10_000, EpochsAfterGeneralization = 500, LogEvery = 50, CheckpointEvery = 5_000 });
}
