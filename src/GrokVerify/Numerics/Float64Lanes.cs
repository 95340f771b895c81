using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Numerics;

/// <summary>What a product needs of a vector of float64. Each lane is computed alone and rounded once, so that no width can change a result.</summary>
/// <typeparam name="TVector">The vector, nothing but its lanes.</typeparam>
internal interface IFloat64Lanes<TVector>
    where TVector : struct
{
    static abstract TVector Broadcast(double value);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);
}

/// <summary>AVX-512.</summary>
internal readonly struct Lanes512 : IFloat64Lanes<Vector512<double>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.FusedMultiplyAdd(a, b, c);
}

/// <summary>The runtime's own choice: AVX2, SSE, Arm64's Advanced SIMD, or software.</summary>
internal readonly struct LanesOfRuntime : IFloat64Lanes<Vector<double>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Broadcast(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> MultiplyAdd(Vector<double> a, Vector<double> b, Vector<double> c) => Vector.FusedMultiplyAdd(a, b, c);
}
