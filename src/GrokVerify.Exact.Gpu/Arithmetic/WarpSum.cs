using System.Runtime.CompilerServices;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>Partial sums of neighbouring threads, added as the exact engine's trees: of i and i + 16, then i + 8, i + 4, i + 2, i + 1. Every thread gets the sum.</summary>
/// <remarks>Addition commutes, so it does not matter which of two threads comes first.</remarks>
internal static class WarpSum
{
    /// <summary>Of 32 threads, as <c>PatternGradient</c> adds its partial sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OfThirtyTwo(float value) => OfSixteen(value + Warp.ShuffleXor(value, 16));

    /// <summary>Of 16 threads, as <c>VectorMath.AddTree</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float OfSixteen(float value)
    {
        value += Warp.ShuffleXor(value, 8);
        value += Warp.ShuffleXor(value, 4);
        value += Warp.ShuffleXor(value, 2);
        return value + Warp.ShuffleXor(value, 1);
    }

    /// <summary>The largest of 16 threads: which of equal ones cannot matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LargestOfSixteen(float value)
    {
        value = Larger(Warp.ShuffleXor(value, 8), value);
        value = Larger(Warp.ShuffleXor(value, 4), value);
        value = Larger(Warp.ShuffleXor(value, 2), value);
        return Larger(Warp.ShuffleXor(value, 1), value);
    }

    /// <summary>Whether any of 16 threads says so: 1, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int AnyOfSixteen(int value)
    {
        value |= Warp.ShuffleXor(value, 8);
        value |= Warp.ShuffleXor(value, 4);
        value |= Warp.ShuffleXor(value, 2);
        return value | Warp.ShuffleXor(value, 1);
    }

    private static float Larger(float a, float b) => a > b ? a : b;
}
