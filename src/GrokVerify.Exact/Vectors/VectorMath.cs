using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Exact.Vectors;

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
        TVector half = TLanes.MultiplyAdd(n, TLanes.Broadcast(0.5f), shift);
        TVector rest = TLanes.Add(TLanes.Subtract(n, TLanes.Subtract(half, shift)), shift);
        return TLanes.Multiply(TLanes.Multiply(ExpOfRest(x, n), TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(rest));
    }

    /// <summary>exp(x) for x from -87 to 88 or NaN, where no result is subnormal: the bits of <see cref="Exp"/> with fewer operations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfModerate(TVector x)
    {
        TVector shift = TLanes.Broadcast(RoundingShift);
        TVector biased = TLanes.MultiplyAdd(x, TLanes.Broadcast(Log2E), shift);
        return TLanes.Multiply(ExpOfRest(x, TLanes.Subtract(biased, shift)), TLanes.PowerOfTwo(biased));
    }

    /// <summary>The sixteen partial sums as a tree: i with i + 8, then i + 4, i + 2, i + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AddTree(float* partial)
    {
        Vector128<float> low = Vector128.Load(partial) + Vector128.Load(partial + 8);
        Vector128<float> high = Vector128.Load(partial + 4) + Vector128.Load(partial + 12);
        Vector128<float> four = low + high;
        return (four[0] + four[2]) + (four[1] + four[3]);
    }

    /// <summary>The largest lane: which of equal ones cannot matter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(TVector lanes)
    {
        float* values = stackalloc float[PartialSums];
        for (int i = 0; i < Vector128<float>.Count; i++)
        {
            values[i] = float.NegativeInfinity;
        }

        TLanes.Store(values, lanes);
        Vector128<float> top = Vector128.Load(values);
        for (int i = Vector128<float>.Count; i < TLanes.Count; i += Vector128<float>.Count)
        {
            top = Larger(Vector128.Load(values + i), top);
        }

        top = Larger(Vector128.Shuffle(top, Vector128.Create(2, 3, 0, 1)), top);
        return Larger(Vector128.Shuffle(top, Vector128.Create(1, 0, 3, 2)), top).ToScalar();
    }

    /// <summary>target[i] = a[i] + b[i].</summary>
    /// <param name="target">[count].</param>
    /// <param name="a">[count].</param>
    /// <param name="b">[count].</param>
    /// <param name="count">A multiple of 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(float* target, float* a, float* b, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(target + i, TLanes.Add(TLanes.Load(a + i), TLanes.Load(b + i)));
        }
    }

    /// <summary>target[i] = a[i] - b[i].</summary>
    /// <inheritdoc cref="Add"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(float* target, float* a, float* b, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
        {
            TLanes.Store(target + i, TLanes.Subtract(TLanes.Load(a + i), TLanes.Load(b + i)));
        }
    }

    /// <summary>exp(x - n ln 2), from 0.7 to 1.42.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExpOfRest(TVector x, TVector n)
    {
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2High), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-Ln2Low), r);
        TVector y = TLanes.MultiplyAdd(r, TLanes.Broadcast(1.9875691500e-4f), TLanes.Broadcast(1.3981999507e-3f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(8.3334519073e-3f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(4.1665795894e-2f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(1.6666665459e-1f));
        y = TLanes.MultiplyAdd(y, r, TLanes.Broadcast(5.0000001201e-1f));
        return TLanes.Add(TLanes.MultiplyAdd(y, TLanes.Multiply(r, r), r), TLanes.Broadcast(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Larger(Vector128<float> a, Vector128<float> b) => Vector128.ConditionalSelect(Vector128.GreaterThan(a, b), a, b);
}
