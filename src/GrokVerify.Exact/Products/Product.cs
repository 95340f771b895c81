namespace GrokVerify.Exact.Products;

/// <summary>What the chain of an element of a product begins with.</summary>
internal enum ChainStart
{
    Zero,

    /// <summary>The element's column of a row vector.</summary>
    Bias,

    /// <summary>The element's present value: an earlier chain goes on.</summary>
    Result,
}

/// <summary>What becomes of the end of a chain before it is stored.</summary>
internal enum ChainFinish
{
    Keep,

    /// <summary>Zero unless the mask's element is positive; the columns are summed, rows ascending.</summary>
    Mask,
}

/// <summary>The two ends of the chains of a product.</summary>
internal unsafe struct ProductEnds
{
    public ChainStart Start;
    public ChainFinish Finish;

    /// <summary>[columns], for <see cref="ChainStart.Bias"/>.</summary>
    public float* Bias;

    /// <summary>[columns], added to, for <see cref="ChainFinish.Mask"/>.</summary>
    public float* ColumnSums;
}

/// <summary>A product of matrices, or some panels of it.</summary>
internal unsafe struct Product
{
    /// <summary>[rows, depth], or [depth, rows] when <see cref="TransposeLeft"/>.</summary>
    public PanelMatrix Left;

    /// <summary>[depth, columns].</summary>
    public PanelMatrix Right;

    /// <summary>[rows, columns].</summary>
    public PanelMatrix Result;

    /// <summary>[rows, columns], for <see cref="ChainFinish.Mask"/>.</summary>
    public PanelMatrix Mask;

    public bool TransposeLeft;
    public ProductEnds Ends;

    /// <summary>Panels of the result to compute, from the first up to but not including the last.</summary>
    public int FirstPanel;
    public int EndPanel;

    public readonly int Rows => Result.Rows;

    public readonly int Depth => Right.Rows;

    /// <summary>Multiplications and additions that the whole result needs, without the filling of the last panel.</summary>
    public readonly double Flops => 2.0 * Rows * Depth * Math.Min(Result.Columns - (FirstPanel * PanelMatrix.Width), (EndPanel - FirstPanel) * PanelMatrix.Width);

    public static Product Of(PanelMatrix left, PanelMatrix right, PanelMatrix result) =>
        new() { Left = left, Right = right, Result = result, EndPanel = result.Panels };

    public static Product OfTransposed(PanelMatrix left, PanelMatrix right, PanelMatrix result) => Of(left, right, result) with { TransposeLeft = true };

    /// <summary>The same, its chains beginning with a row vector.</summary>
    /// <param name="bias">[1, columns].</param>
    public readonly Product FromBias(PanelMatrix bias)
    {
        Product product = this;
        product.Ends.Start = ChainStart.Bias;
        product.Ends.Bias = bias.Data;
        return product;
    }

    /// <summary>The same, its chains going on from what the result holds.</summary>
    public readonly Product FromResult()
    {
        Product product = this;
        product.Ends.Start = ChainStart.Result;
        return product;
    }

    /// <summary>The same, its chains ending in zero where the mask is not positive.</summary>
    /// <param name="mask">[rows, columns].</param>
    public readonly Product Where(PanelMatrix mask)
    {
        Product product = this;
        product.Mask = mask;
        product.Ends.Finish = ChainFinish.Mask;
        return product;
    }

    /// <summary>Some rows of the result.</summary>
    public readonly Product ForRows(int first, int count)
    {
        Product product = this;
        product.Left = Left.FromRow(first, count);
        product.Result = Result.FromRow(first, count);
        product.Mask = Mask.FromRow(first, count);
        return product;
    }

    /// <summary>The panels of the result from the first up to but not including <paramref name="end"/>.</summary>
    public readonly Product Part(int first, int end)
    {
        Product product = this;
        product.FirstPanel = first;
        product.EndPanel = end;
        return product;
    }
}
