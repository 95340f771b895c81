using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>What each head of the symmetric network writes through a map M: T_h[x] = s_h(x) M_h, so that z'(a, b) M = sum over heads of w_h(a, b) T_h[a] + w_h(b, a) T_h[b].</summary>
internal sealed class HeadTables
{
    private readonly Matrix[] _tables;

    /// <param name="attention">The symmetric network.</param>
    /// <param name="map">M: float64 [d_model, columns], the heads one after the other.</param>
    public HeadTables(SymmetricAttention attention, Matrix map)
    {
        _tables = new Matrix[attention.Heads];
        for (int head = 0; head < _tables.Length; head++)
        {
            int width = map.Rows / _tables.Length;
            var values = new Matrix(attention.Values.Rows, width);
            for (int x = 0; x < values.Rows; x++)
            {
                attention.OfHead(attention.Values.Row(x), head).CopyTo(values.Row(x));
            }

            _tables[head] = MatrixProduct.Multiply(values, new Matrix(width, map.Columns, map.RowBlock(head * width, width).ToArray()));
        }
    }

    /// <summary>row += z'(a, b) M.</summary>
    /// <param name="a">The first token.</param>
    /// <param name="b">The second token.</param>
    /// <param name="weights">w, as <see cref="SymmetricAttention.Place"/> writes it.</param>
    /// <param name="row">float64 [columns].</param>
    public void AddTo(int a, int b, Matrix weights, Span<double> row)
    {
        for (int head = 0; head < _tables.Length; head++)
        {
            MatrixProduct.AddScaled(weights[0, head], _tables[head].Row(a), row);
            MatrixProduct.AddScaled(weights[1, head], _tables[head].Row(b), row);
        }
    }
}
