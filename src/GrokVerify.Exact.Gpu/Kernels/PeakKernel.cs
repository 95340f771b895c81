using GrokVerify.Exact.Gpu.Arithmetic;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>Multiply-adds on registers alone: the ceiling of every product.</summary>
internal static class PeakKernel
{
    /// <summary>Of a thread, each waiting for itself alone; more than latency times units need where many threads compute.</summary>
    public const int Chains = 8;

    /// <summary>Each chain tends to 1, so that no number overflows or becomes subnormal.</summary>
    public static void Run(ArrayView<float> result, float half, int iterations)
    {
        float c0 = half, c1 = half, c2 = half, c3 = half, c4 = half, c5 = half, c6 = half, c7 = half;
        for (int i = 0; i < iterations; i++)
        {
            c0 = RoundedArithmetic.MultiplyAdd(c0, half, half);
            c1 = RoundedArithmetic.MultiplyAdd(c1, half, half);
            c2 = RoundedArithmetic.MultiplyAdd(c2, half, half);
            c3 = RoundedArithmetic.MultiplyAdd(c3, half, half);
            c4 = RoundedArithmetic.MultiplyAdd(c4, half, half);
            c5 = RoundedArithmetic.MultiplyAdd(c5, half, half);
            c6 = RoundedArithmetic.MultiplyAdd(c6, half, half);
            c7 = RoundedArithmetic.MultiplyAdd(c7, half, half);
        }

        result[Grid.GlobalIndex.X] = c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7;
    }
}
