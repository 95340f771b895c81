using System.Diagnostics;
using GrokVerify.Analysis;
using GrokVerify.Formats;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>
/// The phase that a run is in while it trains, told from its stored checkpoints by the excluded loss of all frequencies, which needs no key set; and in the paper's setting when it will jump.
/// </summary>
/// <remarks>Measured beside the training, one checkpoint at a look, the newest first; what is not measured yet is told a few rows late.</remarks>
/// <param name="runFolder">The run folder; need not be there yet.</param>
/// <param name="betweenLooks">A look takes a core for about 0.15 seconds at p = 113: how long to leave it to the training from one to the next. Zero for as often as it is asked.</param>
internal sealed class LivePhase(string runFolder, TimeSpan betweenLooks) : IDisposable
{
    private readonly SortedList<long, double> _excluded = [];
    private readonly Dictionary<long, double> _gini = [];
    private Task<string?> _look = Task.FromResult<string?>(null);
    private readonly Stopwatch _sinceLook = new();
    private string? _phase;

    /// <summary>What the last look that has ended saw; null before the first. Begins the next.</summary>
    public string? Now()
    {
        if (_look.IsCompleted && (!_sinceLook.IsRunning || _sinceLook.Elapsed >= betweenLooks))
        {
            _sinceLook.Restart();
            _phase = _look.GetAwaiter().GetResult() ?? _phase;
            _look = Task.Run(Look);
        }

        return _phase;
    }

    /// <summary>Waits until nothing is read from the run any more.</summary>
    public void Dispose() => _look.Wait();

    /// <summary>The phase of a timeline in words: the one that has begun and not ended.</summary>
    internal static string InWords(PhaseTimeline phases) => phases switch
    {
        { Memorization.End: null } => "memorizing",
        { CircuitFormation: { Begin: long begin, End: null } } => $"forming circuits since {NumberFormat.Count(begin)}",
        { Cleanup: { Begin: long begin, End: null } } => $"cleaning up since {NumberFormat.Count(begin)}",
        { Cleanup.End: long end } => $"cleaned up at {NumberFormat.Count(end)}",
        _ => "generalized while memorizing",
    };

    internal static string InWords(JumpForecast forecast) => forecast is { Earliest: double earliest, Latest: double latest }
        ? $"jump expected at {NumberFormat.Count(Hundreds(earliest))} to {NumberFormat.Count(Hundreds(latest))}"
        : "no jump expected";

    private static long Hundreds(double epoch) => 100 * (long)Math.Round(epoch / 100);

    private string? Look()
    {
        try
        {
            var run = TrainingRun.Open(runFolder);
            foreach (long epoch in run.CheckpointEpochs.Where(epoch => !_excluded.ContainsKey(epoch)).TakeLast(1))
            {
                var network = new NetworkSpectra(run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask());
                _gini.Add(epoch, network.Embedding.Gini);
                _excluded.Add(epoch, ExcludedLoss.OfAllFrequencies(network.Logits).On(run.Config.CreateSplit().Train).Loss);
            }

            if (_excluded.Count == 0 || run.Rows.Count == 0)
            {
                return null;
            }

            string phase = InWords(PhaseTimeline.Of(run.Rows, [.. _excluded.Select(point => (point.Key, point.Value))]));
            return JumpForecast.AppliesTo(run.Config) && JumpForecast.Newest(run.Rows, _gini) is { } forecast ? $"{phase}, {InWords(forecast)}" : phase;
        }
        catch (Exception problem) when (problem is RunFormatException or CheckpointException or IOException)
        {
            // The run is being written: the next look finds it whole, or its trainer tells what is wrong.
            return null;
        }
    }
}
