using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// What attention makes of waves of one frequency: for each head a map from the table of what it writes for each of its 2p + 1 inputs to the nine coefficients of {1, cos w_k a, sin w_k a} x {1, cos w_k b, sin w_k b}
/// of what it writes for the pairs. The attention pattern enters by the table of scores, without approximation; what is left out is every other frequency.
/// </summary>
internal sealed class PatternWaves
{
    private const int Waves = 3;
    private readonly Matrix[] _maps;

    /// <param name="basis">The basis of p.</param>
    /// <param name="pattern">Attention to a, b, "=": float64 [p * p, heads * 3].</param>
    /// <param name="frequency">k.</param>
    public PatternWaves(FourierBasis basis, Matrix pattern, int frequency)
    {
        int p = basis.Prime;
        double[] Wave(int x) => [1, basis.Cosine(frequency, x), basis.Sine(frequency, x)];
        double[][] waves = [.. Enumerable.Range(0, p).Select(Wave)];
        _maps = new Matrix[pattern.Columns / 3];
        for (int head = 0; head < _maps.Length; head++)
        {
            Matrix map = _maps[head] = new Matrix(Waves * Waves, (2 * p) + 1);
            for (int pair = 0; pair < pattern.Rows; pair++)
            {
                (int a, int b) = (pair / p, pair % p);
                ReadOnlySpan<double> attention = pattern.Row(pair).Slice(3 * head, 3);
                for (int term = 0; term < map.Rows; term++)
                {
                    double wave = waves[a][term / Waves] * waves[b][term % Waves];
                    map[term, a] += wave * attention[0];
                    map[term, p + b] += wave * attention[1];
                    map[term, 2 * p] += wave * attention[2];
                }
            }

            for (int term = 0; term < map.Rows; term++)
            {
                // The mean square of a product of waves is 1, 1/2 or 1/4.
                double scale = (term / Waves == 0 ? 1.0 : 2.0) * (term % Waves == 0 ? 1.0 : 2.0) / pattern.Rows;
                foreach (ref double value in map.Row(term))
                {
                    value *= scale;
                }
            }
        }
    }

    /// <summary>The nine coefficients of what all heads write together: float64 [9, columns], row 3i + j for wave i of a and wave j of b.</summary>
    /// <param name="tables">Of each head, what it writes: float64 [2p + 1, columns].</param>
    public Matrix Of(IReadOnlyList<Matrix> tables)
    {
        var sum = new Matrix(Waves * Waves, tables[0].Columns);
        for (int head = 0; head < _maps.Length; head++)
        {
            MatrixProduct.Accumulate(_maps[head].Values, new ColumnPanels(tables[head]), sum.Values);
        }

        return sum;
    }
}
