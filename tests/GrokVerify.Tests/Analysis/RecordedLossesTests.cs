using GrokVerify.Analysis;
using GrokVerify.Measures;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Analysis;

[Category("Fast")]
public class RecordedLossesTests
{
    private const int Prime = 7;
    private static readonly PairSplit Split = new(Prime, 0.5, 1);

    [TestCase(1.5, 1.5, true)]
    [TestCase(1.5, 1.5 * 1.019, true)]
    [TestCase(1.5, 1.5 / 1.019, true)]
    [TestCase(1.5, 1.5 * 1.022, false, Description = "more than 2%")]
    [TestCase(1.5, 1.5 / 1.022, false)]
    [TestCase(1e-7, 1.9e-7, true, Description = "a loss in float32 is good to 2e-7")]
    [TestCase(1e-7, 2.1e-7, false, Description = "more than a factor of 2")]
    [TestCase(1e-6, 1.15e-6, true)]
    [TestCase(1e-6, 1.3e-6, false)]
    public void A_recorded_loss_agrees_within_one_step_or_the_rounding_of_float32(double recorded, double measured, bool agrees)
    {
        string? contradiction = new RecordedLosses(recorded, 3).Contradiction(Losses(train: measured, test: 3), Split);

        (contradiction is null).Should().Be(agrees, contradiction);
    }

    [Test]
    public void A_contradiction_names_the_half_and_both_losses() =>
        new RecordedLosses(null, 0.5).Contradiction(Losses(1, 2), Split).Should().Be("records a test loss of 0.5000, but the network read from it has 2.000");

    /// <summary>Whatever the split, all pairs together have a loss between those of the halves.</summary>
    [TestCase(0.003, 0.007, 4.7, false)]
    [TestCase(0.003, 0.007, 0.005, true)]
    [TestCase(0.003, 0.007, 0.00306, true, Description = "the halves' own 2%")]
    [TestCase(0.003, 0.007, 0.0029, false)]
    [TestCase(7, 3, 5, true)]
    [TestCase(0.003, null, 4.7, true, Description = "one half alone bounds nothing")]
    public void Without_a_split_the_loss_on_all_pairs_lies_between_both(double? train, double? test, double all, bool agrees)
    {
        string? contradiction = new RecordedLosses(train, test).Contradiction(Losses(all, all), null);

        (contradiction is null).Should().Be(agrees, contradiction);
    }

    [TestCase(double.NaN)]
    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.PositiveInfinity)]
    public void What_is_no_loss_is_not_compared(double recorded) => new RecordedLosses(recorded, recorded).Any.Should().BeFalse();

    private static PairLosses Losses(double train, double test)
    {
        double[] losses = new double[Prime * Prime];
        foreach (int pair in Split.Train)
        {
            losses[pair] = train;
        }

        foreach (int pair in Split.Test)
        {
            losses[pair] = test;
        }

        return new PairLosses(losses, new bool[losses.Length]);
    }
}
