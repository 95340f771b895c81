using GrokVerify.Loop;

namespace GrokVerify.Tests.Loop;

/// <summary>The end of cleanup, with each threshold from both sides: a test loss below 1e-2 at both ends of 250 epochs or more, over which the weights lose less than 1% for each 250.</summary>
[Category("Fast")]
public class CleanupTests
{
    [TestCase(250, 9e-3, 9e-3, 1000, true)]
    [TestCase(249, 9e-3, 9e-3, 1000, false, TestName = "The_weights_are_watched_for_250_epochs")]
    [TestCase(250, 1e-2, 9e-3, 1000, false, TestName = "The_test_loss_is_below_1e_2_when_they_begin_to_be_watched")]
    [TestCase(250, 9e-3, 1e-2, 1000, false, TestName = "The_test_loss_is_below_1e_2_at_the_end")]
    [TestCase(250, 9e-3, double.NaN, 1000, false, TestName = "A_test_loss_that_is_no_number_ends_nothing")]
    [TestCase(250, 9e-3, 9e-3, 990.1, true, TestName = "The_weights_lose_less_than_1_percent")]
    [TestCase(250, 9e-3, 9e-3, 989.9, false, TestName = "The_weights_lose_more_than_1_percent")]
    [TestCase(500, 9e-3, 9e-3, 980.1, true, TestName = "In_twice_the_epochs_they_may_lose_twice_as_much")]
    [TestCase(500, 9e-3, 9e-3, 979.9, false, TestName = "In_twice_the_epochs_they_may_not_lose_more_than_that")]
    public void Cleanup_has_ended(long elapsed, double firstTestLoss, double lastTestLoss, double lastSquares, bool hasEnded) =>
        CleanupRule.HasEnded([Row(0, firstTestLoss, 1000), Row(elapsed, lastTestLoss, lastSquares)]).Should().Be(hasEnded);

    [Test]
    public void Of_the_rows_at_least_250_epochs_before_the_newest_counts() =>
        CleanupRule.HasEnded([Row(0, 1, 1000), Row(50, 9e-3, 1000), Row(100, 9e-3, 500), Row(300, 9e-3, 995)]).Should().BeTrue("epoch 50 had grokked, and 995 is within 1% of its 1000");

    [Test]
    public void Without_rows_nothing_has_ended() => CleanupRule.HasEnded([]).Should().BeFalse();

    private static MetricsRow Row(long epoch, double testLoss, double squares) => new(epoch, 1e-4, testLoss, 1, 1, squares);
}
