using System.Collections.Concurrent;
using System.Text;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Architectures;

/// <summary>
/// Trains the trials of a budget side by side, one thread each, and keeps the table of those that are done: whoever searches again into the same file goes on
/// with the trials that it lacks.
/// </summary>
public sealed class ArchitectureSearch
{
    private readonly IReadOnlyList<ArchitectureTrial> _budget;
    private readonly string _path;
    private readonly ITrainingEngineFactory _factory;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TrialOutcome> _done;

    /// <param name="budget">What may be trained; names are unique.</param>
    /// <param name="path">The table; made when the first trial is done.</param>
    /// <param name="factory">Makes the engines of one layer, one thread each.</param>
    /// <exception cref="RunFormatException">The file is there, but is no table of this budget.</exception>
    public ArchitectureSearch(IReadOnlyList<ArchitectureTrial> budget, string path, ITrainingEngineFactory factory)
    {
        _budget = budget;
        _path = path;
        _factory = factory;
        IReadOnlyList<TrialOutcome> finished = File.Exists(path) ? SearchTable.Read(path, budget) : [];
        _done = finished.ToDictionary(outcome => outcome.Trial.Name);
    }

    /// <summary>Finished trials, in the order of the budget.</summary>
    public IReadOnlyList<TrialOutcome> Outcomes
    {
        get
        {
            lock (_gate)
            {
                return [.. _budget.Where(trial => _done.ContainsKey(trial.Name)).Select(trial => _done[trial.Name])];
            }
        }
    }

    /// <summary>Trains those of some trials that are not done yet, in their order.</summary>
    /// <param name="trials">Of the budget.</param>
    /// <param name="sideBySide">How many are trained at a time.</param>
    /// <param name="progress">Told each outcome, after it was written.</param>
    /// <param name="cancellation">Ends the search; trials in hand are given up, finished ones are in the table.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="StorageException">The table could not be written.</exception>
    public void Run(IEnumerable<ArchitectureTrial> trials, int sideBySide, IProgress<TrialOutcome>? progress = null, CancellationToken cancellation = default)
    {
        ArchitectureTrial[] open = [.. trials.Where(trial => !_done.ContainsKey(trial.Name))];
        var options = new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancellation };
        try
        {
            // One at a time is taken from the list: trials differ in length a hundredfold.
            Parallel.ForEach(Partitioner.Create(open, EnumerablePartitionerOptions.NoBuffering), options, trial =>
                Keep(TrialTrainer.Train(trial, _factory, cancellation: cancellation), progress));
        }
        catch (AggregateException several) when (several.InnerExceptions.Count == 1 || several.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void Keep(TrialOutcome outcome, IProgress<TrialOutcome>? progress)
    {
        lock (_gate)
        {
            _done[outcome.Trial.Name] = outcome;
            AtomicFile.Write(_path, Encoding.UTF8.GetBytes(SearchTable.Render(Outcomes)));
            progress?.Report(outcome);
        }
    }
}
