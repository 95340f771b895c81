using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>The kernels of a step, compiled when first asked for.</summary>
internal sealed class KernelSet(Accelerator accelerator)
{
    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>> Products =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>>(ProductKernel.Run<Rows4>);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>> TallProducts =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>>(ProductKernel.Run<Rows8>);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, ArrayView<TransposeTile>> Transpose =>
        field ??= accelerator.LoadKernel<NetworkArrays, ArrayView<TransposeTile>>(TransposeKernel.Run);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, InputMatrices> Inputs => field ??= accelerator.LoadKernel<NetworkArrays, InputMatrices>(InputKernels.Inputs);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, InputMatrices> Query => field ??= accelerator.LoadKernel<NetworkArrays, InputMatrices>(InputKernels.Query);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, AttentionMatrices> Pattern =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, AttentionMatrices>(AttentionKernels.Pattern);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, AttentionMatrices, int> Output =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, AttentionMatrices, int>(AttentionKernels.Output);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int> Log1pGradient =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int>(LossKernels.Log1pGradient);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int> Float32Gradient =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int>(LossKernels.Float32Gradient);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int> Float64Gradient =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int>(LossKernels.Float64Gradient);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int, LossArrays> Log1pLosses =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Log1pLosses);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int, LossArrays> Float32Losses =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Float32Losses);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, GpuMatrix, int, LossArrays> Float64Losses =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Float64Losses);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, LossArrays, ArrayView<double>, ArrayView<int>> AddLosses =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, LossArrays, ArrayView<double>, ArrayView<int>>(LossKernels.Add);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, BlockSumArrays> SumsWithinBlocks =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, BlockSumArrays>(BlockSumKernels.WithinBlocks);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, BlockSumArrays> SumsOverBlocks =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, BlockSumArrays>(BlockSumKernels.OverBlocks);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, PairArrays, AttentionGradientMatrices> ScoreGradients =>
        field ??= accelerator.LoadKernel<NetworkArrays, PairArrays, AttentionGradientMatrices>(AttentionGradientKernels.Scores);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, AttentionGradientMatrices> TokenTableGradients =>
        field ??= accelerator.LoadKernel<NetworkArrays, AttentionGradientMatrices>(AttentionGradientKernels.TokenTables);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, AttentionGradientMatrices> ScoreSums =>
        field ??= accelerator.LoadKernel<NetworkArrays, AttentionGradientMatrices>(AttentionGradientKernels.ScoreSums);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, AttentionGradientMatrices> QueryGradient =>
        field ??= accelerator.LoadKernel<NetworkArrays, AttentionGradientMatrices>(AttentionGradientKernels.Query);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, EmbeddingMatrices> TokenGradients =>
        field ??= accelerator.LoadKernel<NetworkArrays, EmbeddingMatrices>(EmbeddingKernel.Tokens);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, EmbeddingMatrices> PositionGradients =>
        field ??= accelerator.LoadKernel<NetworkArrays, EmbeddingMatrices>(EmbeddingKernel.Positions);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, UpdateArrays> AdamW => field ??= accelerator.LoadKernel<NetworkArrays, UpdateArrays>(UpdateKernels.AdamW);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, UpdateArrays> SumStretches => field ??= accelerator.LoadKernel<NetworkArrays, UpdateArrays>(UpdateKernels.SumStretches);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, UpdateArrays> Rescale => field ??= accelerator.LoadKernel<NetworkArrays, UpdateArrays>(UpdateKernels.Rescale);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, UpdateArrays, int, int, int> AddProjected =>
        field ??= accelerator.LoadKernel<NetworkArrays, UpdateArrays, int, int, int>(UpdateKernels.AddProjected);

    public Action<AcceleratorStream, KernelConfig, NetworkArrays, UpdateArrays> Advance => field ??= accelerator.LoadKernel<NetworkArrays, UpdateArrays>(UpdateKernels.Advance);
}
