using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Judging;

[Category("Fast")]
public class ReplayCommandTests
{
    private const string Train = "dotnet run --project tools/GrokVerify.Cli -- train ";
    private const string Usual = "--p 113 --fraction 0.3 --weight-decay 1 --seed 0";
    private const string Length = " --epochs 100 --log-every 5 --checkpoint-every 20";
    private static readonly TrainingSchedule Schedule = new() { Epochs = 100, LogEvery = 5, CheckpointEvery = 20 };
    private static readonly TrainingConfig Config = new();

    private static readonly TestCaseData[] Configurations =
    [
        new(Config, "") { TestName = "What_is_usual_is_not_said" },
        new(Config with { LabelRule = LabelRule.Shuffled }, " --labels shuffled") { TestName = "Shuffled_labels_are" },
        new(Config with { WrongLabels = 0.15 }, " --wrong-labels 0.15") { TestName = "And_wrong_ones" },
        new(Config with { SwappedPairs = true }, " --swapped-pairs") { TestName = "And_swapped_pairs" },
        new(Config with { LossForm = LossForm.Float32 }, " --loss float32") { TestName = "So_is_another_form_of_the_loss" },
        new(Config with { LossForm = LossForm.StableMax }, " --loss stablemax") { TestName = "And_another_loss" },
        new(Config with { LearningRate = 2e-3, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-9, WarmUpSteps = 0 }, " --lr 0.002 --beta1 0.8 --beta2 0.99 --eps 1E-09 --warm-up 0") { TestName = "And_another_AdamW" },
        new(Config with { InitialScale = 0.8, ConstantNorm = true }, " --initial-scale 0.8 --constant-norm") { TestName = "And_the_norm" },
        new(Config with { FrequencyDecay = new() { Frequencies = [14, 35], WeightDecay = 0.5 } }, " --frequencies 14,35 --frequency-decay 0.5") { TestName = "And_frequencies_with_a_weight_decay_of_their_own" },
        new(Config with { KeepZeros = true }, " --keep-zeros") { TestName = "And_zeros_that_stay" },
        new(Config with { Grokfast = new() { Alpha = 0.98, Lambda = 2 } }, " --grokfast 0.98,2") { TestName = "And_Grokfast" },
        new(Config with { PerpendicularGradient = true }, " --perpendicular-gradient") { TestName = "And_a_perpendicular_gradient" },
        new(Config with { Model = Config.Model with { DMlp = 256 } }, " --d-model 128 --heads 4 --d-mlp 256") { TestName = "And_another_shape" },
        new(Config with { Model = Config.Model with { Layers = 2 } }, " --d-model 128 --heads 4 --d-mlp 512 --layers 2") { TestName = "And_layers" },
        new(Config with { Model = Config.Model with { AttentionOnly = true, Heads = 8 } }, " --d-model 128 --heads 8 --attention-only") { TestName = "And_attention_alone" },
    ];

    [TestCaseSource(nameof(Configurations))]
    public void It_says_what_the_configuration_has(TrainingConfig config, string expected) =>
        ReplayCommand.Of(new PlannedRun("a run", config, Schedule)).Should().Be(Train + Usual + expected + Length);

    [Test]
    public void Another_prime_is_no_other_shape() =>
        ReplayCommand.Of(new PlannedRun("a run", Config with { Model = Config.Model with { Prime = 59 }, TrainFraction = 0.45, WeightDecay = 0.5, Seed = 7 }, Schedule))
            .Should().Be(Train + "--p 59 --fraction 0.45 --weight-decay 0.5 --seed 7" + Length);

    [Test]
    public void A_run_until_it_has_grokked_is_named_as_one() =>
        ReplayCommand.Of(new PlannedRun("a run", Config, Schedule with { UntilGrokked = true })).Should().Be(Train + Usual + " --epochs 100 --until-grokked --log-every 5 --checkpoint-every 20");

    [Test]
    public void A_student_says_which_teacher_it_has()
    {
        TrainingConfig config = Config with { LossForm = LossForm.Float64 };

        ReplayCommand.Of(new PlannedRun("a run", config with { Teacher = new() { Model = Config.Model, Sha256 = "0123" } }, Schedule))
            .Should().Be($"{Train}{Usual} --loss float64{Length} --teacher NETWORK (the one whose weights have the SHA-256 0123)");
        ReplayCommand.Of(new PlannedRun("a run", config, Schedule) { Teacher = new PlannedRun("its teacher", Config, Schedule) })
            .Should().Be($"{Train}{Usual} --loss float64{Length} --teacher RUN (the folder of: {Train}{Usual}{Length})");
    }

    [TestCase("exact", "")]
    [TestCase("torch-cpu-float32", " --engine torch")]
    [TestCase("torch-cuda-float32", " --engine torch --device cuda")]
    public void It_names_the_engine(string engine, string expected) => ReplayCommand.Of(new PlannedRun("a run", Config, Schedule), engine).Should().Be(Train + Usual + Length + expected);

    [Test]
    public void A_run_that_goes_on_from_another_says_from_which()
    {
        var origin = new PlannedRun("first", Config, Schedule);

        ReplayCommand.Of(new PlannedRun("then", Config with { TrainFraction = 0.06 }, Schedule, origin))
            .Should().Be($"{Train}--p 113 --fraction 0.06 --weight-decay 1 --seed 0{Length} --from RUN (the folder of: {ReplayCommand.Of(origin)})");
    }
}
