using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>The kernels of a step, compiled when first asked for.</summary>
internal sealed class KernelSet(Accelerator accelerator)
{
    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>> Products =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>>(ProductKernel.Run<Rows4>);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>> TallProducts =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, PairArrays, ArrayView<ProductTile>, ArrayView<ProductChain>, ArrayView<ProductFactor>>(ProductKernel.Run<Rows8>);

    public Action<AcceleratorStream, KernelConfig, Networks, ArrayView<TransposeTile>> Transpose =>
        field ??= accelerator.LoadKernel<Networks, ArrayView<TransposeTile>>(TransposeKernel.Run);

    public Action<AcceleratorStream, KernelConfig, Networks, InputMatrices> Inputs => field ??= accelerator.LoadKernel<Networks, InputMatrices>(InputKernels.Inputs);

    public Action<AcceleratorStream, KernelConfig, Networks, InputMatrices> Query => field ??= accelerator.LoadKernel<Networks, InputMatrices>(InputKernels.Query);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, AttentionMatrices> Pattern =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, AttentionMatrices>(AttentionKernels.Pattern);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, AttentionMatrices, int> Output =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, AttentionMatrices, int>(AttentionKernels.Output);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int> Log1pGradient =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int>(LossKernels.Log1pGradient);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int> Float32Gradient =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int>(LossKernels.Float32Gradient);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int> Float64Gradient =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int>(LossKernels.Float64Gradient);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int, LossArrays> Log1pLosses =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Log1pLosses);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int, LossArrays> Float32Losses =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Float32Losses);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, GpuMatrix, int, LossArrays> Float64Losses =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, GpuMatrix, int, LossArrays>(LossKernels.Float64Losses);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, LossArrays, ArrayView<double>, ArrayView<int>> AddLosses =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, LossArrays, ArrayView<double>, ArrayView<int>>(LossKernels.Add);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, BlockSumArrays> SumsWithinBlocks =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, BlockSumArrays>(BlockSumKernels.WithinBlocks);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, BlockSumArrays> SumsOverBlocks =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, BlockSumArrays>(BlockSumKernels.OverBlocks);

    public Action<AcceleratorStream, KernelConfig, Networks, PairArrays, AttentionGradientMatrices> ScoreGradients =>
        field ??= accelerator.LoadKernel<Networks, PairArrays, AttentionGradientMatrices>(AttentionGradientKernels.Scores);

    public Action<AcceleratorStream, KernelConfig, Networks, AttentionGradientMatrices> TokenTableGradients =>
        field ??= accelerator.LoadKernel<Networks, AttentionGradientMatrices>(AttentionGradientKernels.TokenTables);

    public Action<AcceleratorStream, KernelConfig, Networks, AttentionGradientMatrices> ScoreSums =>
        field ??= accelerator.LoadKernel<Networks, AttentionGradientMatrices>(AttentionGradientKernels.ScoreSums);

    public Action<AcceleratorStream, KernelConfig, Networks, AttentionGradientMatrices> QueryGradient =>
        field ??= accelerator.LoadKernel<Networks, AttentionGradientMatrices>(AttentionGradientKernels.Query);

    public Action<AcceleratorStream, KernelConfig, Networks, EmbeddingMatrices> TokenGradients =>
        field ??= accelerator.LoadKernel<Networks, EmbeddingMatrices>(EmbeddingKernel.Tokens);

    public Action<AcceleratorStream, KernelConfig, Networks, EmbeddingMatrices> PositionGradients =>
        field ??= accelerator.LoadKernel<Networks, EmbeddingMatrices>(EmbeddingKernel.Positions);

    public Action<AcceleratorStream, KernelConfig, Networks, UpdateArrays> AdamW => field ??= accelerator.LoadKernel<Networks, UpdateArrays>(UpdateKernels.AdamW);

    public Action<AcceleratorStream, KernelConfig, Networks, UpdateArrays> SumStretches => field ??= accelerator.LoadKernel<Networks, UpdateArrays>(UpdateKernels.SumStretches);

    public Action<AcceleratorStream, KernelConfig, Networks, UpdateArrays> Rescale => field ??= accelerator.LoadKernel<Networks, UpdateArrays>(UpdateKernels.Rescale);

    public Action<AcceleratorStream, KernelConfig, Networks, UpdateArrays, int, int, int> AddProjected =>
        field ??= accelerator.LoadKernel<Networks, UpdateArrays, int, int, int>(UpdateKernels.AddProjected);

    public Action<AcceleratorStream, KernelConfig, Networks, UpdateArrays> Advance => field ??= accelerator.LoadKernel<Networks, UpdateArrays>(UpdateKernels.Advance);
}
