namespace GrokVerify.Exact.Products;

/// <summary>Rows (or vectors in a row) of a register tile, as a constant of a type.</summary>
internal interface IRowCount
{
    static abstract int Count { get; }
}

/// <summary>How the left-hand side of a product is read, as a constant of a type.</summary>
internal interface ILeftOrder
{
    /// <summary>True when the left-hand side is stored [depth, rows].</summary>
    static abstract bool Transposed { get; }
}

internal readonly struct Rows1 : IRowCount
{
    public static int Count => 1;
}

internal readonly struct Rows2 : IRowCount
{
    public static int Count => 2;
}

internal readonly struct Rows4 : IRowCount
{
    public static int Count => 4;
}

internal readonly struct Rows6 : IRowCount
{
    public static int Count => 6;
}

internal readonly struct Rows8 : IRowCount
{
    public static int Count => 8;
}

internal readonly struct Rows12 : IRowCount
{
    public static int Count => 12;
}

internal readonly struct Straight : ILeftOrder
{
    public static bool Transposed => false;
}

internal readonly struct Transposed : ILeftOrder
{
    static bool ILeftOrder.Transposed => true;
}
