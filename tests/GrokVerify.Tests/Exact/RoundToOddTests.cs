using System.Runtime.Intrinsics;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Tests.Exact;

/// <summary>Multiply-add without the instruction gives the bits of the instruction (or of the C library, which is correctly rounded too).</summary>
[Category("Fast")]
public class RoundToOddTests
{
    private const int Cases = 400_000;

    [Test]
    public void Any_three_numbers_give_the_bits_of_the_instruction()
    {
        var random = new Random(1);
        float Any() => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        ShouldAgree(() => (Any(), Any(), Any()));
    }

    /// <summary>Where float64 alone, rounded twice, is wrong: the exact sum is next to the middle between two float32.</summary>
    [Test]
    public void Sums_next_to_the_middle_between_two_float32_are_rounded_once()
    {
        var random = new Random(2);
        int wrongIfRoundedTwice = 0;
        ShouldAgree(() =>
        {
            // a * b = 1 - 2^-2k, and c = 2^24 + 2n has neighbours at a distance of 2: the sum is 2^-2k, too little for float64, below a middle, or in magnitude above one.
            float small = MathF.ScaleB(1, -random.Next(15, 24));
            float scale = MathF.ScaleB(random.Next(2) == 0 ? 1 : -1, random.Next(-20, 20));
            (float A, float B, float C) numbers = ((1 + small) * scale, 1 - small, (16_777_216f + (2 * random.Next(1 << 20))) * MathF.Abs(scale));
            wrongIfRoundedTwice += (float)(((double)numbers.A * numbers.B) + numbers.C) != MathF.FusedMultiplyAdd(numbers.A, numbers.B, numbers.C) ? 1 : 0;
            return numbers;
        });
        wrongIfRoundedTwice.Should().BePositive("cases that two roundings get right as well prove nothing");
    }

    [Test]
    public void Small_results_and_cancelling_sums_give_the_bits_of_the_instruction()
    {
        var random = new Random(3);
        float Near(float scale) => scale * (1 + random.NextSingle()) * (random.Next(2) == 0 ? 1 : -1);
        ShouldAgree(() =>
        {
            (float a, float b) = (Near(MathF.ScaleB(1, random.Next(-80, -50))), Near(MathF.ScaleB(1, random.Next(-80, -50))));
            return (a, b, random.Next(3) switch { 0 => -(a * b), 1 => BitConverter.Int32BitsToSingle(random.Next(1 << 23)), _ => Near(MathF.Abs(a * b)) });
        });
    }

    private static void ShouldAgree(Func<(float A, float B, float C)> next)
    {
        for (int done = 0; done < Cases; done += 4)
        {
            (float A, float B, float C)[] numbers = [next(), next(), next(), next()];
            Vector128<float> actual = RoundToOdd.MultiplyAdd(
                Vector128.Create([.. numbers.Select(number => number.A)]),
                Vector128.Create([.. numbers.Select(number => number.B)]),
                Vector128.Create([.. numbers.Select(number => number.C)]));
            for (int lane = 0; lane < 4; lane++)
            {
                (float a, float b, float c) = numbers[lane];
                float expected = MathF.FusedMultiplyAdd(a, b, c);
                if (float.IsNaN(expected) ? !float.IsNaN(actual[lane]) : BitConverter.SingleToInt32Bits(expected) != BitConverter.SingleToInt32Bits(actual[lane]))
                {
                    Assert.Fail($"{a:R} * {b:R} + {c:R} is {expected:R}, but came out as {actual[lane]:R}");
                }
            }
        }
    }
}
