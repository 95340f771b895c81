using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>One float of a GPU's thread: what the exact engine computes lane by lane, its kernels compute with this.</summary>
internal readonly unsafe struct GpuLanes : ILanes<float>
{
    public static int Count => 1;

    /// <inheritdoc/>
    /// <remarks>Kernels have views of memory, no pointers.</remarks>
    public static float Load(float* source) => throw new NotSupportedException();

    /// <inheritdoc/>
    /// <remarks>Kernels have views of memory, no pointers.</remarks>
    public static void Store(float* target, float value) => throw new NotSupportedException();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquareRoot(float a) => MathF.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => RoundedArithmetic.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectGreater(float a, float b, float greater, float otherwise) => a > b ? greater : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Active(float value) => value <= 0 ? 0u : 1u;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PowerOfTwo(float biased) => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(biased) << 23) + 0x3f800000);
}
