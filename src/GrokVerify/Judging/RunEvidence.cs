using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Judging;

/// <summary>What claims are judged on: a run's logged rows, the progress measures of its checkpoints, and its last network.</summary>
public sealed record RunEvidence
{
    /// <param name="rows">Logged rows, epochs ascending, at least one.</param>
    /// <param name="curve">The progress measures of the checkpoints.</param>
    /// <param name="last">The network of the last checkpoint.</param>
    internal RunEvidence(IReadOnlyList<MetricsRow> rows, MeasureCurve curve, NetworkSpectra last)
    {
        Rows = rows;
        Curve = curve;
        Network = new NetworkEvidence(last, curve.KeyFrequencies, curve.Points[^1].Measures);
    }

    /// <summary>Measures the checkpoints of a run by the key set of the last of them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="schedule">Where to end, and which checkpoints to measure, as if the run had been trained by it; null for all that is there.</param>
    /// <param name="progress">Told each point once it is measured, the last checkpoint first.</param>
    /// <param name="damaged">Told of checkpoints that cannot be read, which are then left out; null to throw.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    /// <exception cref="CheckpointException">A checkpoint cannot be read and nobody is told of it, or none can be read.</exception>
    public static RunEvidence Measure(
        TrainingRun run,
        TrainingSchedule? schedule = null,
        IProgress<MeasurePoint>? progress = null,
        IProgress<CheckpointException>? damaged = null,
        CancellationToken cancellation = default)
    {
        long? end = schedule?.EndIn(run.Rows);
        long[] epochs = [.. run.CheckpointEpochs.Where(epoch => schedule is null || (epoch <= end && epoch % schedule.CheckpointEvery == 0))];
        return Measure(run, epochs, end, keys: null, progress, damaged, cancellation);
    }

    /// <summary>The same, of checkpoints that are chosen and by a key set that may be another.</summary>
    /// <param name="run">As above.</param>
    /// <param name="epochs">The checkpoints to measure, ascending.</param>
    /// <param name="end">The last logged row to look at; null for that of the last checkpoint.</param>
    /// <param name="keys">Chooses the key set from the last network; null for the network's own.</param>
    /// <param name="progress">As above.</param>
    /// <param name="damaged">As above.</param>
    /// <param name="cancellation">As above.</param>
    internal static RunEvidence Measure(
        TrainingRun run,
        IReadOnlyList<long> epochs,
        long? end = null,
        Func<NetworkSpectra, KeyFrequencies>? keys = null,
        IProgress<MeasurePoint>? progress = null,
        IProgress<CheckpointException>? damaged = null,
        CancellationToken cancellation = default)
    {
        TransformerWeights? Load(long epoch)
        {
            try
            {
                return run.ReadCheckpoint(epoch).Weights;
            }
            catch (CheckpointException problem) when (damaged is not null)
            {
                damaged.Report(problem);
                return null;
            }
        }

        int last = epochs.Count;
        TransformerWeights? weights = null;
        while (weights is null)
        {
            weights = last > 0 ? Load(epochs[--last]) : throw new CheckpointException(run.Folder, "has no checkpoint that can be read", "train the run again");
        }

        epochs = [.. epochs.Take(last + 1)];
        var network = new NetworkSpectra(weights, run.Config.CreateTask());
        var curve = MeasureCurve.Measure(epochs, Load, network, keys?.Invoke(network) ?? network.KeyFrequencies, run.Config.CreateSplit(), progress, cancellation);
        return new RunEvidence([.. run.Rows.Where(row => row.Epoch <= (end ?? epochs[^1]))], curve, network) { Seed = run.Config.Seed };
    }

    /// <summary>What the run's initial weights and pairs were drawn with; null where the evidence is of no run.</summary>
    public long? Seed { get; init; }

    public IReadOnlyList<MetricsRow> Rows { get; }

    /// <summary>The first logged row with a train accuracy of 0.99 or more and a train loss below 1e-2; null where there is none.</summary>
    internal MetricsRow? Memorized => Rows.FirstOrDefault(row => row.TrainAccuracy >= TrainingSchedule.GeneralizedTestAccuracy && row.TrainLoss < PhaseTimeline.MemorizedTrainLoss);

    /// <summary>The first logged row with a test accuracy of 0.5 or more; null where there is none.</summary>
    internal MetricsRow? Jump => Rows.FirstOrDefault(row => row.TestAccuracy >= 0.5);

    /// <summary>The first logged row with a test accuracy of 0.99 or more; null where there is none.</summary>
    internal MetricsRow? Generalized => Rows.FirstOrDefault(row => row.TestAccuracy >= TrainingSchedule.GeneralizedTestAccuracy);

    public MeasureCurve Curve { get; }

    /// <summary>The last network, judged by the run's key set.</summary>
    public NetworkEvidence Network { get; }

    /// <summary>K: those of the last checkpoint, unless the evidence was made with another key set to see whether claims notice.</summary>
    public KeyFrequencies KeyFrequencies => Network.KeyFrequencies;

    /// <summary>The measures of the last checkpoint.</summary>
    public ProgressMeasures FinalMeasures => Network.Measures;

    /// <summary>Every intervention on the last network.</summary>
    public IReadOnlyDictionary<Ablation, LossAndAccuracy> Ablations => Network.Ablations;

    /// <summary>ln p: the loss of a network that knows nothing.</summary>
    public double UniformLoss => Network.UniformLoss;
}
