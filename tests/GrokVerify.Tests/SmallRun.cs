using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Runs;

namespace GrokVerify.Tests;

/// <summary>
/// The committed run of a small network (p = 31, half of the pairs, d_model 64, 128 neurons) that memorizes, groks and cleans up in 6,875
/// epochs, with six of its checkpoints: whatever reads a run can be tested on it without training.
/// </summary>
internal static class SmallRun
{
    public static TrainingRun Open() => TrainingRun.Open(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", "p31"));

    /// <summary>The network that a run ends with.</summary>
    public static NetworkSpectra LastNetwork(TrainingRun run) => new(run.ReadCheckpoint(run.CheckpointEpochs[^1]).Weights, run.Config.CreateTask());
}
