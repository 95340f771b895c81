using GrokVerify.Exact.Gpu.Layout;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>A block of 32 by 32 of a matrix to be transposed.</summary>
internal struct TransposeTile
{
    public GpuMatrix Source;
    public GpuMatrix Target;
    public int Panel;
    public int TargetPanel;

    /// <summary>Rows of the target in this block.</summary>
    public int Columns;

    /// <summary>Columns of the target in this block.</summary>
    public int Rows;
}

/// <summary>Transposes of matrices: only data moves.</summary>
internal static class TransposeKernel
{
    public static void Run(NetworkArrays networks, ArrayView<TransposeTile> tiles)
    {
        ArrayView<float> block = SharedMemory.Allocate<float>(GpuMatrix.Width * (GpuMatrix.Width + 1));
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        TransposeTile tile = tiles[Grid.IdxX];
        int lane = Group.IdxX % GpuMatrix.Width;
        int warp = Group.IdxX / GpuMatrix.Width;
        int warps = Group.DimX / GpuMatrix.Width;
        for (int i = warp; i < tile.Rows; i += warps)
        {
            block[(i * (GpuMatrix.Width + 1)) + lane] = memory[tile.Source.InPanel(tile.Panel, (tile.TargetPanel * GpuMatrix.Width) + i, lane)];
        }

        Group.Barrier();
        for (int j = warp; j < tile.Columns; j += warps)
        {
            if (lane < tile.Rows)
            {
                memory[tile.Target.InPanel(tile.TargetPanel, (tile.Panel * GpuMatrix.Width) + j, lane)] = block[(lane * (GpuMatrix.Width + 1)) + j];
            }
        }
    }
}
