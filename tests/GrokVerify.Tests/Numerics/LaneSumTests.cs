using GrokVerify.Numerics;

namespace GrokVerify.Tests.Numerics;

/// <summary>Held to the bit against the same order of additions, one at a time.</summary>
[Category("Fast")]
public class LaneSumTests
{
    [TestCase(0)]
    [TestCase(7)]
    [TestCase(8)]
    [TestCase(113)]
    [TestCase(128)]
    public void Every_machine_adds_in_one_order(int count)
    {
        double[] values = Random(count);

        LaneSum.Of(values).Should().Be(Ordered(values));
    }

    [TestCase(5)]
    [TestCase(59)]
    [TestCase(113)]
    public void And_so_it_does_squared_deviations(int count)
    {
        double[] values = Random(count);
        double mean = LaneSum.Of(values) / count;

        LaneSum.OfSquaredDeviations(values).Should().Be(Ordered([.. values.Select(value => (value - mean) * (value - mean))]));
    }

    private static double Ordered(double[] values)
    {
        int whole = values.Length - (values.Length % 8);
        double sum = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            double ofLane = 0;
            for (int i = lane; i < whole; i += 8)
            {
                ofLane += values[i];
            }

            sum += ofLane;
        }

        return values[whole..].Aggregate(sum, (before, value) => before + value);
    }

    private static double[] Random(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Exp(10 * (random.NextDouble() - 0.5)))];
    }
}
