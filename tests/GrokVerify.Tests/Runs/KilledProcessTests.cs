using System.Diagnostics;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Slow")]
[NonParallelizable]
public class KilledProcessTests : RunFolderTests
{
    private const int Kills = 21;

    // Most kills fall into the training, with its writing of rows and checkpoints; some into the start, with its recovery and its clearing up.
    private const int KillsPerKillAtStart = 4;
    private const int LongestAfterFirstStep = 60;
    private const int LongestAfterStart = 120;

    [Test]
    public void A_run_killed_again_and_again_ends_as_an_uninterrupted_one()
    {
        var random = new Random(20230);
        string killed = In("killed");
        for (int i = 0; i < Kills; i++)
        {
            bool isAtStart = i % KillsPerKillAtStart == 0;
            using Process process = TrainingProcess.Start(killed, isAtStart ? TrainingProcess.Ready : TrainingProcess.Training);
            Thread.Sleep(random.Next(isAtStart ? LongestAfterStart : LongestAfterFirstStep));
            TrainingProcess.Kill(process);
        }

        var left = TrainingRun.Open(killed);
        long epochs = left.Rows[^1].Epoch + 33;
        TrainingRun resumed = Train(killed, epochs);
        Train(In("uninterrupted"), epochs);

        TestContext.Out.WriteLine($"reached epoch {left.Rows[^1].Epoch}; sessions began at {string.Join(", ", resumed.Sessions.Select(session => session.FromEpoch))}");
        left.Status.Should().Be(RunStatus.Interrupted);
        resumed.Sessions[^1].FromEpoch.Should().BePositive("something was left to resume from");
        resumed.Sessions.Select(session => session.FromEpoch).Should().BeInAscendingOrder("no kill may lose a good checkpoint");
        ShouldHoldTheSameFiles(killed, In("uninterrupted"));
    }

    [Test]
    public void A_run_that_another_process_trains_is_waited_for_and_is_free_when_that_process_dies()
    {
        string folder = In("run");
        using Process process = TrainingProcess.Start(folder, TrainingProcess.Training);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var engine = new PseudoTraining();
        Action waiting = () => new RunTrainer { PollInterval = TimeSpan.FromMilliseconds(5) }.Train(
            folder, PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = 100_000_000 }, engine, null, cancellation.Token);

        waiting.Should().Throw<OperationCanceledException>();
        engine.EnginesMade.Should().Be(0);
        TrainingRun.Open(folder).Status.Should().Be(RunStatus.Running);
        TrainingProcess.Kill(process);
        TrainingRun.Open(folder).Status.Should().Be(RunStatus.Interrupted);
        Train(folder, TrainingRun.Open(folder).Rows[^1].Epoch + 20).Status.Should().Be(RunStatus.Complete);
    }
}
