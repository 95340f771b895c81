using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>
/// No memory, but a plan of it: what it hands out are distances from the beginning of memory that lies on a GPU. The exact engine's matrices and products can so be laid out there as
/// they are in a processor's memory.
/// </summary>
internal sealed unsafe class PlannedMemory : MatrixMemory
{
    /// <summary>Values handed out; a multiple of a panel's width, as every piece begins on one.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public override float* Take(nint count)
    {
        int start = Count;
        Count = checked(start + ((int)count + PanelMatrix.Width - 1) / PanelMatrix.Width * PanelMatrix.Width);
        return (float*)null + start;
    }
}
