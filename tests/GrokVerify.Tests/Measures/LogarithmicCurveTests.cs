using GrokVerify.Measures;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class LogarithmicCurveTests
{
    private static readonly (double, double)[] Curve = [(100, 1), (200, 100), (400, 1)];

    /// <summary>Half of the way is the geometric mean.</summary>
    [TestCase(100, 1)]
    [TestCase(150, 10)]
    [TestCase(200, 100)]
    [TestCase(300, 10)]
    [TestCase(400, 1)]
    public void Between_points_a_curve_is_straight_on_a_logarithmic_axis(double epoch, double value) => LogarithmicCurve.At(Curve, epoch).Should().BeApproximately(value, 1e-12 * value);

    [TestCase(99)]
    [TestCase(401)]
    public void Beyond_its_ends_a_curve_has_no_value(double epoch) => LogarithmicCurve.At(Curve, epoch).Should().BeNull();

    [Test]
    public void A_curve_without_points_has_no_value() => LogarithmicCurve.At([], 100).Should().BeNull();
}
