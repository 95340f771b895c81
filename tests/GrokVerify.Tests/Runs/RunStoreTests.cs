using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunStoreTests : RunFolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Test]
    public void A_trained_run_says_all_about_itself()
    {
        var store = new RunStore(Folder, new RunTrainer { Threads = 2 });

        TrainingRun run = store.GetOrTrain(PseudoTraining.Config, PseudoTraining.Schedule, new PseudoTraining());

        run.Folder.Should().StartWith(Folder).And.MatchRegex("p5-f0.3-wd1-seed0-pseudo-[0-9a-f]{16}$");
        run.Status.Should().Be(RunStatus.Complete);
        run.StopReason.Should().Be("epochs");
        run.Config.Should().Be(PseudoTraining.Config);
        run.Schedule.Should().Be(PseudoTraining.Schedule);
        run.Rows.Select(row => row.Epoch).Should().Equal(Enumerable.Range(0, 41).Select(i => 5L * i));
        run.CheckpointEpochs.Should().Equal(Enumerable.Range(0, 11).Select(i => 20L * i));
        run.ReadCheckpoint(100).Weights.SumOfSquares().Should().Be(run.Rows[20].SumSquaredWeights);
        run.Warnings.Should().BeEmpty();
        TrainingSession session = run.Sessions.Should().ContainSingle().Subject;
        session.FromEpoch.Should().Be(0);
        session.ToEpoch.Should().Be(200);
        session.EndedUtc.Should().BeOnOrAfter(session.StartedUtc);
        run.Provenance.Threads.Should().Be(2);
        store.List().Should().ContainSingle().Which.Folder.Should().Be(run.Folder);
    }

    [Test]
    public void Only_the_two_newest_checkpoints_keep_optimiser_state()
    {
        TrainingRun run = Train(Folder, 200);

        run.CheckpointEpochs.Where(epoch => run.ReadCheckpoint(epoch).CanResume).Should().Equal(180, 200);
    }

    [Test]
    public void The_same_request_reuses_the_run_without_training()
    {
        Train(Folder, 200);
        byte[] manifest = File.ReadAllBytes(In("run.json"));
        var engine = new PseudoTraining();

        TrainingRun again = Train(Folder, 200, engine);

        engine.EnginesMade.Should().Be(0);
        again.Rows.Should().HaveCount(41);
        File.ReadAllBytes(In("run.json")).Should().Equal(manifest);
    }

    [Test]
    public void A_shorter_request_reuses_the_longer_run()
    {
        Train(Folder, 200);
        var engine = new PseudoTraining();

        TrainingRun again = Train(Folder, 100, engine);

        engine.EnginesMade.Should().Be(0);
        again.Rows[^1].Epoch.Should().Be(200);
    }

    [TestCase(100)]
    [TestCase(117)]
    public void A_longer_request_continues_the_run_and_ends_as_if_it_had_been_asked_for_at_once(long first)
    {
        Train(In("steps"), first);
        List<long> stepsFrom = [];

        TrainingRun run = Train(In("steps"), 200, new PseudoTraining { BeforeStep = stepsFrom.Add });
        Train(In("at-once"), 200);

        stepsFrom[0].Should().Be(first);
        run.Sessions.Should().HaveCount(2);
        ShouldHoldTheSameFiles(In("steps"), In("at-once"));
    }

    [Test]
    public void A_run_until_grokked_stops_early_and_is_reused_and_continued()
    {
        TrainingSchedule untilGrokked = PseudoTraining.Schedule with { Epochs = 5000, UntilGrokked = true };
        var store = new RunStore(Folder);

        TrainingRun run = store.GetOrTrain(PseudoTraining.Config, untilGrokked, new PseudoTraining());
        long grokked = run.Rows[^1].Epoch;
        var engine = new PseudoTraining();
        store.GetOrTrain(PseudoTraining.Config, untilGrokked, engine);
        TrainingRun continued = store.GetOrTrain(PseudoTraining.Config, untilGrokked with { UntilGrokked = false, Epochs = grokked + 100 }, new PseudoTraining());

        run.StopReason.Should().Be("grokked");
        run.CheckpointEpochs[^1].Should().Be(grokked).And.BeInRange(250, 4999);
        engine.EnginesMade.Should().Be(0);
        continued.Folder.Should().Be(run.Folder);
        continued.StopReason.Should().Be("epochs");
        continued.Rows[^1].Epoch.Should().Be(grokked + 100);
    }

    [Test]
    public void Another_configuration_in_an_explicit_folder_is_refused_with_the_difference()
    {
        Train(Folder, 20);
        byte[] metrics = File.ReadAllBytes(In("metrics.csv"));

        Action training = () => new RunTrainer().Train(
            Folder, PseudoTraining.Config with { Seed = 4 }, PseudoTraining.Schedule, new PseudoTraining());

        training.Should().Throw<RunFormatException>().WithMessage("*holds another run (config.seed is 0 there, 4 here); choose another folder*");
        File.ReadAllBytes(In("metrics.csv")).Should().Equal(metrics);
    }

    [Test]
    public void A_folder_with_other_files_of_that_name_is_left_alone()
    {
        File.WriteAllText(In("metrics.csv"), "mine");

        Action training = () => Train(Folder, 20);

        training.Should().Throw<RunFormatException>().WithMessage("*no run.json*");
        File.ReadAllText(In("metrics.csv")).Should().Be("mine");
    }

    [Test]
    public void A_bad_configuration_leaves_nothing_behind()
    {
        Action training = () => new RunStore(In("store")).GetOrTrain(
            PseudoTraining.Config with { TrainFraction = 2 }, PseudoTraining.Schedule, new PseudoTraining());

        training.Should().Throw<ArgumentException>().WithMessage("train fraction*");
        Directory.Exists(In("store")).Should().BeFalse();
    }

    [Test]
    public void A_bad_schedule_leaves_nothing_behind()
    {
        Action training = () => new RunStore(In("store")).GetOrTrain(PseudoTraining.Config, PseudoTraining.Schedule with { LogEvery = 0 }, new PseudoTraining());

        training.Should().Throw<ArgumentException>();
        Directory.Exists(In("store")).Should().BeFalse();
    }

    [Test]
    public void A_run_names_its_session_before_its_first_step_and_after_every_resumption()
    {
        List<string> seen = [];
        var engine = new PseudoTraining { BeforeStep = _ => seen.Add($"{TrainingRun.Open(Folder).Status} {TrainingRun.Open(Folder).Sessions.Count}") };

        Train(Folder, 5, engine);
        Train(Folder, 10, engine);

        seen.Should().Equal([.. Enumerable.Repeat("Running 1", 5), .. Enumerable.Repeat("Running 2", 5)]);
    }

    [Test]
    public void The_last_checkpoint_of_a_complete_run_is_made_again_where_it_is_lost()
    {
        Train(Folder, 100);
        byte[] lost = File.ReadAllBytes(CheckpointFile(Folder, 100));
        File.Delete(CheckpointFile(Folder, 100));

        Train(Folder, 100);

        File.ReadAllBytes(CheckpointFile(Folder, 100)).Should().Equal(lost);
    }

    [Test]
    public void Warnings_are_told_at_once_and_kept_with_the_run()
    {
        Train(Folder, 100);
        File.AppendAllText(Path.Combine(Folder, "metrics.csv"), "105,1");
        List<string> told = [];

        TrainingRun run = new RunTrainer { Warnings = new Told(told.Add) }.Train(Folder, PseudoTraining.Config, PseudoTraining.Schedule, new PseudoTraining());

        told.Should().NotBeEmpty().And.OnlyContain(warning => warning.Contains("metrics.csv: the last line was not written to its end"));
        run.Warnings.Should().Contain(told);
    }

    [Test]
    public void A_run_that_broke_before_its_first_row_ended_at_epoch_0()
    {
        Action training = () => Train(Folder, 20, new PseudoTraining { BeforeMaking = () => throw new InvalidOperationException("no engine") });

        training.Should().Throw<InvalidOperationException>();
        TrainingRun.Open(Folder).Sessions.Should().ContainSingle().Which.ToEpoch.Should().Be(0);
    }

    [Test]
    public void A_state_without_moments_starts_no_run()
    {
        Action start = () => RunStart.Of(TrainingState.Initial(PseudoTraining.Config) with { FirstMoment = null, SecondMoment = null });

        start.Should().Throw<ArgumentException>().WithMessage("a run cannot start from a state without moments*");
    }

    [Test]
    public async Task Of_two_callers_that_want_the_same_run_one_trains_and_the_other_waits_for_it()
    {
        using var started = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        using var isWaiting = new ManualResetEventSlim();
        var first = new PseudoTraining
        {
            BeforeStep = epoch =>
            {
                started.Set();
                mayEnd.Wait(Patience);
            },
        };
        var second = new PseudoTraining();
        var waiter = new RunTrainer { PollInterval = TimeSpan.FromMilliseconds(5), Warnings = new Told(_ => isWaiting.Set()) };

        Task<TrainingRun> training = Task.Run(() => Train(Folder, 20, first));
        started.Wait(Patience).Should().BeTrue();
        TrainingRun.Open(Folder).Status.Should().Be(RunStatus.Running);
        Task<TrainingRun> waiting = Task.Run(
            () => waiter.Train(Folder, PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = 20 }, second));
        isWaiting.Wait(Patience).Should().BeTrue();
        waiting.IsCompleted.Should().BeFalse();
        Train(In("another"), 20).Status.Should().Be(RunStatus.Complete, "another run is not held up");
        mayEnd.Set();

        (await training).Rows.Should().Equal((await waiting).Rows);
        second.EnginesMade.Should().Be(0);
    }

    private sealed class Told(Action<string> tell) : IProgress<string>
    {
        public void Report(string value) => tell(value);
    }
}
