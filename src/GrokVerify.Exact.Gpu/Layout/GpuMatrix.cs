using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;

namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>Where a <see cref="PanelMatrix"/> lies in the memory of a network on a GPU.</summary>
/// <param name="start">Its first element.</param>
/// <param name="panelStride">From one panel of 32 columns to the next.</param>
internal readonly unsafe struct GpuMatrix(int start, int panelStride)
{
    public const int Width = PanelMatrix.Width;

    public readonly int Start = start;
    public readonly int PanelStride = panelStride;

    public static implicit operator GpuMatrix(PanelMatrix matrix) => new(Place(matrix.Data), checked((int)matrix.PanelStride));

    /// <summary>A planned address as what it is: a distance.</summary>
    public static int Place(float* planned) => checked((int)(planned - (float*)null));

    /// <summary>Where a matrix begins.</summary>
    public static int Place(PanelMatrix planned) => Place(planned.Data);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(int row, int column) => Start + (column / Width * PanelStride) + (row * Width) + (column % Width);

    /// <summary>The element of a row that lies at some place of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int InPanel(int panel, int row, int lane) => Start + (panel * PanelStride) + (row * Width) + lane;
}
