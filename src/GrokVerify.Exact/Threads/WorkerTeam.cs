namespace GrokVerify.Exact.Threads;

/// <summary>
/// The threads of one engine. A run is a list of phases, a phase a list of independent jobs; every thread takes the next job of the phase, and
/// none begins a phase before all have ended the one before. Which thread does a job cannot matter: each job writes outputs of its own.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeBlocking = 2000;
    private readonly Lock _failureLock = new();
    private readonly object _gate = new();
    private readonly int _threads;
    private readonly int _spins;
    private Action[][] _phases = [];
    private int[] _next = [];
    private long _arrived;
    private int _sleepers;
    private long _callerBarrier;
    private Exception? _failure;
    private bool _stopped;

    public WorkerTeam(int threads)
    {
        _threads = threads;
        _spins = threads > Environment.ProcessorCount ? 0 : SpinsBeforeBlocking;
        for (int i = 1; i < threads; i++)
        {
            new Thread(Work) { IsBackground = true, Name = "exact engine" }.Start();
        }
    }

    /// <summary>Does all jobs of all phases; returns when they are done.</summary>
    /// <param name="phases">Jobs by phase.</param>
    /// <param name="next">One zero for each phase; zero again afterwards.</param>
    public void Run(Action[][] phases, int[] next)
    {
        _phases = phases;
        _next = next;
        Arrive(ref _callerBarrier);
        DoPhases(ref _callerBarrier);
        Exception? failure = _failure;
        if (failure is not null)
        {
            _failure = null;
            throw new InvalidOperationException($"a job of the exact engine failed: {failure.Message}", failure);
        }
    }

    public void Dispose()
    {
        if (!_stopped)
        {
            _stopped = true;
            Arrive(ref _callerBarrier);
        }
    }

    private void Work()
    {
        long barrier = 0;
        while (true)
        {
            Arrive(ref barrier);
            if (_stopped)
            {
                return;
            }

            DoPhases(ref barrier);
        }
    }

    private void DoPhases(ref long barrier)
    {
        Action[][] phases = _phases;
        int[] next = _next;
        for (int phase = 0; phase < phases.Length; phase++)
        {
            Action[] jobs = phases[phase];
            for (int job = Interlocked.Increment(ref next[phase]) - 1; job < jobs.Length; job = Interlocked.Increment(ref next[phase]) - 1)
            {
                try
                {
                    jobs[job]();
                }
                catch (Exception exception)
                {
                    lock (_failureLock)
                    {
                        _failure ??= exception;
                    }
                }
            }

            // Nobody is in the phase before this one any more, so its counter can start again.
            if (phase > 0)
            {
                Volatile.Write(ref next[phase - 1], 0);
            }

            Arrive(ref barrier);
        }

        Volatile.Write(ref next[phases.Length - 1], 0);
    }

    /// <summary>Waits until every thread has arrived as often as this one: spins for some microseconds, then sleeps.</summary>
    private void Arrive(ref long barrier)
    {
        long target = ++barrier * _threads;
        if (Interlocked.Increment(ref _arrived) == target)
        {
            if (Volatile.Read(ref _sleepers) > 0)
            {
                lock (_gate)
                {
                    Monitor.PulseAll(_gate);
                }
            }

            return;
        }

        for (int spin = 0; spin < _spins; spin++)
        {
            if (Volatile.Read(ref _arrived) >= target)
            {
                return;
            }

            Thread.SpinWait(4);
        }

        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers);
            while (Volatile.Read(ref _arrived) < target)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }
}
