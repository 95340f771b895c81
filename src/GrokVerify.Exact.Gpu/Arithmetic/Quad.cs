using System.Runtime.CompilerServices;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>Four floats that lie side by side: moved by one instruction.</summary>
internal readonly struct Quad(float x, float y, float z, float w)
{
    public const int Width = 4;

    public readonly float X = x;
    public readonly float Y = y;
    public readonly float Z = z;
    public readonly float W = w;

    /// <summary>Element by element a * b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad MultiplyAdd(float a, Quad b, Quad c) => new(
        RoundedArithmetic.MultiplyAdd(a, b.X, c.X),
        RoundedArithmetic.MultiplyAdd(a, b.Y, c.Y),
        RoundedArithmetic.MultiplyAdd(a, b.Z, c.Z),
        RoundedArithmetic.MultiplyAdd(a, b.W, c.W));

    /// <summary>Zero where the mask is not positive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Quad Where(Quad mask, Quad value) =>
        new(mask.X > 0 ? value.X : 0, mask.Y > 0 ? value.Y : 0, mask.Z > 0 ? value.Z : 0, mask.W > 0 ? value.W : 0);
}
