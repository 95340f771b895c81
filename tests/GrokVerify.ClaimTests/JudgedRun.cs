using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>
/// The evidence of a run by its scheduled checkpoints, up to where its schedule ends. The stored run may go on further, if somebody asked for more of it;
/// what claims are judged on does not depend on that.
/// </summary>
internal static class JudgedRun
{
    public static RunEvidence Of(TrainingRun run, TrainingSchedule schedule, CancellationToken cancellation)
    {
        long end = schedule.EndIn(run.Rows);
        long[] epochs = [.. run.CheckpointEpochs.Where(epoch => epoch % schedule.CheckpointEvery == 0 && epoch <= end)];
        return RunEvidence.Measure(run, epochs, lastEpoch: end, cancellation: cancellation);
    }
}
