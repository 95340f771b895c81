using GrokVerify.Loop;

namespace GrokVerify.Tests.Loop;

[Category("Fast")]
public class HeldAccuracyTests
{
    private static readonly TrainingSchedule Schedule = new() { Epochs = 1_000, EpochsHeld = 200 };

    [Test]
    public void A_schedule_ends_when_test_accuracy_has_been_held_for_long_enough()
    {
        MetricsRow[] rows = Rows(0.5, 0.99, 1, 0.995, 1, 1);

        Schedule.EndIn(rows).Should().Be(300, "from 100 on it is 0.99");
        TrainingSchedule.HeldFrom(rows, 200).Should().Be(100);
    }

    [Test]
    public void It_waits_anew_where_accuracy_falls_in_between()
    {
        MetricsRow[] rows = Rows(0.5, 0.99, 1, 0.9899, 1, 1, 1, 1);

        Schedule.EndIn(rows).Should().Be(600);
        TrainingSchedule.HeldFrom(rows, 200).Should().Be(400);
    }

    [Test]
    public void It_ends_with_its_epochs_where_accuracy_is_never_held()
    {
        MetricsRow[] rows = Rows(0.5, 1, 1, 0.5, 1, 1, 0.5, 1, 1, 0.5, 1);

        Schedule.EndIn(rows).Should().Be(1_000);
        TrainingSchedule.HeldFrom(rows, 200).Should().BeNull();
    }

    [Test]
    public void A_negative_time_is_refused() =>
        FluentActions.Invoking((Schedule with { EpochsHeld = -1 }).Validate).Should().Throw<ArgumentException>().WithMessage("epochs held = -1 is out of range: give a number from 0 up");

    private static MetricsRow[] Rows(params double[] testAccuracies) => [.. testAccuracies.Select((accuracy, i) => new MetricsRow(100 * i, 1, 1, 1, accuracy, 1))];
}
