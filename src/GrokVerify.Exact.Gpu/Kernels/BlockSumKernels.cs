using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Gpu.Layout;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>Where the sums of output gradients over blocks of pairs lie.</summary>
internal struct BlockSumArrays
{
    /// <summary>[pairs, outputs].</summary>
    public GpuMatrix Outputs;

    /// <summary>[blocks, d_mlp], a row's panels one behind the other.</summary>
    public int HiddenSums;

    /// <summary>[blocks, d_vocab], likewise.</summary>
    public int LogitSums;
    public int HiddenPanels;
    public int LogitPanels;

    /// <summary>[1, outputs].</summary>
    public GpuMatrix OutputSum;

    /// <summary>[1, d_mlp].</summary>
    public GpuMatrix B_in;

    /// <summary>A block's sum of one panel.</summary>
    public readonly int At(int block, int panel, int lane) => panel < HiddenPanels
        ? HiddenSums + (((block * HiddenPanels) + panel) * GpuMatrix.Width) + lane
        : LogitSums + (((block * LogitPanels) + panel - HiddenPanels) * GpuMatrix.Width) + lane;
}

/// <summary>The sum of the outputs' gradient over the train pairs, as <c>BlockSums</c>: within blocks of pairs, ascending; then over the blocks, ascending.</summary>
internal static class BlockSumKernels
{
    /// <summary>A panel of a block for each warp, a column for each thread.</summary>
    public static void WithinBlocks(NetworkArrays networks, PairArrays train, BlockSumArrays arrays)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int panels = arrays.HiddenPanels + arrays.LogitPanels;
        int warp = Grid.GlobalIndex.X / GpuMatrix.Width;
        int lane = Group.IdxX % GpuMatrix.Width;
        int panel = warp % panels;
        int block = warp / panels;
        int first = block * Workspace.BlockPairs;
        int end = Math.Min(first + Workspace.BlockPairs, networks.IntegersOf(place)[train.Count]);
        if (first < end)
        {
            float sum = 0;
            for (int pair = first; pair < end; pair++)
            {
                sum += memory[arrays.Outputs.InPanel(panel, pair, lane)];
            }

            memory[arrays.At(block, panel, lane)] = sum;
        }
    }

    /// <summary>A panel for each warp, a column for each thread. The gradient of b_in is that of the MLP's inputs, summed.</summary>
    public static void OverBlocks(NetworkArrays networks, PairArrays train, BlockSumArrays arrays)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int panel = Grid.GlobalIndex.X / GpuMatrix.Width;
        int lane = Group.IdxX % GpuMatrix.Width;
        if (panel < arrays.HiddenPanels + arrays.LogitPanels)
        {
            int blocks = (networks.IntegersOf(place)[train.Count] + Workspace.BlockPairs - 1) / Workspace.BlockPairs;
            float sum = 0;
            for (int block = 0; block < blocks; block++)
            {
                sum += memory[arrays.At(block, panel, lane)];
            }

            memory[arrays.OutputSum.InPanel(panel, 0, lane)] = sum;
            if (panel < arrays.HiddenPanels)
            {
                memory[arrays.B_in.InPanel(panel, 0, lane)] = sum;
            }
        }
    }
}
