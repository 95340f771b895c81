using System.Runtime.CompilerServices;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>One float of a GPU's thread: what the exact engine computes lane by lane, its kernels compute with this. It is <see cref="Lanes32"/>, but for the multiply-add.</summary>
internal readonly unsafe struct GpuLanes : ILanes<float>
{
    public static int Count => Lanes32.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => Lanes32.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, float value) => Lanes32.Store(target, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => Lanes32.Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First(float value) => Lanes32.First(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float a, float b) => Lanes32.Add(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float a, float b) => Lanes32.Subtract(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float a, float b) => Lanes32.Multiply(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float a, float b) => Lanes32.Divide(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquareRoot(float a) => Lanes32.SquareRoot(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => RoundedArithmetic.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectGreater(float a, float b, float greater, float otherwise) => Lanes32.SelectGreater(a, b, greater, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Active(float value) => Lanes32.Active(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PowerOfTwo(float biased) => Lanes32.PowerOfTwo(biased);
}
