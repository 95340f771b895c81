using GrokVerify.Cli.Benchmark;

namespace GrokVerify.Tests.CommandLine;

/// <summary>How bench makes a ratio of times that a busy machine moves.</summary>
[Category("Fast")]
public class StepTimesTests
{
    [Test]
    public void A_machine_slowed_for_whole_rounds_moves_no_ratio()
    {
        StepTimes slow = Rounds([100, 100, 100], [300, 300, 300], [700, 700, 700]);
        StepTimes fast = Rounds([10, 10, 10], [30, 30, 30], [70, 70, 70]);

        slow.Over(fast).Should().Be(10);
        fast.Over(slow).Should().Be(0.1);
    }

    [Test]
    public void A_round_that_hit_one_engine_alone_does_not_count()
    {
        StepTimes slow = Rounds([100, 110, 90], [900, 900, 900], [100, 100, 100]);
        StepTimes fast = Rounds([10, 10, 10], [10, 10, 10], [10, 80, 10]);

        slow.Over(fast).Should().Be(10);
    }

    [Test]
    public void Median_and_least_are_of_all_timed_steps_and_the_first_of_a_round_is_not_timed()
    {
        StepTimes times = Rounds([4, 1, 3], [2, 6, 5]);

        times.Median.Should().Be(3.5);
        times.Min.Should().Be(1);
    }

    /// <summary>Rounds of these milliseconds, each after a first step of 0 that must not be seen.</summary>
    private static StepTimes Rounds(params double[][] rounds)
    {
        var times = new StepTimes();
        foreach (double[] round in rounds)
        {
            var steps = new Queue<double>([0, .. round]);
            times.Add(round.Length, steps.Dequeue);
        }

        return times;
    }
}
