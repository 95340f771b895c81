using GrokVerify.Engines;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>Runs that start from an imported network, at an epoch off the grid of rows and checkpoints.</summary>
[Category("Fast")]
public class RunStartTests : RunFolderTests
{
    private const long StartEpoch = 33;

    [Test]
    public void Training_goes_on_with_the_bits_of_the_run_that_was_left()
    {
        TrainingRun whole = Train(In("whole"), 200);

        TrainingRun continued = TrainFromStart(In("continued"), 200);

        continued.ReadCheckpoint(200).Weights.Values.Should().Equal(whole.ReadCheckpoint(200).Weights.Values);
        continued.Rows[0].Epoch.Should().Be(StartEpoch);
        continued.Rows.Skip(1).Should().Equal(whole.Rows.Where(row => row.Epoch > StartEpoch));
        continued.CheckpointEpochs.Should().Equal(StartEpoch, 40, 60, 80, 100, 120, 140, 160, 180, 200);
        continued.Identity.Start!.Epoch.Should().Be(StartEpoch);
        continued.Sessions.Single().FromEpoch.Should().Be(StartEpoch);
    }

    [Test]
    public void A_run_that_ends_where_it_starts_holds_the_imported_network()
    {
        TrainingState start = Start();

        TrainingRun imported = TrainFromStart(In("imported"), StartEpoch);

        imported.Rows.Should().ContainSingle().Which.Epoch.Should().Be(StartEpoch);
        imported.Status.Should().Be(RunStatus.Complete);
        TrainingState state = imported.ReadCheckpoint(StartEpoch);
        state.Weights.Values.Should().Equal(start.Weights.Values);
        state.SecondMoment.Should().Equal(start.SecondMoment);
    }

    [Test]
    public void A_run_that_was_imported_and_then_goes_on_has_the_files_of_one_that_was_not_stopped()
    {
        TrainFromStart(In("whole"), 200);

        TrainFromStart(In("stopped"), StartEpoch);
        TrainFromStart(In("stopped"), 57);
        TrainFromStart(In("stopped"), 200);

        ShouldHoldTheSameFiles(In("stopped"), In("whole"));
    }

    [TestCase(StartEpoch + 1)]
    [TestCase(41)]
    [TestCase(130)]
    public void A_run_that_was_cancelled_resumes_to_the_same_files(long epoch)
    {
        TrainFromStart(In("whole"), 200);
        using var cancellation = new CancellationTokenSource();
        var engine = new PseudoTraining
        {
            BeforeStep = at =>
            {
                if (at == epoch - 1)
                {
                    cancellation.Cancel();
                }
            },
        };
        Action training = () => new RunTrainer().Train(In("cut"), PseudoTraining.Config, PseudoTraining.Schedule, engine, Start(), null, cancellation.Token);
        training.Should().Throw<OperationCanceledException>();

        TrainFromStart(In("cut"), 200);

        ShouldHoldTheSameFiles(In("cut"), In("whole"));
    }

    [Test]
    public void A_run_whose_checkpoints_are_all_lost_starts_again_from_the_imported_network()
    {
        TrainFromStart(In("whole"), 200);
        TrainFromStart(In("lost"), 100);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(In("lost"), "checkpoints")))
        {
            File.WriteAllBytes(file, [1, 2, 3]);
        }

        TrainingRun again = TrainFromStart(In("lost"), 200);

        again.Warnings.Should().Contain(warning => warning.Contains("training starts again from epoch 33", StringComparison.Ordinal));
        ShouldHoldTheSameFiles(In("lost"), In("whole"));
    }

    [Test]
    public void Another_start_is_another_run()
    {
        TrainingState start = Start();
        TrainingState other = start with { SecondMoment = [.. start.SecondMoment!.Select((value, i) => i == 0 ? value + 1 : value)] };
        RunIdentity Of(TrainingState? state) => RunIdentity.Of(PseudoTraining.Config, PseudoTraining.Schedule, new PseudoTraining(), state);

        Of(start).Key.Should().Be(Of(Start()).Key);
        new[] { Of(null).Key, Of(start).Key, Of(other).Key, Of(start with { Epoch = 34 }).Key }.Should().OnlyHaveUniqueItems();
        Of(start).FolderName.Should().Contain("-seed0-from33-pseudo-");
        Of(start).DifferenceFrom(Of(null)).Should().Be("start.epoch is absent there, 33 here");
        TrainFromStart(In("run"), 100);
        Action withoutStart = () => Train(In("run"), 100);
        withoutStart.Should().Throw<RunFormatException>().WithMessage("*holds another run (start.epoch is 33 there, absent here)*");
    }

    [Test]
    public void The_record_of_an_ordinary_run_says_nothing_of_a_start()
    {
        TrainingRun run = Train(In("run"), 20);

        File.ReadAllText(Path.Combine(run.Folder, "run.json")).Should().NotContain("\"start\"");
        run.Identity.Start.Should().BeNull();
    }

    [Test]
    public void A_schedule_that_ends_before_the_start_is_refused()
    {
        Action training = () => TrainFromStart(In("run"), 32);

        training.Should().Throw<ArgumentException>().WithMessage("epochs = 32 lies before epoch 33, from which the run starts*");
        Directory.Exists(In("run")).Should().BeFalse();
    }

    private static TrainingRun TrainFromStart(string folder, long epochs) =>
        new RunTrainer().Train(folder, PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = epochs }, new PseudoTraining(), Start(), null, CancellationToken.None);

    /// <summary>A point of the ordinary run.</summary>
    private static TrainingState Start()
    {
        using ITrainingEngine engine = new PseudoTraining().Create(PseudoTraining.Config, TrainingState.Initial(PseudoTraining.Config));
        for (int i = 0; i < StartEpoch; i++)
        {
            engine.Step();
        }

        return engine.Capture();
    }
}
