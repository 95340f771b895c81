using System.Collections.Concurrent;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;

namespace GrokVerify.Runs;

/// <summary>
/// Several runs side by side. A step has parts that every thread waits for; as many runs as there are cores, with one thread each, do without and finish
/// more steps than the same runs one after the other.
/// </summary>
/// <param name="store">Where the runs are kept.</param>
/// <param name="factory">Makes the engines; for one thread each, unless fewer runs than cores are trained at once.</param>
public sealed class RunSweep(RunStore store, ITrainingEngineFactory factory)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private readonly object _gate = new();
    private readonly List<object> _waiting = [];
    private readonly ConcurrentDictionary<(RunRequest Run, long Epoch), Lock> _branching = new();
    private readonly ConcurrentDictionary<(RunRequest Run, long Epoch), TrainingState> _branches = new();
    private int _training;

    /// <summary>Runs trained at the same time, from 1 up, by however many callers; the number of cores when not set.</summary>
    public int AtOnce
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>Told each logged row, with its run; from several threads at once.</summary>
    public IProgress<(RunRequest Run, TrainingProgress Progress)>? Progress { get; init; }

    /// <summary>Brings every run to the end of its schedule, those first in the list first.</summary>
    /// <param name="runs">What to train; a run asked for twice is trained once.</param>
    /// <param name="cancellation">Ends all runs after the step in hand; they can be resumed.</param>
    /// <returns>The finished runs, in the order asked for.</returns>
    /// <exception cref="AggregateException">Runs failed, each named; the others were finished all the same.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<TrainingRun> Train(IReadOnlyList<RunRequest> runs, CancellationToken cancellation = default)
    {
        var trained = new TrainingRun[runs.Count];
        var failures = new ConcurrentQueue<Exception>();
        int next = -1;
        void TrainSome()
        {
            for (int index = Interlocked.Increment(ref next); index < runs.Count; index = Interlocked.Increment(ref next))
            {
                Begin(cancellation);
                try
                {
                    IProgress<TrainingProgress>? progress = Progress is null ? null : new OfRun(runs[index], Progress);
                    trained[index] = TrainOne(runs[index], progress, cancellation);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    failures.Enqueue(exception);
                }
                finally
                {
                    End();
                }
            }
        }

        // Threads of their own: the runs of a fleet wait for one another, and a pool that sees its threads wait lends only one more at a time.
        Task[] trainings = [.. Enumerable.Range(0, Math.Min(AtOnce, runs.Count)).Select(
            _ => Task.Factory.StartNew(TrainSome, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(trainings).GetAwaiter().GetResult();
        return failures.IsEmpty ? trained : throw new AggregateException(failures);
    }

    private TrainingRun TrainOne(RunRequest run, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        TrainingState? start = run.From is null ? null : Start(run, run.From, run.At, progress, cancellation);
        TrainingConfig config = run.Config;
        if (run.Teacher is not null)
        {
            TransformerWeights teacher = Last(run.Teacher, TrainOne(run.Teacher, progress, cancellation));
            config = config with { Teacher = Teacher.Of(teacher) };
            start = (start ?? TrainingState.Initial(config)) with { Teacher = teacher };
        }

        try
        {
            return store.GetOrTrain(config, run.Schedule, factory, start, progress, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{store.FolderOf(config, run.Schedule, factory, start)}: {exception.Message}", exception);
        }
    }

    private static TransformerWeights Last(RunRequest run, TrainingRun trained) => trained.ReadCheckpoint(run.Schedule.EndIn(trained.Rows)).Weights;

    private TrainingState Start(RunRequest run, RunRequest from, long? fork, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        TrainingRun origin = TrainOne(from, progress, cancellation);
        if (fork is long epoch)
        {
            // Often several runs branch off in one place, and it takes as long as the run took to get there.
            lock (_branching.GetOrAdd((from, epoch), _ => new Lock()))
            {
                return _branches.TryGetValue((from, epoch), out TrainingState? known)
                    ? known
                    : _branches[(from, epoch)] = RunFork.StateAt(origin, epoch, factory, cancellation: cancellation);
            }
        }

        return TrainingState.Fresh(run.Transfer?.Of(run.Config, at => origin.ReadCheckpoint(at).Weights, from.Schedule.EndIn(origin.Rows)) ?? Last(from, origin));
    }

    /// <summary>Waits until fewer runs than <see cref="AtOnce"/> are trained; who waits longest comes first.</summary>
    private void Begin(CancellationToken cancellation)
    {
        object turn = new();
        lock (_gate)
        {
            _waiting.Add(turn);
            try
            {
                while (_training >= AtOnce || _waiting[0] != turn)
                {
                    Monitor.Wait(_gate, BetweenLooks);
                    cancellation.ThrowIfCancellationRequested();
                }

                _training++;
            }
            finally
            {
                _waiting.Remove(turn);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _training--;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed class OfRun(RunRequest run, IProgress<(RunRequest Run, TrainingProgress Progress)> listener) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listener.Report((run, value));
    }
}
