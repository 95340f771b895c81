using GrokVerify.Formats;
using GrokVerify.Judging;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Running;

/// <summary>Measures the checkpoints of a run while showing how far it is: what the claims about its curve are judged on.</summary>
internal static class MeasuredRun
{
    /// <param name="run">The run.</param>
    /// <param name="context">Shows how far it is; told of checkpoints that are left out.</param>
    /// <param name="upTo">The last checkpoint to look at; the last of all when not given.</param>
    /// <param name="isSilent">Where the output is for a program to read.</param>
    /// <exception cref="InterruptedRunException">The user ended it.</exception>
    public static RunEvidence Of(TrainingRun run, CommandContext context, long? upTo = null, bool isSilent = false)
    {
        long[] epochs = [.. run.CheckpointEpochs.Where(epoch => upTo is null || epoch <= upTo)];
        return isSilent ? Measure(ProgressDisplay.Silent) : ProgressDisplay.Run(context.Console, $"measuring {epochs.Length} checkpoints", Measure);

        RunEvidence Measure(ProgressDisplay display)
        {
            int all = epochs.Length;
            int done = 0;
            var progress = new SynchronousProgress<MeasurePoint>(point =>
            {
                done++;
                display.Show((double)done / all, $"measured {done} of {all} checkpoints, epoch {NumberFormat.Count(point.Epoch)}");
            });
            var damaged = new SynchronousProgress<CheckpointException>(problem =>
            {
                all--;
                if (!display.TryWriteAbove($"warning: left out: {problem.Message}"))
                {
                    context.Warn($"left out: {problem.Message}");
                }
            });
            try
            {
                return RunEvidence.Measure(run, epochs, progress: progress, damaged: damaged, cancellation: context.Interruption);
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException($"interrupted while measuring; the run is kept, repeat the command to go on (run: {run.Folder})", interruption);
            }
        }
    }
}
