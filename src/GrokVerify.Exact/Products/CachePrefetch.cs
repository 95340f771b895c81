using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace GrokVerify.Exact.Products;

/// <summary>
/// Asks the processor to fetch what will soon be needed. No value moves, so no result can change; where there is no such instruction nothing happens.
/// </summary>
internal static unsafe class CachePrefetch
{
    private const int CacheLineFloats = 16;

    /// <summary>Rows of a panel, into the nearest cache.</summary>
    /// <param name="start">The first of them; they lie one behind the other.</param>
    /// <param name="rows">How many; none when not positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Near(float* start, int rows)
    {
        if (Sse.IsSupported)
        {
            float* end = start + ((nint)rows * PanelMatrix.Width);
            for (float* line = start; line < end; line += CacheLineFloats)
            {
                Sse.Prefetch0(line);
            }
        }
    }

    /// <summary>Rows of a panel, into the nearest cache but one.</summary>
    /// <inheritdoc cref="Near"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Far(float* start, int rows)
    {
        if (Sse.IsSupported)
        {
            float* end = start + ((nint)rows * PanelMatrix.Width);
            for (float* line = start; line < end; line += CacheLineFloats)
            {
                Sse.Prefetch1(line);
            }
        }
    }
}
