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
    private const int AtOnce = 4;

    private MeasureCurve(KeyFrequencies keyFrequencies, IReadOnlyList<MeasurePoint> points)
    {
        KeyFrequencies = keyFrequencies;
        Points = points;
    }

    /// <summary>The run's final key set.</summary>
    public KeyFrequencies KeyFrequencies { get; }

    /// <summary>One point for each checkpoint, epochs ascending.</summary>
    public IReadOnlyList<MeasurePoint> Points { get; }

    /// <param name="epochs">The checkpoints' epochs, strictly ascending, at least one.</param>
    /// <param name="load">The weights at an epoch; a few checkpoints are held at a time.</param>
    /// <param name="task">The labels.</param>
    /// <param name="split">The halves; null when unknown.</param>
    /// <param name="keys">The key set to judge by; null for that of the last checkpoint.</param>
    /// <param name="progress">Told each point once it is measured, the last checkpoint first.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    /// <exception cref="ArgumentException">There is no epoch, or they do not ascend.</exception>
    public static MeasureCurve Measure(
        IReadOnlyList<long> epochs,
        Func<long, TransformerWeights> load,
        ModularTask task,
        PairSplit? split,
        KeyFrequencies? keys = null,
        IProgress<MeasurePoint>? progress = null,
        CancellationToken cancellation = default)
    {
        if (epochs.Count == 0 || epochs.Zip(epochs.Skip(1)).Any(next => next.First >= next.Second))
        {
            throw new ArgumentException("a curve needs one checkpoint or more, epochs strictly ascending", nameof(epochs));
        }

        cancellation.ThrowIfCancellationRequested();
        var points = new MeasurePoint[epochs.Count];
        var pending = new Queue<(int Index, Task<ProgressMeasures> Measures)>();
        int atOnce = Math.Min(AtOnce, Environment.ProcessorCount);
        var last = new NetworkSpectra(load(epochs[^1]), task);
        KeyFrequencies chosen = keys ?? last.KeyFrequencies;
        void Begin(int index, Func<NetworkSpectra> network) => pending.Enqueue((index, Task.Run(() => ProgressMeasures.Measure(network(), chosen, split))));
        void End()
        {
            (int index, Task<ProgressMeasures> measures) = pending.Dequeue();
            points[index] = new MeasurePoint(epochs[index], measures.GetAwaiter().GetResult());
            progress?.Report(points[index]);
        }

        Begin(epochs.Count - 1, () => last);
        for (int i = epochs.Count - 2; i >= 0; i--)
        {
            cancellation.ThrowIfCancellationRequested();
            if (pending.Count == atOnce)
            {
                End();
            }

            TransformerWeights weights = load(epochs[i]);
            Begin(i, () => new NetworkSpectra(weights, task));
        }

        while (pending.Count > 0)
        {
            End();
        }

        return new MeasureCurve(chosen, points);
    }
}
