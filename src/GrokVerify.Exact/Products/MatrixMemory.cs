namespace GrokVerify.Exact.Products;

/// <summary>Hands out room for matrices.</summary>
internal abstract unsafe class MatrixMemory
{
    /// <summary>Room for <paramref name="count"/> values, zero at first.</summary>
    public abstract float* Take(nint count);

    public PanelMatrix Matrix(int rows, int columns) => new(Take(PanelMatrix.Size(rows, columns)), rows, columns, (nint)rows * PanelMatrix.Width);
}
