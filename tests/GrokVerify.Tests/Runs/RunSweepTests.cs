using System.Collections.Concurrent;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunSweepTests : RunFolderTests
{
    private static readonly TrainingSchedule Short = new() { Epochs = 40, LogEvery = 10, CheckpointEvery = 20 };

    [Test]
    public void Runs_side_by_side_have_the_bits_of_runs_one_after_the_other()
    {
        TrainingConfig[] configs = [.. Enumerable.Range(0, 5).Select(seed => Small(seed))];
        var factory = new ExactEngineFactory(threads: 1);
        var alone = new RunStore(Path.Combine(Folder, "alone"));

        IReadOnlyList<TrainingRun> swept = new RunSweep(new RunStore(Path.Combine(Folder, "swept")), factory) { AtOnce = 3 }
            .Train([.. configs.Select(config => new RunRequest(config, Short))]);

        swept.Select(run => run.Config).Should().Equal(configs, "the runs come in the order asked for");
        swept.Select(run => run.ReadCheckpoint(40).Weights.Sha256())
            .Should().Equal(configs.Select(config => alone.GetOrTrain(config, Short, factory).ReadCheckpoint(40).Weights.Sha256()));
    }

    [Test]
    public void As_many_runs_as_asked_for_are_trained_at_once()
    {
        int running = 0;
        int most = 0;
        using var bothRun = new CountdownEvent(2);
        var factory = new PseudoTraining
        {
            BeforeStep = epoch =>
            {
                if (epoch != 0)
                {
                    return;
                }

                most = Math.Max(most, Interlocked.Increment(ref running));
                if (!bothRun.IsSet)
                {
                    bothRun.Signal();
                    bothRun.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue("a second run is trained beside this one");
                }

                Interlocked.Decrement(ref running);
            },
        };

        new RunSweep(new RunStore(Folder), factory) { AtOnce = 2 }.Train([.. Enumerable.Range(0, 6).Select(seed => new RunRequest(PseudoTraining.Config with { Seed = seed }, Short))]);

        most.Should().Be(2);
    }

    [Test]
    public void What_several_runs_branch_off_from_is_trained_again_once()
    {
        const long place = 30;
        int steps = 0;
        var factory = new PseudoTraining { BeforeStep = epoch => steps += epoch < place ? 1 : 0 };
        var origin = new RunRequest(PseudoTraining.Config, Short);
        RunRequest[] branches = [.. new[] { 0.0, 2 }.Select(weightDecay => new RunRequest(PseudoTraining.Config with { WeightDecay = weightDecay }, Short, origin, place))];

        IReadOnlyList<TrainingRun> trained = new RunSweep(new RunStore(Folder), factory) { AtOnce = 1 }.Train([origin, .. branches]);

        trained.Skip(1).Select(run => run.Rows[0].Epoch).Should().Equal(place, place);
        steps.Should().Be((int)place + 10, "its branches together take ten from the checkpoint before");
    }

    [Test]
    public async Task Several_callers_share_what_is_trained_at_once()
    {
        int running = 0;
        int most = 0;
        var factory = new PseudoTraining
        {
            BeforeStep = epoch =>
            {
                most = Math.Max(most, epoch == 0 ? Interlocked.Increment(ref running) : running);
                Thread.Sleep(1);
                if (epoch == Short.Epochs - 1)
                {
                    Interlocked.Decrement(ref running);
                }
            },
        };
        var told = new ConcurrentBag<RunRequest>();
        var sweep = new RunSweep(new RunStore(Folder), factory) { AtOnce = 1, Progress = new Told(told) };
        RunRequest[] requests = [.. Enumerable.Range(0, 6).Select(seed => new RunRequest(PseudoTraining.Config with { Seed = seed }, Short))];

        IReadOnlyList<TrainingRun>[] trained = await Task.WhenAll(requests.Chunk(2).Select(some => Task.Run(() => sweep.Train(some))));

        most.Should().Be(1);
        trained.SelectMany(runs => runs).Select(run => run.Config.Seed).Should().Equal(requests.Select(request => request.Config.Seed));
        told.Distinct().Should().BeEquivalentTo(requests, "each row is told with its run");
    }

    [Test]
    public async Task Who_waits_for_a_turn_can_give_up()
    {
        using var started = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var factory = new PseudoTraining
        {
            BeforeStep = _ =>
            {
                started.Set();
                mayEnd.Wait(TimeSpan.FromSeconds(20));
            },
        };
        var sweep = new RunSweep(new RunStore(Folder), factory) { AtOnce = 1 };
        Task first = Task.Run(() => sweep.Train([new RunRequest(PseudoTraining.Config, Short)]));
        started.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue();
        Task second = Task.Run(() => sweep.Train([new RunRequest(PseudoTraining.Config with { Seed = 1 }, Short)], cancellation.Token));

        // Until it surely stands in the queue: who is cancelled before comes to the same end in another way.
        await Task.Delay(500);
        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => second.WaitAsync(TimeSpan.FromSeconds(20))).Should().ThrowAsync<OperationCanceledException>();
        first.IsCompleted.Should().BeFalse();
        mayEnd.Set();
        await first;
    }

    [Test]
    public void A_run_asked_for_twice_is_trained_once()
    {
        int firstSteps = 0;
        var factory = new PseudoTraining { BeforeStep = epoch => Interlocked.Add(ref firstSteps, epoch == 0 ? 1 : 0) };

        IReadOnlyList<TrainingRun> runs = new RunSweep(new RunStore(Folder), factory) { AtOnce = 2 }.Train([new(PseudoTraining.Config, Short), new(PseudoTraining.Config, Short)]);

        firstSteps.Should().Be(1);
        runs.Select(run => run.Folder).Distinct().Should().ContainSingle();
    }

    [Test]
    public void A_run_that_fails_is_named_and_the_others_are_finished()
    {
        var store = new RunStore(Folder);
        int failed = 0;
        var factory = new PseudoTraining
        {
            BeforeStep = _ =>
            {
                if (Interlocked.Exchange(ref failed, 1) == 0)
                {
                    throw new InvalidOperationException("the machine sneezed");
                }
            },
        };

        Action training = () => new RunSweep(store, factory) { AtOnce = 1 }.Train([.. Enumerable.Range(0, 3).Select(seed => new RunRequest(PseudoTraining.Config with { Seed = seed }, Short))]);

        training.Should().Throw<AggregateException>().Which.InnerExceptions.Should().ContainSingle()
            .Which.Message.Should().Contain("p5-f0.3-wd1-seed0").And.EndWith("the machine sneezed");
        store.List().Select(run => run.Status).Should().BeEquivalentTo([RunStatus.Failed, RunStatus.Complete, RunStatus.Complete]);
    }

    [Test]
    public void A_cancelled_sweep_leaves_runs_that_the_next_one_resumes()
    {
        using var cancellation = new CancellationTokenSource();
        var impatient = new PseudoTraining { BeforeStep = epoch => { if (epoch == 25) { cancellation.Cancel(); } } };
        RunRequest[] runs = [.. Enumerable.Range(0, 2).Select(seed => new RunRequest(PseudoTraining.Config with { Seed = seed }, Short))];
        var store = new RunStore(Folder);
        Action training = () => new RunSweep(store, impatient) { AtOnce = 2 }.Train(runs, cancellation.Token);
        training.Should().Throw<OperationCanceledException>();

        IReadOnlyList<TrainingRun> resumed = new RunSweep(store, new PseudoTraining()) { AtOnce = 2 }.Train(runs);

        resumed.Should().OnlyContain(run => run.Status == RunStatus.Complete && run.Rows.Count == 5);
        resumed.Should().Contain(run => run.Sessions.Count == 2);
    }

    [Test]
    public void A_run_goes_on_from_the_last_weights_of_another_one_and_from_nothing_else_of_it()
    {
        var factory = new ExactEngineFactory(threads: 1);
        var store = new RunStore(Path.Combine(Folder, "swept"));
        TrainingConfig fewer = Small(3) with { TrainFraction = 0.2, WeightDecay = 0.5 };
        var origin = new RunRequest(Small(3), Short);

        IReadOnlyList<TrainingRun> swept = new RunSweep(store, factory) { AtOnce = 2 }.Train([new(fewer, Short, origin), origin]);

        TrainingState start = TrainingState.Fresh(swept[1].ReadCheckpoint(40).Weights);
        using ITrainingEngine engine = factory.Create(fewer, start);
        for (int step = 0; step < 40; step++)
        {
            engine.Step();
        }

        swept[0].Rows[0].TrainLoss.Should().NotBe(swept[1].Rows[^1].TrainLoss, "it is that of fewer pairs").And.BeLessThan(2, "the weights were trained");
        swept[0].ReadCheckpoint(40).Weights.Sha256().Should().Be(engine.Capture().Weights.Sha256());
        swept[0].Identity.Start.Should().Be(RunStart.Of(start));
        store.List().Should().HaveCount(2);
    }

    [Test]
    public void A_run_goes_on_from_where_the_schedule_of_the_other_one_ends_though_that_run_went_on()
    {
        var factory = new ExactEngineFactory(threads: 1);
        var store = new RunStore(Path.Combine(Folder, "swept"));
        var sweep = new RunSweep(store, factory);
        store.GetOrTrain(Small(3), Short with { Epochs = 80 }, factory);

        TrainingRun run = sweep.Train([new(Small(3) with { TrainFraction = 0.2 }, Short, new RunRequest(Small(3), Short))])[0];

        TrainingRun origin = store.GetOrTrain(Small(3), Short, factory);
        origin.CheckpointEpochs.Should().Contain(80);
        run.ReadCheckpoint(0).Weights.Values.Should().Equal(origin.ReadCheckpoint(40).Weights.Values);
    }

    private static TrainingConfig Small(long seed) => new()
    {
        Model = new() { Prime = 7, DModel = 8, Heads = 2, DMlp = 12 },
        TrainFraction = 0.5,
        Seed = seed,
    };

    private sealed class Told(ConcurrentBag<RunRequest> runs) : IProgress<(RunRequest Run, TrainingProgress Progress)>
    {
        public void Report((RunRequest Run, TrainingProgress Progress) value) => runs.Add(value.Run);
    }
}
