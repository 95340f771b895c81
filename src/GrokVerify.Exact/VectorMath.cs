using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>Functions of a vector, and sums in the one order that does not know the vector's width.</summary>
internal static unsafe class VectorMath<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Partial sums of every sum along a row: element j goes to sum j mod 16, the sixteen are then added as a fixed tree.</summary>
    public const int PartialSums = 16;

    private const float Log2E = 1.44269504f;
    private const float RoundingShift = 12582912; // 1.5 * 2^23: adding it rounds to an integer, in the low bits
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;
    private const float Lowest = -104; // exp is 0 in float32
    private const float Highest = 89; // exp is infinite in float32

    /// <summary>exp(x), within 1 ulp for every x; subnormal results are rounded, not flushed, and NaN stays.</summary>
    /// <remarks>
    /// x = n ln 2 + r; exp(r) by the polynomial of S. Moshier's Cephes library (expf), with fused multiply-add; 2^n in two factors,
    /// so that a subnormal result is rounded once.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        TVector lowest = TLanes.Broadcast(Lowest);
        TVector highest = TLanes.Broadcast(Highest);
        x = TLanes.SelectGreater(lowest, x, lowest, x);
        x = TLanes.SelectGreater(x, highest, highest, x);
        TVector shift = TLanes.Broadcast(RoundingShift);
        TVector n = TLanes.Subtract(TLanes.MultiplyAdd(x, TLanes.Broadcast(Log2E), shift), shift);
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);

        TVector y = TLanes.MultiplyAdd(r, TLanes.Broadcast(1.9875691500e-4f), TLanes.Broadcast(1.3981999507e-3f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(8.3334519073e-3f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(4.1665795894e-2f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(1.6666665459e-1f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(5.0000001201e-1f));
        y = TLanes.Add(TLanes.MultiplyAdd(y, TLanes.Multiply(r, r), r), TLanes.Broadcast(1));

        TVector half = TLanes.MultiplyAdd(n, TLanes.Broadcast(0.5f), shift);
        TVector rest = TLanes.Add(TLanes.Subtract(n, TLanes.Subtract(half, shift)), shift);
        return TLanes.Multiply(TLanes.Multiply(y, TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(rest));
    }

    /// <summary>The sixteen partial sums as a tree: i with i + 8, then i + 4, i + 2, i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AddTree(float* partial)
    {
        float a = (partial[0] + partial[8]) + (partial[4] + partial[12]);
        float b = (partial[1] + partial[9]) + (partial[5] + partial[13]);
        float c = (partial[2] + partial[10]) + (partial[6] + partial[14]);
        float d = (partial[3] + partial[11]) + (partial[7] + partial[15]);
        return (a + c) + (b + d);
    }

    /// <summary>Sum over i of a[i] * b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(float* a, float* b, int length)
    {
        float* partial = stackalloc float[PartialSums];
        for (int lane = 0; lane < PartialSums; lane += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int i = lane; i + TLanes.Count <= length; i += PartialSums)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(a + i), TLanes.Load(b + i), sum);
            }

            TLanes.Store(partial + lane, sum);
        }

        for (int i = length - (length % TLanes.Count); i < length; i++)
        {
            partial[i % PartialSums] = MathF.FusedMultiplyAdd(a[i], b[i], partial[i % PartialSums]);
        }

        return AddTree(partial);
    }

    /// <summary>target[i] = factor * source[i] + target[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(float* target, float* source, float factor, int length)
    {
        TVector scale = TLanes.Broadcast(factor);
        int i = 0;
        for (; i + TLanes.Count <= length; i += TLanes.Count)
        {
            TLanes.Store(target + i, TLanes.MultiplyAdd(scale, TLanes.Load(source + i), TLanes.Load(target + i)));
        }

        for (; i < length; i++)
        {
            target[i] = MathF.FusedMultiplyAdd(factor, source[i], target[i]);
        }
    }

    /// <summary>target[i] = a[i] + b[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* target, float* a, float* b, int length)
    {
        int i = 0;
        for (; i + TLanes.Count <= length; i += TLanes.Count)
        {
            TLanes.Store(target + i, TLanes.Add(TLanes.Load(a + i), TLanes.Load(b + i)));
        }

        for (; i < length; i++)
        {
            target[i] = a[i] + b[i];
        }
    }
}
