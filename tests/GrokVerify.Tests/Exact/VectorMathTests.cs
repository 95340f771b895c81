using System.Runtime.Intrinsics;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Tests.Exact;

[Category("Fast")]
public class VectorMathTests
{
    /// <summary>Every 1,009th float32 from 2^-30 to 104 and to 88.7, of both signs: about 290,000 values each.</summary>
    private static IEnumerable<float> Arguments(float largest, float sign)
    {
        for (int bits = BitConverter.SingleToInt32Bits(9.3132257E-10f); bits < BitConverter.SingleToInt32Bits(largest); bits += 1009)
        {
            yield return sign * BitConverter.Int32BitsToSingle(bits);
        }
    }

    /// <summary>Stated bound: 1 ulp. Half an ulp is the least that rounding allows; a wrong coefficient shows as more than the bound.</summary>
    [Test]
    public void Exp_is_within_one_unit_in_the_last_place()
    {
        double worst = 0;
        foreach (float x in Arguments(103, -1).Concat(Arguments(88.7f, 1)))
        {
            double exact = Math.Exp(x);
            double unit = Math.Max(Math.ScaleB(1, Math.ILogB(exact) - 23), float.Epsilon);
            worst = Math.Max(worst, Math.Abs(VectorMath<Lanes32, float>.Exp(x) - exact) / unit);
        }

        TestContext.Out.WriteLine($"exp: at most {worst:F3} ulp");
        worst.Should().BeInRange(0.5, 1);
    }

    [Test]
    public void Exp_of_special_values_is_what_it_should_be()
    {
        static float Exp(float x) => VectorMath<Lanes32, float>.Exp(x);
        Exp(0).Should().Be(1);
        Exp(-0f).Should().Be(1);
        Exp(float.NegativeInfinity).Should().Be(0);
        Exp(-200).Should().Be(0);
        Exp(float.PositiveInfinity).Should().Be(float.PositiveInfinity);
        Exp(100).Should().Be(float.PositiveInfinity);
        Exp(float.NaN).Should().Be(float.NaN);
        Exp(-100).Should().BeApproximately(3.8e-44f, 1.5e-45f, "subnormal results are rounded, not flushed");
    }

    [Test]
    public void Exp_has_the_same_bits_at_every_width()
    {
        foreach (float x in Arguments(110, -1).Where((_, i) => i % 7 == 0).Append(float.NegativeInfinity))
        {
            float expected = VectorMath<Lanes32, float>.Exp(x);
            VectorMath<Lanes128, Vector128<float>>.Exp(Vector128.Create(x)).Should().Be(Vector128.Create(expected), $"exp({x:R})");
            VectorMath<Lanes256, Vector256<float>>.Exp(Vector256.Create(x)).Should().Be(Vector256.Create(expected), $"exp({x:R})");
            VectorMath<Lanes512, Vector512<float>>.Exp(Vector512.Create(x)).Should().Be(Vector512.Create(expected), $"exp({x:R})");
        }
    }

    [Test]
    public void Exp_of_moderate_numbers_has_the_bits_of_exp_at_every_width()
    {
        foreach (float x in Arguments(87, -1).Concat(Arguments(87.9f, 1)).Where((_, i) => i % 7 == 0).Concat([-87, 0, -0f, float.NaN]))
        {
            float expected = VectorMath<Lanes32, float>.Exp(x);
            VectorMath<Lanes32, float>.ExpOfModerate(x).Should().Be(expected, $"exp({x:R})");
            VectorMath<Lanes128, Vector128<float>>.ExpOfModerate(Vector128.Create(x))[0].Should().Be(expected, $"exp({x:R})");
            VectorMath<Lanes256, Vector256<float>>.ExpOfModerate(Vector256.Create(x))[0].Should().Be(expected, $"exp({x:R})");
            VectorMath<Lanes512, Vector512<float>>.ExpOfModerate(Vector512.Create(x))[0].Should().Be(expected, $"exp({x:R})");
        }
    }

    /// <summary>Stated bound: 1 ulp of fdlibm, and 1 for the platform's exp that it is compared with.</summary>
    [Test]
    public void Float64_exp_is_within_two_units_in_the_last_place()
    {
        double worst = 0;
        for (double x = -700; x < 700; x += 0.00737)
        {
            worst = Math.Max(worst, Math.Abs(DoubleMath.Exp(x) - Math.Exp(x)) / (Math.BitIncrement(Math.Exp(x)) - Math.Exp(x)));
        }

        TestContext.Out.WriteLine($"float64 exp: at most {worst:F3} ulp");
        worst.Should().BeInRange(0.5, 2);
        DoubleMath.Exp(0).Should().Be(1);
        DoubleMath.Exp(double.NaN).Should().Be(double.NaN);
        DoubleMath.Exp(-1000).Should().Be(0);
    }

    /// <summary>
    /// Stated bound: 1 ulp. The reference is log(u) x / (u - 1), u = 1 + x (W. Kahan), itself up to 2 ulp off: log 1, product and quotient 0.5 each. So 3.
    /// </summary>
    [Test]
    public void Float64_log1p_keeps_its_relative_precision()
    {
        double worst = 0;
        for (double exponent = -290; exponent < 300; exponent += 0.00513)
        {
            double x = Math.Pow(10, exponent);
            double u = 1 + x;
            double expected = u == 1 ? x : Math.Log(u) * (x / (u - 1));
            double actual = DoubleMath.LogOnePlus(x);
            worst = Math.Max(worst, Math.Abs(actual - expected) / (Math.BitIncrement(expected) - expected));
        }

        TestContext.Out.WriteLine($"float64 log1p: at most {worst:F3} ulp");
        worst.Should().BeInRange(0.5, 3);
        DoubleMath.LogOnePlus(0).Should().Be(0);
        DoubleMath.LogOnePlus(double.NaN).Should().Be(double.NaN);
        DoubleMath.LogOnePlus(double.PositiveInfinity).Should().Be(double.PositiveInfinity);
    }

    [Test]
    public void Powers_do_not_depend_on_the_steps_before()
    {
        DoubleMath.Power(0.98, 1).Should().Be(0.98);
        DoubleMath.Power(0.98, 40_000).Should().BeApproximately(Math.Pow(0.98, 40_000), 1e-12 * Math.Pow(0.98, 40_000));
        DoubleMath.Power(0.9, 100_000_000).Should().Be(0);
    }
}
