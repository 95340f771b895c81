using System.Collections.Concurrent;
using GrokVerify.Engines;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>The phases that runs trained side by side are in.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="factory">What trains them.</param>
/// <param name="betweenLooks">How long to leave a run alone from one look at its checkpoints to the next.</param>
internal sealed class LivePhases(RunStore store, ITrainingEngineFactory factory, TimeSpan betweenLooks) : IDisposable
{
    private readonly ConcurrentDictionary<RunRequest, LivePhase> _phases = new();

    /// <summary>What is known of a run by now; null before the first look, and of a run that branches off another, whose folder only its trainer knows.</summary>
    public string? Now(RunRequest run)
    {
        if (run.From is not null)
        {
            return null;
        }

        LivePhase phase = _phases.GetOrAdd(run, request => new LivePhase(store.FolderOf(request.Config, request.Schedule, factory), betweenLooks));
        lock (phase)
        {
            return phase.Now();
        }
    }

    /// <summary>Waits until nothing is read from the runs any more.</summary>
    public void Dispose()
    {
        foreach (LivePhase phase in _phases.Values)
        {
            phase.Dispose();
        }
    }
}
