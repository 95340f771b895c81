using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace GrokVerify.Exact.Vectors;

/// <summary>a * b + c rounded once, on vectors of a processor that has no instruction for it.</summary>
/// <remarks>
/// The product of two float32 is exact in float64. Their sum with c is rounded to odd there: where it is inexact, to the one of its two neighbours whose last bit is 1.
/// Rounding that to float32 gives what rounding the exact sum would (S. Boldo, G. Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd",
/// IEEE Transactions on Computers 57(4), 2008: it takes two bits more than float32's 24, float64 has 53).
/// </remarks>
internal static class RoundToOdd
{
    /// <summary>Whether the processor lacks it.</summary>
    public static bool IsNeeded => !Fma.IsSupported && !AdvSimd.IsSupported;

    // Not inlined: the product's tile has a dozen of these, each of some forty operations.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c)
    {
        (Vector128<double> aLower, Vector128<double> aUpper) = Vector128.Widen(a);
        (Vector128<double> bLower, Vector128<double> bUpper) = Vector128.Widen(b);
        (Vector128<double> cLower, Vector128<double> cUpper) = Vector128.Widen(c);
        return Vector128.Narrow(Sum(aLower * bLower, cLower), Sum(aUpper * bUpper, cUpper));
    }

    /// <summary>x + y, rounded to odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Sum(Vector128<double> x, Vector128<double> y)
    {
        Vector128<double> sum = x + y;
        Vector128<double> ofY = sum - x;
        Vector128<double> error = (x - (sum - ofY)) + (y - ofY); // exactly x + y - sum (Knuth); NaN where the sum is infinite
        Vector128<long> bits = sum.AsInt64();
        Vector128<long> isInexact = (Vector128.LessThan(error, Vector128<double>.Zero) | Vector128.GreaterThan(error, Vector128<double>.Zero)).AsInt64();
        Vector128<long> isEven = (bits & Vector128<long>.One) - Vector128<long>.One;
        Vector128<long> isTowardsZero = Vector128.ShiftRightLogical(error.AsInt64() ^ bits, 63);
        Vector128<long> step = Vector128<long>.One - Vector128.ShiftLeft(isTowardsZero, 1);
        return (bits + (step & isEven & isInexact)).AsDouble();
    }
}
