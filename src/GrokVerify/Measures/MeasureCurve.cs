using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>The progress measures of one checkpoint of a run.</summary>
public sealed record MeasurePoint(long Epoch, ProgressMeasures Measures);

/// <summary>The progress measures along a run: the key frequencies of its last checkpoint, applied to every checkpoint.</summary>
/// <remarks>Source: arXiv 2301.05217 section 5.2, figure 7.</remarks>
public sealed record MeasureCurve
{
    /// <summary>Checkpoints measured side by side at most: each takes about 95 MB at p = 113.</summary>
    private const int AtOnce = 16;

    private MeasureCurve(KeyFrequencies keyFrequencies, IReadOnlyList<MeasurePoint> points)
    {
        KeyFrequencies = keyFrequencies;
        Points = points;
    }

    /// <summary>The run's final key set.</summary>
    public KeyFrequencies KeyFrequencies { get; }

    /// <summary>One point for each checkpoint, epochs ascending.</summary>
    public IReadOnlyList<MeasurePoint> Points { get; }

    /// <summary>One measure along the run, at the checkpoints that have it.</summary>
    internal IReadOnlyList<(double Epoch, double Value)> Of(Func<ProgressMeasures, double?> value) =>
        [.. Points.Select(point => (point.Epoch, Value: value(point.Measures))).Where(point => point.Value is not null).Select(point => ((double)point.Epoch, point.Value!.Value))];

    /// <param name="epochs">The checkpoints' epochs, strictly ascending, at least one.</param>
    /// <param name="load">The weights at an epoch; a few checkpoints are held at a time.</param>
    /// <param name="task">The labels.</param>
    /// <param name="split">The halves; null when unknown.</param>
    /// <param name="keys">The key set to judge by; null for that of the last checkpoint.</param>
    /// <param name="progress">Told each point once it is measured, the last checkpoint first.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    /// <exception cref="ArgumentException">There is no epoch, or they do not ascend.</exception>
    public static MeasureCurve Measure(
        IReadOnlyList<long> epochs, Func<long, TransformerWeights> load, ModularTask task, PairSplit? split, KeyFrequencies? keys = null, IProgress<MeasurePoint>? progress = null, CancellationToken cancellation = default)
    {
        RequireAscending(epochs);
        cancellation.ThrowIfCancellationRequested();
        var last = new NetworkSpectra(load(epochs[^1]), task);
        return Measure(epochs, load, last, keys ?? last.KeyFrequencies, split, progress, cancellation);
    }

    /// <summary>The same with the last network at hand.</summary>
    /// <param name="epochs">As above.</param>
    /// <param name="load">The weights at an earlier epoch; null for one that is left out.</param>
    /// <param name="last">The network at the last epoch.</param>
    /// <param name="keys">The key set to judge by.</param>
    /// <param name="split">The halves; null when unknown.</param>
    /// <param name="progress">As above.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    internal static MeasureCurve Measure(
        IReadOnlyList<long> epochs,
        Func<long, TransformerWeights?> load,
        NetworkSpectra last,
        KeyFrequencies keys,
        PairSplit? split,
        IProgress<MeasurePoint>? progress,
        CancellationToken cancellation)
    {
        RequireAscending(epochs);
        cancellation.ThrowIfCancellationRequested();
        var points = new List<MeasurePoint>();
        var pending = new Queue<(long Epoch, Task<ProgressMeasures> Measures)>();
        int atOnce = Math.Min(AtOnce, Environment.ProcessorCount);
        void Begin(long epoch, Func<NetworkSpectra> network) => pending.Enqueue((epoch, Task.Run(() => ProgressMeasures.Measure(network(), keys, split))));
        void End()
        {
            (long epoch, Task<ProgressMeasures> measures) = pending.Dequeue();
            points.Add(new MeasurePoint(epoch, measures.GetAwaiter().GetResult()));
            progress?.Report(points[^1]);
        }

        Begin(epochs[^1], () => last);
        foreach (long epoch in epochs.SkipLast(1).Reverse())
        {
            cancellation.ThrowIfCancellationRequested();
            if (pending.Count == atOnce)
            {
                End();
            }

            if (load(epoch) is { } weights)
            {
                Begin(epoch, () => new NetworkSpectra(weights, last.Task));
            }
        }

        while (pending.Count > 0)
        {
            End();
        }

        points.Reverse();
        return new MeasureCurve(keys, points);
    }

    private static void RequireAscending(IReadOnlyList<long> epochs)
    {
        if (epochs.Count == 0 || epochs.Zip(epochs.Skip(1)).Any(next => next.First >= next.Second))
        {
            throw new ArgumentException("a curve needs one checkpoint or more, epochs strictly ascending", nameof(epochs));
        }
    }
}
