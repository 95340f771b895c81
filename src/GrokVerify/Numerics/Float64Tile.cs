using System.Runtime.CompilerServices;

namespace GrokVerify.Numerics;

/// <summary>
/// Four rows by three vectors of a product, kept in registers: c[r, j] = a[r, k] * b[k, j] + c[r, j], rounded once, k ascending. Twelve chains hide the
/// latency of the multiply-adds, and fit sixteen registers.
/// </summary>
internal static class Float64Tile<TLanes, TVector>
    where TLanes : struct, IFloat64Lanes<TVector>
    where TVector : struct
{
    public const int Rows = 4;
    public const int Vectors = 3;

    /// <param name="left">The first row of the left-hand side, and what follows it in memory.</param>
    /// <param name="stride">From one row of the left-hand side to the next; 0 to compute the first row four times.</param>
    /// <param name="right">Three vectors of columns of the right-hand side: [depth, 3].</param>
    /// <param name="result">[4, 3], added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<double> left, int stride, ReadOnlySpan<TVector> right, Span<TVector> result)
    {
        int depth = right.Length / Vectors;
        ReadOnlySpan<double> left0 = left[..depth];
        ReadOnlySpan<double> left1 = left.Slice(stride, depth);
        ReadOnlySpan<double> left2 = left.Slice(2 * stride, depth);
        ReadOnlySpan<double> left3 = left.Slice(3 * stride, depth);

        TVector c00 = result[0], c01 = result[1], c02 = result[2];
        TVector c10 = result[3], c11 = result[4], c12 = result[5];
        TVector c20 = result[6], c21 = result[7], c22 = result[8];
        TVector c30 = result[9], c31 = result[10], c32 = result[11];
        for (int k = 0; k < depth; k++)
        {
            ReadOnlySpan<TVector> row = right.Slice(k * Vectors, Vectors);
            TVector b0 = row[0], b1 = row[1], b2 = row[2];
            TVector a = TLanes.Broadcast(left0[k]);
            c00 = TLanes.MultiplyAdd(a, b0, c00);
            c01 = TLanes.MultiplyAdd(a, b1, c01);
            c02 = TLanes.MultiplyAdd(a, b2, c02);
            a = TLanes.Broadcast(left1[k]);
            c10 = TLanes.MultiplyAdd(a, b0, c10);
            c11 = TLanes.MultiplyAdd(a, b1, c11);
            c12 = TLanes.MultiplyAdd(a, b2, c12);
            a = TLanes.Broadcast(left2[k]);
            c20 = TLanes.MultiplyAdd(a, b0, c20);
            c21 = TLanes.MultiplyAdd(a, b1, c21);
            c22 = TLanes.MultiplyAdd(a, b2, c22);
            a = TLanes.Broadcast(left3[k]);
            c30 = TLanes.MultiplyAdd(a, b0, c30);
            c31 = TLanes.MultiplyAdd(a, b1, c31);
            c32 = TLanes.MultiplyAdd(a, b2, c32);
        }

        (result[0], result[1], result[2]) = (c00, c01, c02);
        (result[3], result[4], result[5]) = (c10, c11, c12);
        (result[6], result[7], result[8]) = (c20, c21, c22);
        (result[9], result[10], result[11]) = (c30, c31, c32);
    }
}
