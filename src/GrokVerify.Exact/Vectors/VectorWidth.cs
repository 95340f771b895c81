using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GrokVerify.Exact.Vectors;

/// <summary>Vector widths that a step can be computed at. The results are the same bits at every width.</summary>
internal enum VectorWidth
{
    /// <summary>One float at a time.</summary>
    Scalar,

    /// <summary>128 bits: SSE, or Arm64's Advanced SIMD.</summary>
    Vector128,

    /// <summary>256 bits: AVX2.</summary>
    Vector256,

    /// <summary>512 bits: AVX-512.</summary>
    Vector512,
}

/// <summary>The vectors of this machine.</summary>
internal static class MachineVectors
{
    /// <summary>The widest that it computes with.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated || Avx512F.IsSupported ? VectorWidth.Vector512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Vector256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Vector128
        : VectorWidth.Scalar;
}
