using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;

namespace GrokVerify.Claims.Questions;

/// <summary>How wide a network has to be to find the circuit: one of its three sizes is varied, the others are the paper's.</summary>
/// <remarks>
/// p = 59, 40% of the pairs, weight decay 1, seeds 0 to 4, up to 20,000 epochs: neurons from 4 to 512, d_model from 4 to 128 with four heads, heads from 1 to 32. A training succeeds when test accuracy reaches 0.99.
/// Statistic: logistic midpoints of the successes against neurons and d_model; the share of seeds that succeed with one head.
/// Rule, fixed before the first training: both midpoints lie inside what was tried, so that finding has a least width; one head is enough on most seeds.
/// </remarks>
internal sealed class WidthToGrok : QuestionClaim
{
    private const int Prime = 59;

    /// <summary>Epochs after which what a network generalizes by stands out.</summary>
    private const long Settling = 1_000;

    private static readonly long[] Seeds = [0, 1, 2, 3, 4];
    private static readonly int[] Neurons = [4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly int[] Widths = [4, 8, 12, 16, 24, 32, 64, 128];
    private static readonly int[] Heads = [1, 2, 4, 8, 16, 32];
    private static readonly TransformerConfig Paper = new() { Prime = Prime };

    private static readonly Statistic NeuronsToGrok = new("neurons with which half of the seeds generalize", AtLeast: 4, AtMost: 512);
    private static readonly Statistic WidthsToGrok = new("d_model with which half of the seeds generalize", AtLeast: 4, AtMost: 128);
    private static readonly Statistic OneHead = new("share of seeds that generalize with one head", AtLeast: 0.6, AtMost: 1);

    public override string Id => "width-to-grok";

    public override string Question => "How many parameters does it take to find the circuit?";

    public override string Sentence => "There is a least number of neurons, and a least d_model, with which a network finds the circuit; one head is enough";

    public override string Source => "the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [NeuronsToGrok, WidthsToGrok, OneHead];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from neurons in Neurons from seed in Seeds select Of(Paper with { DMlp = neurons }, seed),
        .. from width in Widths.Where(width => width != Paper.DModel) from seed in Seeds select Of(Paper with { DModel = width }, seed),
        .. from heads in Heads.Where(heads => heads != Paper.Heads) from seed in Seeds select Of(Paper with { Heads = heads }, seed),
    ];

    /// <summary>The successes of the trials that have the paper's other two sizes, against the one that is varied.</summary>
    internal static IReadOnlyList<(double Size, double Share)> Successes(IReadOnlyList<Trial> trials, Func<TransformerConfig, int> size) =>
        [.. trials.Where(trial => IsVaried(trial.Plan.Config.Model, size)).Select(trial => ((double)size(trial.Plan.Config.Model), trial.Generalized is null ? 0.0 : 1))];

    public override string Answer(IReadOnlyList<Trial> trials) => FormattableString.Invariant(
        $"Half of the seeds find the circuit with {LogisticMidpoint.Words(LogisticMidpoint.Fit(Successes(trials, model => model.DMlp)))} neurons, or with a d_model of {LogisticMidpoint.Words(LogisticMidpoint.Fit(Successes(trials, model => model.DModel)))}; with one head {OneHeadShare(trials):0%} do.");

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        const string always = "either all or none of the sizes tried do";
        yield return NeuronsToGrok.Of(LogisticMidpoint.Fit(Successes(trials, model => model.DMlp))?.Size, always);
        yield return WidthsToGrok.Of(LogisticMidpoint.Fit(Successes(trials, model => model.DModel))?.Size, always);
        yield return OneHead.Of(OneHeadShare(trials));
    }

    private static double OneHeadShare(IReadOnlyList<Trial> trials) => Successes(trials, model => model.Heads).Where(one => one.Size == 1).Average(one => one.Share);

    /// <summary>Only one of the three sizes is varied in a trial: where this one is the paper's, the others have to be, too.</summary>
    private static bool IsVaried(TransformerConfig model, Func<TransformerConfig, int> size) => size(model) != size(Paper) || model == Paper;

    private static PlannedRun Of(TransformerConfig model, long seed) => new(
        FormattableString.Invariant($"neurons{model.DMlp}-width{model.DModel}-heads{model.Heads}-seed{seed}"),
        new TrainingConfig { Model = model, TrainFraction = 0.4, Seed = seed },
        new TrainingSchedule { Epochs = 20_000, EpochsAfterGeneralization = model == Paper ? Settling : 0, LogEvery = 50, CheckpointEvery = 5_000 });
}
