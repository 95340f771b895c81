using System.Runtime.CompilerServices;

namespace GrokVerify.Exact.Products;

/// <summary>
/// A float32 matrix [rows, columns] stored in column panels of 32: element (i, j) lies at (j / 32) * panel stride + 32 i + j % 32.
/// A panel is read as it lies, as right-hand side (a row of it is a few vectors) and as left-hand side of a product, straight or transposed,
/// with constant distances, so that nothing has to be packed.
/// </summary>
/// <remarks>The columns that fill up the last panel hold zeros or dead values; no sum ever runs over them.</remarks>
internal readonly unsafe struct PanelMatrix(float* data, int rows, int columns, nint panelStride)
{
    public const int Width = 32;

    public float* Data { get; } = data;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public nint PanelStride { get; } = panelStride;

    public int Panels => PanelCount(Columns);

    public ref float this[int row, int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Data[Offset(row, column)];
    }

    public static int PanelCount(int columns) => (columns + Width - 1) / Width;

    public static nint Size(int rows, int columns) => (nint)PanelCount(columns) * rows * Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Offset(int row, int column) => ((column / Width) * PanelStride) + ((nint)row * Width) + (column % Width);

    /// <summary>The rows from <paramref name="first"/> on.</summary>
    public PanelMatrix FromRow(int first, int count) => new(Data + ((nint)first * Width), count, Columns, PanelStride);

    /// <summary>The columns from the first one of panel <paramref name="first"/> on.</summary>
    public PanelMatrix FromPanel(int first, int columns) => new(Data + (first * PanelStride), Rows, columns, PanelStride);

    public void Clear()
    {
        for (int panel = 0; panel < Panels; panel++)
        {
            new Span<float>(Data + (panel * PanelStride), Rows * Width).Clear();
        }
    }

    /// <summary>Writes the transpose of this matrix; only data moves, so no order matters.</summary>
    /// <param name="target">[columns, rows].</param>
    /// <param name="panel">Which of this matrix's panels to transpose: 32 rows of the target.</param>
    public void TransposePanel(PanelMatrix target, int panel)
    {
        int width = Math.Min(Width, Columns - (panel * Width));
        float* source = Data + (panel * PanelStride);
        for (int targetPanel = 0; targetPanel < target.Panels; targetPanel++)
        {
            int height = Math.Min(Width, Rows - (targetPanel * Width));
            float* from = source + ((nint)targetPanel * Width * Width);
            float* to = target.Data + (targetPanel * target.PanelStride) + ((nint)panel * Width * Width);
            for (int j = 0; j < width; j++)
            {
                for (int i = 0; i < height; i++)
                {
                    to[(j * Width) + i] = from[(i * Width) + j];
                }
            }
        }
    }
}
