using GrokVerify.Loop;
using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LossSpikesTests
{
    [TestCase("5 1 0.1 1e-3 1e-5 1e-7 1e-9", "", TestName = "A_loss_that_only_falls_has_no_spike")]
    [TestCase("5 1e-3 5 1e-3 5", "", TestName = "Before_the_first_fit_there_is_no_spike")]
    [TestCase("5 1e-5 0.5 0.02 1e-5 3 1e-5", "2 5", TestName = "Each_return_of_the_loss_is_a_spike")]
    [TestCase("5 1e-5 0.02 0.005 0.03 0.004 0.02", "2", TestName = "A_loss_that_trembles_about_the_threshold_is_one_spike")]
    [TestCase("5 1e-5 0.009 1e-5 0.01", "", TestName = "A_rise_to_the_threshold_is_no_spike")]
    [TestCase("5 1e-4 5 1e-5 5 1e-4 5", "4", TestName = "A_loss_is_fitted_below_the_threshold_not_at_it")]
    public void Spikes_are_counted(string losses, string expected)
    {
        MetricsRow[] rows = [.. Numbers(losses).Select((loss, epoch) => new MetricsRow(epoch, loss, 1, 0, 0, 1))];

        LossSpikes.Of(rows).Should().Equal(Numbers(expected).Select(epoch => (long)epoch));
    }

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
}
