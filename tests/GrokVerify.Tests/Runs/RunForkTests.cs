using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>A small network on the exact engine: branches off where no moments are kept any more.</summary>
[Category("Fast")]
public class RunForkTests : RunFolderTests
{
    private static readonly TrainingConfig Config = new() { Model = new TransformerConfig { Prime = 11, DModel = 16, Heads = 2, DMlp = 24 }, TrainFraction = 0.5 };
    private static readonly TrainingSchedule Schedule = new() { Epochs = 60, LogEvery = 5, CheckpointEvery = 10 };
    private static readonly ExactEngineFactory Exact = new(threads: 1);

    /// <summary>From initial weights (7), past a kept checkpoint (23, 30), from a kept state (50, 55), at the end (60).</summary>
    [TestCase(0)]
    [TestCase(7)]
    [TestCase(23)]
    [TestCase(30)]
    [TestCase(50)]
    [TestCase(55)]
    [TestCase(60)]
    public void A_run_is_what_it_was_at_any_epoch(long epoch)
    {
        using ITrainingEngine engine = Exact.Create(Config, TrainingState.Initial(Config));
        while (engine.Epoch < epoch)
        {
            engine.Step();
        }

        TrainingState expected = engine.Capture();

        TrainingState fork = RunFork.StateAt(Trained(), epoch, Exact);

        fork.Epoch.Should().Be(epoch);
        fork.Weights.Values.Should().Equal(expected.Weights.Values);
        fork.FirstMoment.Should().Equal(expected.FirstMoment);
        fork.SecondMoment.Should().Equal(expected.SecondMoment);
    }

    /// <summary>What branches off without a change goes on as the run did, to the last byte of its checkpoint.</summary>
    [Test]
    public void A_branch_without_a_change_is_the_run()
    {
        TrainingRun run = Trained();

        TrainingRun branch = new RunTrainer().Train(In("branch"), Config, Schedule, Exact, RunFork.StateAt(run, 25, Exact), null, CancellationToken.None);

        branch.Rows[^1].Should().Be(run.Rows[^1]);
        File.ReadAllBytes(CheckpointFile(branch.Folder, 60)).Should().Equal(File.ReadAllBytes(CheckpointFile(run.Folder, 60)));
    }

    /// <summary>Past a kept checkpoint, from a kept state, and from initial weights: wherever it goes on from, the mean gradient is what it was.</summary>
    [TestCase(7)]
    [TestCase(25)]
    [TestCase(50)]
    public void A_branch_of_a_run_with_Grokfast_is_the_run_too(long epoch)
    {
        TrainingConfig config = Config with { Grokfast = new() { Alpha = 0.9, Lambda = 2 } };
        TrainingRun run = new RunTrainer().Train(In("amplified"), config, Schedule, Exact);

        NetworkFile fork = NetworkFile.Of("run", config, RunFork.StateAt(run, epoch, Exact));
        TrainingRun branch = new RunTrainer().Train(In("branch"), config, Schedule, Exact, NetworkContinuation.State(fork), null, CancellationToken.None);

        File.ReadAllBytes(CheckpointFile(branch.Folder, 60)).Should().Equal(File.ReadAllBytes(CheckpointFile(run.Folder, 60)));
        run.ReadCheckpoint(60).GradientMean.Should().NotBeNull();
        run.ReadCheckpoint(30).GradientMean.Should().BeNull("older checkpoints hold the weights alone");
    }

    /// <summary>The checkpoints that a run resumes from hold the teacher; a teacher that learned other labels makes another run.</summary>
    [Test]
    public void A_student_is_trained_after_its_teacher_and_goes_on_from_its_checkpoints_alone()
    {
        var small = new RunRequest(Config with { Model = Config.Model with { DMlp = 5 }, LossForm = LossForm.Float64 }, Schedule, Teacher: new RunRequest(Config, Schedule));
        RunRequest shuffled = small with { Teacher = new RunRequest(Config with { LabelRule = GrokVerify.Tasks.LabelRule.Shuffled }, Schedule) };
        var sweep = new RunSweep(new RunStore(In("store"), new RunTrainer()), Exact);

        IReadOnlyList<TrainingRun> runs = sweep.Train([small, shuffled]);

        TransformerWeights teacher = sweep.Train([small.Teacher!])[0].ReadCheckpoint(60).Weights;
        runs[0].Config.Teacher.Should().Be(Teacher.Of(teacher));
        runs[0].ReadCheckpoint(60).Teacher!.Sha256().Should().Be(teacher.Sha256());
        runs[0].ReadCheckpoint(30).Teacher.Should().BeNull("older checkpoints hold the weights alone");
        RunFork.StateAt(runs[0], 55, Exact).Weights.Sha256().Should().NotBe(RunFork.StateAt(runs[1], 55, Exact).Weights.Sha256());
        TrainingRun again = new RunTrainer().Train(In("again"), runs[0].Config, Schedule, Exact, RunFork.StateAt(runs[0], 55, Exact), null, CancellationToken.None);
        File.ReadAllBytes(CheckpointFile(again.Folder, 60)).Should().Equal(File.ReadAllBytes(CheckpointFile(runs[0].Folder, 60)));
        NetworkContinuation.Obstacle(NetworkFile.Of("run", runs[0].Config, runs[0].ReadCheckpoint(60))).Should().StartWith("it is the student of a teacher");
    }

    [Test]
    public void A_branch_with_another_weight_decay_is_another()
    {
        TrainingRun run = Trained();
        var sweep = new RunSweep(new RunStore(In("store"), new RunTrainer()), Exact);

        TrainingRun[] runs = [.. sweep.Train([new(Config, Schedule), new(Config with { WeightDecay = 0 }, Schedule, new(Config, Schedule), At: 25)])];

        runs[0].Rows.Should().Equal(run.Rows);
        runs[1].Rows[0].Should().Be(run.Rows.Single(row => row.Epoch == 25));
        runs[1].Rows[^1].Epoch.Should().Be(60);
        runs[1].Rows[^1].SumSquaredWeights.Should().BeGreaterThan(run.Rows[^1].SumSquaredWeights);
    }

    [TestCase(-1)]
    [TestCase(61)]
    public void An_epoch_that_the_run_does_not_have_is_refused(long epoch) =>
        FluentActions.Invoking(() => RunFork.StateAt(Trained(), epoch, Exact)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*goes from epoch 0 to 60*");

    [Test]
    public void Another_engine_is_refused() =>
        FluentActions.Invoking(() => RunFork.StateAt(Trained(), 7, new PseudoTraining())).Should().Throw<RunFormatException>().WithMessage("*was trained by the engine exact*");

    /// <summary>As if another version had trained it: one of its checkpoints is of another seed's network.</summary>
    [Test]
    public void A_run_that_does_not_come_again_is_refused()
    {
        TrainingRun run = Trained();
        TrainingState other = RunFork.StateAt(run, 31, Exact);
        Checkpoint.Write(CheckpointFile(run.Folder, 30), new TrainingState(30, other.Weights, null, null), Config);

        FluentActions.Invoking(() => RunFork.StateAt(run, 35, Exact)).Should().Throw<RunFormatException>().WithMessage("*does not come again: at epoch 30*");
        RunFork.StateAt(run, 25, Exact).Epoch.Should().Be(25);
    }

    [Test]
    public void It_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        FluentActions.Invoking(() => RunFork.StateAt(Trained(), 7, Exact, cancellation: cancelled.Token)).Should().Throw<OperationCanceledException>();
    }

    private TrainingRun Trained() => new RunTrainer().Train(In("run"), Config, Schedule, Exact);
}
