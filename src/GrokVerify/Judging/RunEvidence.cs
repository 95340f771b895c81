using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>What claims are judged on: a run's logged rows, the progress measures of its checkpoints, and its last network.</summary>
public sealed class RunEvidence
{
    /// <param name="rows">Logged rows, epochs ascending, at least one.</param>
    /// <param name="curve">The progress measures of the checkpoints.</param>
    /// <param name="final">The network of the last checkpoint.</param>
    public RunEvidence(IReadOnlyList<MetricsRow> rows, MeasureCurve curve, NetworkSpectra final)
    {
        Rows = rows;
        Curve = curve;
        Network = new NetworkEvidence(final, curve.KeyFrequencies, curve.Points[^1].Measures);
    }

    /// <summary>Measures the checkpoints of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epochs">The checkpoints to measure, ascending; null for all of them.</param>
    /// <param name="choose">Chooses the key set from the last checkpoint's network; null for the network's own.</param>
    /// <param name="progress">Told each point once it is measured, the last checkpoint first.</param>
    /// <param name="lastEpoch">The last logged row to look at; null for that of the last checkpoint.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    public static RunEvidence Measure(
        TrainingRun run,
        IReadOnlyList<long>? epochs = null,
        Func<NetworkSpectra, KeyFrequencies>? choose = null,
        IProgress<MeasurePoint>? progress = null,
        long? lastEpoch = null,
        CancellationToken cancellation = default)
    {
        epochs ??= run.CheckpointEpochs;
        Tasks.ModularTask task = run.Config.CreateTask();
        var final = new NetworkSpectra(run.ReadCheckpoint(epochs[^1]).Weights, task);
        KeyFrequencies? keys = choose?.Invoke(final);
        MeasureCurve curve = MeasureCurve.Measure(
            epochs, epoch => run.ReadCheckpoint(epoch).Weights, task, run.Config.CreateSplit(), keys, progress, cancellation);
        return new RunEvidence([.. run.Rows.Where(row => row.Epoch <= (lastEpoch ?? epochs[^1]))], curve, final);
    }

    public IReadOnlyList<MetricsRow> Rows { get; }

    public MeasureCurve Curve { get; }

    /// <summary>The last network, judged by the run's key set.</summary>
    public NetworkEvidence Network { get; }

    /// <summary>K: those of the last checkpoint, unless the evidence was made with another key set to see whether claims notice.</summary>
    public KeyFrequencies KeyFrequencies => Network.KeyFrequencies;

    /// <summary>The measures of the last checkpoint.</summary>
    public ProgressMeasures FinalMeasures => Network.Measures;

    /// <summary>Every intervention on the last network, by name.</summary>
    public IReadOnlyDictionary<string, LossAndAccuracy> Ablations => Network.Ablations;

    /// <summary>ln p: the loss of a network that knows nothing.</summary>
    public double UniformLoss => Network.UniformLoss;
}
