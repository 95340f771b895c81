using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Claims.Questions;

/// <summary>Distillation: students with few neurons find the circuit from what a grokked network says of the train pairs, where labels alone take more; from what a network without a rule says they do not find it.</summary>
/// <remarks>
/// p = 59, 40% of the pairs, weight decay 2, a learning rate of 0.01, seeds 0 to 4, up to 2,500 epochs: students of 8 to 64 neurons. The teacher is the grokked network of the same seed and pairs (<see cref="SolvedNetworks"/>), 512 neurons wide; its
/// softmax on the train pairs is what the student is trained on (<see cref="Teacher"/>). The control's teacher has memorized labels without a rule on these pairs. A student succeeds when test accuracy reaches 0.99.
/// Statistic: the logistic midpoint of the successes against neurons, from labels over from the teacher's logits; the share of the control's students that succeed; with 64 neurons the epochs from logits over those from
/// labels, the median of the seeds; absent where students of logits succeed on no more than half of them.
/// Rule, fixed before the first training: a third fewer neurons are enough, no student of the control succeeds, and logits are no slower than labels. The learning rate was the paper's, and the horizon 10,000, until a
/// dozen had been trained, of which only lines of progress were seen: it would have taken an hour.
/// </remarks>
internal sealed class StudentOfLogits : QuestionClaim
{
    private const long Horizon = 2_500;
    private const int Most = 64;
    private static readonly int[] Neurons = [8, 16, 24, 32, 48, Most];
    private static readonly long[] Seeds = [0, 1, 2, 3, 4];

    private static readonly Statistic Fewer = new("neurons with which half of the students succeed from labels, over those from the teacher's logits", AtLeast: 1.5);
    private static readonly Statistic WithoutRule = new("share of students that succeed whose teacher has no rule", AtMost: 0);
    private static readonly Statistic Sooner = new("epochs that 64 neurons take from logits, over those from labels", AtMost: 1);

    public override string Id => "student-of-logits";

    public override string Question => "Can what was grokked be distilled into a smaller network?";

    public override string Sentence => "From a grokked network's logits fewer neurons find the circuit than from labels";

    public override string Source => "Hinton et al. 2015 (arXiv 1503.02531); the paper's discussion";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Fewer, WithoutRule, Sooner];

    public override IReadOnlyList<PlannedRun> Plan { get; } =
    [
        .. from neurons in Neurons from seed in Seeds select Of("taught", neurons, seed, SolvedNetworks.Grokked[(int)seed]),
        .. from neurons in Neurons from seed in Seeds select Of("labels", neurons, seed, null),
        .. from neurons in Neurons from seed in Seeds select Of("taught-without-rule", neurons, seed, WithoutARule(seed)),
    ];

    /// <summary>Successes against neurons.</summary>
    /// <param name="trials">What came of the trainings.</param>
    /// <param name="teacher">The labels of the teacher; null for students of labels alone.</param>
    internal static IReadOnlyList<(double Neurons, double Share)> Successes(IReadOnlyList<Trial> trials, LabelRule? teacher) =>
        [.. trials.Where(trial => trial.Plan.Teacher?.Config.LabelRule == teacher).Select(trial => ((double)trial.Plan.Config.Model.DMlp, trial.Generalized is null ? 0.0 : 1))];

    public override string Answer(IReadOnlyList<Trial> trials)
    {
        string sooner = EpochsRatio(trials) is double ratio ? FormattableString.Invariant($" With {Most} neurons logits take {ratio:0.00} times as many epochs as labels.") : "";
        return FormattableString.Invariant(
            $"Half of the students find the circuit with {Words(trials, LabelRule.Sum)} neurons from the teacher's logits, with {Words(trials, null)} from labels; of those whose teacher has no rule {Successes(trials, LabelRule.Shuffled).Average(one => one.Share):0%} do.{sooner}");
    }

    protected override IEnumerable<Finding> Find(IReadOnlyList<Trial> trials)
    {
        double? taught = LogisticMidpoint.Fit(Successes(trials, LabelRule.Sum))?.Size;
        double? alone = LogisticMidpoint.Fit(Successes(trials, null))?.Size;
        yield return Fewer.Of(alone / taught, FormattableString.Invariant($"from logits {Words(trials, LabelRule.Sum)}, from labels {Words(trials, null)}"));
        yield return WithoutRule.Of(Successes(trials, LabelRule.Shuffled).Average(one => one.Share));
        yield return Sooner.Of(EpochsRatio(trials), "most students of logits do not succeed");
    }

    private static string Words(IReadOnlyList<Trial> trials, LabelRule? teacher)
    {
        IReadOnlyList<(double Neurons, double Share)> successes = Successes(trials, teacher);
        return LogisticMidpoint.Fit(successes) is { } midpoint ? LogisticMidpoint.Words(midpoint)
            : successes.Where(one => one.Neurons == Neurons[0]).Average(one => one.Share) >= 0.5 ? FormattableString.Invariant($"{Neurons[0]} or fewer") : FormattableString.Invariant($"more than {Most}");
    }

    /// <summary>Null where most students of logits do not succeed: two that fail take as long as each other.</summary>
    private static double? EpochsRatio(IReadOnlyList<Trial> trials)
    {
        long?[] Epochs(LabelRule? teacher) => [.. trials.Where(trial => trial.Plan.Config.Model.DMlp == Most && trial.Plan.Teacher?.Config.LabelRule == teacher).Select(trial => trial.Generalized)];
        long?[] taught = Epochs(LabelRule.Sum);
        return taught.Count(epochs => epochs is not null) * 2 > taught.Length ? Median.Of(taught.Zip(Epochs(null), (one, other) => (double)(one ?? Horizon) / (other ?? Horizon))) : null;
    }

    private static PlannedRun Of(string name, int neurons, long seed, PlannedRun? teacher) => new(
        FormattableString.Invariant($"{name}-neurons{neurons}-seed{seed}"),
        SolvedNetworks.Grokked[(int)seed].Config with { Model = new TransformerConfig { Prime = 59, DMlp = neurons }, LearningRate = 0.01, LossForm = LossForm.Float64 },
        new TrainingSchedule { Epochs = Horizon, EpochsAfterGeneralization = 0, LogEvery = 10, CheckpointEvery = (int)Horizon })
    {
        Teacher = teacher,
    };

    private static PlannedRun WithoutARule(long seed) => new(
        FormattableString.Invariant($"without-rule-seed{seed}"),
        SolvedNetworks.Grokked[(int)seed].Config with { LabelRule = LabelRule.Shuffled },
        new TrainingSchedule { Epochs = 1_000, LogEvery = 50, CheckpointEvery = 1_000 });
}
