using System.Numerics.Tensors;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// The same-frequency part of the two-dimensional Fourier transform of a quantity on the pair grid: for each k the eight
/// coefficients of {1, cos w_k, sin w_k} x {1, cos w_k, sin w_k} less (1, 1), turned into the equivalent orthonormal
/// set cos, sin of w_k a, w_k b, w_k (a + b), w_k (a - b).
/// </summary>
internal sealed class PairGridSpectrum
{
    private const int Families = 4;
    private readonly FourierBasis _basis;
    private readonly PairGridSums _sums;
    private readonly Matrix[] _coefficients;

    public PairGridSpectrum(FourierBasis basis, PairGridSums sums)
    {
        _basis = basis;
        _sums = sums;

        // A basis row spread over the p pairs of each line has norm sqrt(p).
        double scale = 1 / Math.Sqrt(basis.Prime);
        _coefficients = [.. sums.Lines.Select(line =>
        {
            Matrix coefficients = basis.Transform(line);
            TensorPrimitives.Multiply(coefficients.Values, scale, coefficients.Values);
            return coefficients;
        })];
    }

    /// <summary>Number of columns of the quantity.</summary>
    public int Columns => _sums.Mean.Length;

    /// <summary>Sum of the eight squared coefficients of a frequency.</summary>
    public double Power(int frequency, int column)
    {
        double power = 0;
        foreach (Matrix coefficients in _coefficients)
        {
            double cosine = coefficients[FourierBasis.CosineRow(frequency), column];
            double sine = coefficients[FourierBasis.SineRow(frequency), column];
            power += (cosine * cosine) + (sine * sine);
        }

        return power;
    }

    /// <summary>Sum of the four squared coefficients of cos, sin of w_k a and w_k b alone.</summary>
    public double DegreeOnePower(int frequency, int column)
    {
        double power = 0;
        for (int family = 0; family < 2; family++)
        {
            double cosine = _coefficients[family][FourierBasis.CosineRow(frequency), column];
            double sine = _coefficients[family][FourierBasis.SineRow(frequency), column];
            power += (cosine * cosine) + (sine * sine);
        }

        return power;
    }

    /// <summary>The frequency of the largest power, the lowest where several are equal, and that power.</summary>
    public (int Frequency, double Power) Strongest(int column, Func<int, int, double> power)
    {
        (int Frequency, double Power) strongest = (1, power(1, column));
        for (int k = 2; k <= _basis.FrequencyCount; k++)
        {
            double candidate = power(k, column);
            if (candidate > strongest.Power)
            {
                strongest = (k, candidate);
            }
        }

        return strongest;
    }

    /// <summary>The orthogonal projection of every column on the constant and the eight directions of some frequencies.</summary>
    /// <param name="frequencies">Column to frequencies, each in 1..(p-1)/2.</param>
    public RowFiller Projection(Func<int, IReadOnlyList<int>> frequencies) => Synthesis(frequencies, Families);

    /// <summary>The orthogonal projection of every column on the constant and cos, sin of w_k a and w_k b: the best sum of a function of a and one of b.</summary>
    /// <param name="frequencies">Column to frequencies, each in 1..(p-1)/2.</param>
    public RowFiller DegreeOneProjection(Func<int, IReadOnlyList<int>> frequencies) => Synthesis(frequencies, 2);

    private RowFiller Synthesis(Func<int, IReadOnlyList<int>> frequencies, int families)
    {
        int prime = _basis.Prime;
        double scale = 1 / Math.Sqrt(prime);
        var tables = new Matrix[families];
        for (int family = 0; family < families; family++)
        {
            tables[family] = new Matrix(prime, Columns);
            for (int column = 0; column < Columns; column++)
            {
                foreach (int k in frequencies(column))
                {
                    double cosine = _coefficients[family][FourierBasis.CosineRow(k), column] * scale;
                    double sine = _coefficients[family][FourierBasis.SineRow(k), column] * scale;
                    for (int line = 0; line < prime; line++)
                    {
                        tables[family][line, column] += (cosine * _basis.Rows[FourierBasis.CosineRow(k), line]) + (sine * _basis.Rows[FourierBasis.SineRow(k), line]);
                    }
                }
            }
        }

        return (pair, row) =>
        {
            _sums.Mean.CopyTo(row);
            for (int family = 0; family < families; family++)
            {
                TensorPrimitives.Add(row, tables[family].Row(PairGridSums.LineOf(family, pair, prime)), row);
            }
        };
    }
}
