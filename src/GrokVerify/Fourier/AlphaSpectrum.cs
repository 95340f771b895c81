using System.Numerics.Tensors;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// alpha_k: the coefficient of cos(w_k(a+b-c)) in the orthogonal projection of the logits, each row centred over c first:
/// alpha_k = 2/p^3 * sum over a, b, c of L[(a,b),c] cos(w_k(a+b-c)). The "=" class is left out.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4.2 (equation for the logits as a weighted sum of cosines).</remarks>
internal sealed class AlphaSpectrum
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    private readonly double[] _values;
    private readonly double _centredPower;
    private readonly int _prime;

    private AlphaSpectrum(int prime, double[] values, double centredPower, double rounding)
    {
        _prime = prime;
        _values = values;
        _centredPower = centredPower;
        Rounding = rounding;
    }

    /// <summary>
    /// What rounding alone may make of any alpha: 4 p 2^-53 times the largest |logit|. A sum of p^2 logits of one offset, p at a time, is off by at most 2 p 2^-53 of p^2 times that, and alpha is 2/p^3 times
    /// the sum of p of them.
    /// </summary>
    public double Rounding { get; }

    /// <summary>alpha_1 .. alpha_((p-1)/2), in logit units.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>alpha_k, k = 1..(p-1)/2.</summary>
    public double this[int frequency] => _values[frequency - 1];

    /// <param name="basis">The basis of p.</param>
    /// <param name="logits">float64 [p * p, p or more].</param>
    /// <param name="sums">The sums of the first p columns of <paramref name="logits"/>.</param>
    public static AlphaSpectrum Of(FourierBasis basis, Matrix logits, PairGridSums sums)
    {
        int p = basis.Prime;
        double[] byOffset = new double[p];
        for (int s = 0; s < p; s++)
        {
            for (int c = 0; c < p; c++)
            {
                byOffset[(s - c + p) % p] += sums.SumLine[s, c];
            }
        }

        // The cosine sums to zero over c, so that centring the rows would not change alpha; centring the p sums keeps rounding small.
        double mean = byOffset.Sum() / p;
        double[] alpha = new double[basis.FrequencyCount];
        for (int k = 1; k <= alpha.Length; k++)
        {
            for (int d = 0; d < p; d++)
            {
                alpha[k - 1] += (byOffset[d] - mean) * basis.Cosine(k, d);
            }

            alpha[k - 1] *= 2.0 / p / p / p;
        }

        double largest = TensorPrimitives.MaxMagnitude<double>(logits.Values);
        return new AlphaSpectrum(p, alpha, CentredPower(logits, p), 4 * p * UnitRoundoff * Math.Abs(largest));
    }

    /// <summary>
    /// Logit FVE, the fraction of variance explained: 1 - ||L' - sum over K of alpha_k cos(w_k(a+b-c))||^2 / ||L'||^2, L' the row-centred logits.
    /// The cosines are orthogonal with squared norm p^3 / 2, so it equals the sum of their powers over that of L'. From 0 to 1; 0 when L' is zero.
    /// </summary>
    public double FractionOfVarianceExplained(IReadOnlyList<int> frequencies) => FractionOfVarianceExplained(frequencies, k => this[k]);

    /// <summary>The same with other coefficients x_k in the place of alpha_k: at most that with alpha, below 0 where they are further from the logits than zero is.</summary>
    /// <param name="frequencies">K.</param>
    /// <param name="coefficient">x_k.</param>
    public double FractionOfVarianceExplained(IReadOnlyList<int> frequencies, Func<int, double> coefficient)
    {
        if (_centredPower == 0)
        {
            return 0;
        }

        double squares = frequencies.Sum(k => coefficient(k) * ((2 * this[k]) - coefficient(k)));
        return squares * _prime * _prime * _prime / 2 / _centredPower;
    }

    /// <summary>
    /// The same on some of the pairs, with the same alpha, which is fitted on all: 1 - sum of ||L' - sum over K of alpha_k cos(w_k(a+b-c))||^2 over that of ||L'||^2, both over these pairs. At most 1; below 0 where
    /// the cosines are further from the logits than zero is; 0 when L' is zero.
    /// </summary>
    /// <param name="frequencies">K.</param>
    /// <param name="logits">Those that alpha was read from.</param>
    /// <param name="pairs">Pair indices, a * p + b.</param>
    public double FractionOfVarianceExplained(IReadOnlyList<int> frequencies, PairLogits logits, ReadOnlySpan<int> pairs)
    {
        // From element p - 1 - s on lie the cosines' sums at s - c, c = 0, 1, ...: what is subtracted from the row of a pair with a + b = s, in one piece.
        double[] fitted = [.. Enumerable.Range(0, 2 * _prime).Select(i => frequencies.Sum(k => this[k] * logits.Basis.Cosine(k, _prime - 1 - i)))];
        double power = 0;
        double rest = 0;
        double[] residual = new double[_prime];
        foreach (int pair in pairs)
        {
            ReadOnlySpan<double> row = logits.Values.Row(pair)[.._prime];
            int sum = PairGridSums.LineOf(2, pair, _prime);
            TensorPrimitives.Subtract(row, fitted.AsSpan(_prime - 1 - sum, _prime), residual);
            power += LaneSum.OfSquaredDeviations(row);
            rest += LaneSum.OfSquaredDeviations(residual);
        }

        return power == 0 ? 0 : 1 - (rest / power);
    }

    private static double CentredPower(Matrix logits, int classes)
    {
        double[] powers = new double[logits.Rows];
        MatrixProduct.ForRowBlocks(logits.Rows, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                powers[pair] = LaneSum.OfSquaredDeviations(logits.Row(pair)[..classes]);
            }
        });
        return powers.Sum();
    }
}
