using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GrokVerify.Engines;

namespace GrokVerify.Exact;

/// <summary>Vector widths that the kernels are compiled for. The results are the same bits at every width.</summary>
public enum VectorWidth
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

/// <summary>The kernels at one vector width.</summary>
internal abstract unsafe class Kernels
{
    /// <summary>The widest vectors that this machine computes with.</summary>
    public static VectorWidth Widest { get; } =
        Vector512.IsHardwareAccelerated || Avx512F.IsSupported ? VectorWidth.Vector512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Vector256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Vector128
        : VectorWidth.Scalar;

    public static Kernels For(VectorWidth width) => width switch
    {
        VectorWidth.Vector512 => new Kernels<Lanes512, Vector512<float>>(),
        VectorWidth.Vector256 => new Kernels<Lanes256, Vector256<float>>(),
        VectorWidth.Vector128 => new Kernels<Lanes128, Vector128<float>>(),
        VectorWidth.Scalar => new Kernels<Lanes32, float>(),
        _ => throw new UnreachableException(),
    };

    public abstract void Multiply(in Product product);

    public abstract void MlpLogits(Workspace work, int firstRow, int count);

    public abstract void M3Gradient(Workspace work, int pairs, int firstPanel, int endPanel);

    public abstract void AttentionForward(Workspace work, PairBatch batch, int heads, int firstRow, int count);

    public abstract void AttentionBackward(Workspace work, int heads, int firstRow, int count);

    public abstract void Mix(Workspace work, PairBatch batch, int heads, in TableMix mix, int firstRow, int count);

    public abstract void PatternGradient(Workspace work, PairBatch batch, int heads, int firstRow, int count);

    public abstract void SumRows(ReadOnlySpan<int> pairs, float* pattern, int heads, float* gradient, float* sums, nint nextHead);

    public abstract void LossGradient(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, int pairs, PanelMatrix sums);

    public abstract void Losses(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, double[] losses, bool[] correct);

    public abstract void AdamW(in AdamWStep step, float* theta, float* gradient, float* first, float* second, nint count);

    /// <summary>target = a + b, each of a multiple of 32 values.</summary>
    public abstract void Add(float* target, float* a, float* b, int count);

    /// <summary>target = a - b, each of a multiple of 32 values.</summary>
    public abstract void Subtract(float* target, float* a, float* b, int count);
}

/// <inheritdoc/>
internal sealed unsafe class Kernels<TLanes, TVector> : Kernels
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public override void Multiply(in Product product) => ProductKernel<TLanes, TVector>.Multiply(product);

    public override void MlpLogits(Workspace work, int firstRow, int count) => ActiveKernel<TLanes, TVector>.Logits(work, firstRow, count);

    public override void M3Gradient(Workspace work, int pairs, int firstPanel, int endPanel) =>
        ActiveKernel<TLanes, TVector>.M3Gradient(work, pairs, firstPanel, endPanel);

    public override void AttentionForward(Workspace work, PairBatch batch, int heads, int firstRow, int count) =>
        AttentionKernel<TLanes, TVector>.Forward(work, batch, heads, firstRow, count);

    public override void AttentionBackward(Workspace work, int heads, int firstRow, int count) =>
        AttentionKernel<TLanes, TVector>.Backward(work, heads, firstRow, count);

    public override void Mix(Workspace work, PairBatch batch, int heads, in TableMix mix, int firstRow, int count) =>
        TableKernel<TLanes, TVector>.Mix(work, batch, heads, mix, firstRow, count);

    public override void PatternGradient(Workspace work, PairBatch batch, int heads, int firstRow, int count) =>
        TableKernel<TLanes, TVector>.PatternGradient(work, batch, heads, firstRow, count);

    public override void SumRows(ReadOnlySpan<int> pairs, float* pattern, int heads, float* gradient, float* sums, nint nextHead) =>
        TableKernel<TLanes, TVector>.SumRows(pairs, pattern, heads, gradient, sums, nextHead);

    public override void LossGradient(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, int pairs, PanelMatrix sums) =>
        LossKernel<TLanes, TVector>.Gradient(logits, labels, firstRow, count, precision, pairs, sums);

    public override void Losses(PanelMatrix logits, int[] labels, int firstRow, int count, LossForm precision, double[] losses, bool[] correct) =>
        LossKernel<TLanes, TVector>.Evaluate(logits, labels, firstRow, count, precision, losses, correct);

    public override void AdamW(in AdamWStep step, float* theta, float* gradient, float* first, float* second, nint count) =>
        OptimizerKernel<TLanes, TVector>.Step(step, theta, gradient, first, second, count);

    public override void Add(float* target, float* a, float* b, int count) => VectorMath<TLanes, TVector>.Add(target, a, b, count);

    public override void Subtract(float* target, float* a, float* b, int count) => VectorMath<TLanes, TVector>.Subtract(target, a, b, count);
}
