namespace GrokVerify.Numerics;

/// <summary>A dense float64 matrix, row-major. All analysis runs on these: float64 [rows, columns].</summary>
internal sealed class Matrix
{
    public Matrix(int rows, int columns)
        : this(rows, columns, new double[checked(rows * columns)])
    {
    }

    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <param name="values">The elements, row-major; taken over, not copied.</param>
    /// <exception cref="ArgumentException">The number of values is not rows * columns.</exception>
    public Matrix(int rows, int columns, double[] values)
    {
        if (values.Length != rows * columns)
        {
            throw new ArgumentException($"a {rows} x {columns} matrix has {rows * columns} elements, but {values.Length} were given", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        Values = values;
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>float64 [rows * columns], row-major.</summary>
    public double[] Values { get; }

    public double this[int row, int column]
    {
        get => Values[(row * Columns) + column];
        set => Values[(row * Columns) + column] = value;
    }

    /// <summary>float64 [columns], a view into the matrix.</summary>
    public Span<double> Row(int row) => Values.AsSpan(row * Columns, Columns);

    /// <summary>float64 [count, columns], row-major: a view of some rows.</summary>
    public Span<double> RowBlock(int first, int count) => Values.AsSpan(first * Columns, count * Columns);

    /// <summary>The matrix [columns, rows].</summary>
    public Matrix Transpose()
    {
        var result = new Matrix(Columns, Rows);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                result[column, row] = this[row, column];
            }
        }

        return result;
    }

    /// <summary>float32 weights, row-major, as a float64 matrix.</summary>
    public static Matrix FromWeights(ReadOnlySpan<float> weights, int rows, int columns)
    {
        double[] values = new double[weights.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = weights[i];
        }

        return new Matrix(rows, columns, values);
    }
}
