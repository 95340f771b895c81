using GrokVerify.Ablations;
using GrokVerify.ByHand;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;

namespace GrokVerify.Claims.Questions;

/// <summary>
/// How wide a network has to be to find the circuit: one of its three sizes is varied, the others are the paper's. Beside it, how many of its 512 neurons a network that has grokked needs, without training on, and
/// how many a network written down from cosines has.
/// </summary>
/// <remarks>
/// p = 59, 40% of the pairs, weight decay 1, seeds 0 to 4, up to 20,000 epochs: neurons from 4 to 512, d_model from 4 to 128 with four heads, heads from 1 to 32. A training succeeds when test accuracy reaches 0.99.
/// Statistic: logistic midpoints of the successes against neurons and d_model; the share of seeds that succeed with one head.
/// And that midpoint of neurons over the least number of neurons, of those that contribute most, with which networks of 512 keep an accuracy of 0.99 on all pairs (<see cref="NeuronsNeeded"/>, the others at zero; median of the
/// seeds), and over the neurons of the least network of cosines (<see cref="LeastCosineNetwork"/>).
/// Rule, fixed before the first training: both midpoints lie inside what was tried, so that finding has a least width; one head is enough on most seeds. Fixed while it was trained, when it was known what two other
/// networks need (78 and 205 neurons): finding takes as many neurons as representing or more, as it would if most of them were needed only to find the circuit.
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
    private static readonly Statistic OverKept = new("neurons that it takes to find the circuit, over those that a network of 512 needs once it is found", AtLeast: 1, Published: "more than 1 (the paper asks)");
    private static readonly Statistic OverWritten = new("neurons that it takes to find the circuit, over those of the least network written from cosines", AtLeast: 1);
    private static readonly Lazy<int> Written = new(() => LeastCosineNetwork.Of(Prime).Neurons);

    private static readonly Statistic OneHead = new("share of seeds that generalize with one head", AtLeast: 0.6, AtMost: 1);

    public override string Id => "width-to-grok";

    public override string Question => "How many parameters does it take to find the circuit?";

    public override string Sentence => "There is a least number of neurons, and a least d_model, with which a network finds the circuit; one head is enough";

    public override string Source => "the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [NeuronsToGrok, WidthsToGrok, OneHead, OverKept, OverWritten];

    /// <summary>Of networks of the paper's sizes: neurons needed, chosen in three ways; ranks needed, and the parameters of a network of such ranks.</summary>
    public override IReadOnlyList<string> Columns { get; } =
        ["neurons_by_contribution", "neurons_by_norm", "neurons_at_random_median", "rank_W_E", "rank_W_Q_W_K", "rank_W_V_W_O", "rank_W_in", "rank_W_out", "accuracy_at_once", "scale_together", "parameters_together"];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from neurons in Neurons from seed in Seeds select Of(Paper with { DMlp = neurons }, seed),
        .. from width in Widths.Where(width => width != Paper.DModel) from seed in Seeds select Of(Paper with { DModel = width }, seed),
        .. from heads in Heads.Where(heads => heads != Paper.Heads) from seed in Seeds select Of(Paper with { Heads = heads }, seed),
    ];

    public override IReadOnlyList<double?> Measure(PlannedRun plan, TrainingRun run)
    {
        if (plan.Config.Model != Paper)
        {
            return [.. Columns.Select(_ => (double?)null)];
        }

        var network = new NetworkSpectra(run.ReadCheckpoint(plan.Schedule.EndIn(run.Rows)).Weights, plan.Config.CreateTask());
        var neurons = NeuronsNeeded.Of(network, othersAtMean: false);
        var ranks = RanksNeeded.Of(network);
        return neurons.Absence is null && ranks.Absence is null
            ? [neurons.ByContribution, neurons.ByNorm, neurons.MedianAtRandom, .. ranks.Matrices.Select(matrix => (double?)matrix.Alone), ranks.AccuracyAtOnce, ranks.Scale, ranks.Parameters]
            : [.. Columns.Select(_ => (double?)null)];
    }

    /// <summary>The median over seeds of what is measured of networks of the paper's sizes; null where a seed has none.</summary>
    internal double? Needed(IReadOnlyList<Trial> trials, string column)
    {
        double?[] values = [.. trials.Where(trial => trial.Plan.Config.Model == Paper).Select(trial => Measured(trial, column))];
        return values.All(value => value is not null) ? Median.Of(values.Select(value => value!.Value)) : null;
    }

    /// <summary>The successes of the trials that have the paper's other two sizes, against the one that is varied.</summary>
    internal static IReadOnlyList<(double Size, double Share)> Successes(IReadOnlyList<Trial> trials, Func<TransformerConfig, int> size) =>
        [.. trials.Where(trial => IsVaried(trial.Plan.Config.Model, size)).Select(trial => ((double)size(trial.Plan.Config.Model), trial.Generalized is null ? 0.0 : 1))];

    public override string Answer(IReadOnlyList<Trial> trials) => FormattableString.Invariant(
        $"Half of the seeds find the circuit with {LogisticMidpoint.Words(NeuronMidpoint(trials))} neurons, or with a d_model of {LogisticMidpoint.Words(LogisticMidpoint.Fit(Successes(trials, model => model.DModel)))}; with one head {OneHeadShare(trials):0%} do. A network of 512 neurons needs {Needed(trials, Columns[0]):0} of them once it has found it ({Needed(trials, Columns[1]):0} by norm, {Needed(trials, Columns[2]):0} random ones), and one written from cosines has {Written.Value}.");

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        const string always = "either all or none of the sizes tried do";
        double? neurons = NeuronMidpoint(trials)?.Size;
        yield return NeuronsToGrok.Of(neurons, always);
        yield return WidthsToGrok.Of(LogisticMidpoint.Fit(Successes(trials, model => model.DModel))?.Size, always);
        yield return OneHead.Of(OneHeadShare(trials));
        yield return OverKept.Of(neurons / Needed(trials, Columns[0]), neurons is null ? always : "a network of 512 neurons does not solve the task");
        yield return OverWritten.Of(neurons / Written.Value, always);
    }

    private static LogisticMidpoint? NeuronMidpoint(IReadOnlyList<Trial> trials) => LogisticMidpoint.Fit(Successes(trials, model => model.DMlp));

    private static double OneHeadShare(IReadOnlyList<Trial> trials) => Successes(trials, model => model.Heads).Where(one => one.Size == 1).Average(one => one.Share);

    /// <summary>Only one of the three sizes is varied in a trial: where this one is the paper's, the others have to be, too.</summary>
    private static bool IsVaried(TransformerConfig model, Func<TransformerConfig, int> size) => size(model) != size(Paper) || model == Paper;

    private static PlannedRun Of(TransformerConfig model, long seed) => new(
        FormattableString.Invariant($"neurons{model.DMlp}-width{model.DModel}-heads{model.Heads}-seed{seed}"),
        new TrainingConfig { Model = model, TrainFraction = 0.4, Seed = seed },
        new TrainingSchedule { Epochs = 20_000, EpochsAfterGeneralization = model == Paper ? Settling : 0, LogEvery = 50, CheckpointEvery = 5_000 });
}
