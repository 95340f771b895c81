using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>Whoever waits for a training sees every few seconds where it is.</summary>
[Category("Fast")]
public class ProgressLinesTests
{
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly SetClock _clock = new();

    [TearDown]
    public void CloseWriter() => _written.Dispose();

    [Test]
    public void A_training_has_a_line_every_five_seconds_with_losses_accuracy_rate_and_remaining_time()
    {
        var lines = new ProgressLines(_written, phases: null, _clock);
        var run = new RunRequest(new TrainingConfig { Seed = 3 }, new TrainingSchedule { UntilGrokked = true });
        var other = new RunRequest(new TrainingConfig { Seed = 4 }, new TrainingSchedule());
        foreach (int second in Enumerable.Range(0, 12))
        {
            _clock.Seconds = second;
            lines.Report((run, Progress(100 * second)));
        }

        lines.Report((other, Progress(0)));

        _written.ToString().Should().Be("""
            p = 113, fraction 0.3, weight decay 1, seed 3: epoch 500  loss train 0.0123 test 24.3  accuracy 0.012  88/s  <6:14 left
            p = 113, fraction 0.3, weight decay 1, seed 3: epoch 1,000  loss train 0.0123 test 24.3  accuracy 0.012  88/s  <6:14 left

            """.ReplaceLineEndings("\n"));
    }

    private static TrainingProgress Progress(long epoch) => new(new MetricsRow(epoch, 0.0123, 24.3, 1, 0.012, 900), 40_000, 88, TimeSpan.FromSeconds(374));

    private sealed class SetClock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
