using GrokVerify.Measures;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.Fourier;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LogitMarginTests
{
    private const int Prime = 5;
    private const double Rounding = 1e-14;

    [TestCase(0)]
    [TestCase(7)]
    public void The_margin_is_the_least_lead_over_the_largest_logit(double offset)
    {
        // Of five logits 3, 1, 0, 0, 0 the mean is 0.8: 2.2 is the largest, and 3 leads 1 by 2. Where b = 0 the lead is 1. What a pair's logits have in common counts for nothing, nor does "=".
        Matrix logits = Logits.Of(Prime, (a, b, c) => offset * a + (c == Prime ? 100 : c == (a + b) % Prime ? 3 : c == (a + b + 1) % Prime ? (b == 0 ? 2 : 1) : 0), Prime + 1);

        LogitMargin.Least(new ModularTask(Prime), logits).Should().BeApproximately(1 / 2.2, Rounding * Math.Max(1, offset));
    }

    [Test]
    public void One_wrong_pair_makes_it_negative()
    {
        Matrix logits = Logits.Of(Prime, (a, b, c) => c == (a + b) % Prime ? (a + b == 8 ? -1 : 1) : 0);

        LogitMargin.Least(new ModularTask(Prime), logits).Should().BeApproximately(-1 / 0.8, Rounding);
    }

    [Test]
    public void Logits_that_are_all_equal_have_none() =>
        LogitMargin.Least(new ModularTask(Prime), new Matrix(Prime * Prime, Prime)).Should().Be(double.NaN);
}
