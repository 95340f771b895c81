using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Buffers;

/// <summary>A row of sums for each block of pairs.</summary>
internal readonly unsafe struct BlockSums
{
    private readonly float* _data;
    private readonly int _blocks;
    private readonly int _columns;

    public BlockSums(MatrixMemory memory, int blocks, int columns)
    {
        _data = memory.Take(blocks * PanelMatrix.Size(1, columns));
        _blocks = blocks;
        _columns = columns;
    }

    /// <summary>[1, columns], its panels one behind the other.</summary>
    public PanelMatrix Row(int block) => new(_data + (block * PanelMatrix.Size(1, _columns)), 1, _columns, PanelMatrix.Width);

    /// <summary>target = the sum over the blocks, ascending.</summary>
    /// <param name="target">[1, columns].</param>
    public void AddUp<TLanes, TVector>(PanelMatrix target)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        target.Clear();
        for (int block = 0; block < _blocks; block++)
        {
            PanelMatrix row = Row(block);
            for (int panel = 0; panel < row.Panels; panel++)
            {
                float* sum = target.Data + (panel * target.PanelStride);
                VectorMath<TLanes, TVector>.Add(sum, sum, row.Data + (panel * row.PanelStride), PanelMatrix.Width);
            }
        }
    }
}
