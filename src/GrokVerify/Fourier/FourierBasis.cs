using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Fourier;

/// <summary>
/// The real Fourier basis over the integers modulo p. Rows: F0 = 1/sqrt(p); F(2k-1)[j] = cos(w_k j) sqrt(2/p);
/// F(2k)[j] = sin(w_k j) sqrt(2/p); w_k = 2 pi k / p, k = 1..(p-1)/2. Orthonormal.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4.1, with the row order of the authors' released code.</remarks>
internal sealed class FourierBasis
{
    private readonly double[] _cosines;
    private readonly double[] _sines;

    /// <param name="prime">The modulus p, an odd prime from 5 to 257.</param>
    /// <exception cref="ArgumentException">p is even (the basis would need an alternating row), not prime, or out of range.</exception>
    public FourierBasis(int prime)
    {
        ModularTask.RequirePrime(prime);
        Prime = prime;
        _cosines = new double[prime];
        _sines = new double[prime];
        for (int j = 0; j < prime; j++)
        {
            (_sines[j], _cosines[j]) = double.SinCosPi(2.0 * j / prime);
        }

        Rows = new Matrix(prime, prime);
        double scale = Math.Sqrt(2.0 / prime);
        for (int j = 0; j < prime; j++)
        {
            Rows[0, j] = 1 / Math.Sqrt(prime);
            for (int k = 1; k <= FrequencyCount; k++)
            {
                Rows[CosineRow(k), j] = scale * Cosine(k, j);
                Rows[SineRow(k), j] = scale * Sine(k, j);
            }
        }
    }

    /// <summary>The modulus p.</summary>
    public int Prime { get; }

    /// <summary>(p - 1) / 2: the frequencies are 1..FrequencyCount.</summary>
    public int FrequencyCount => (Prime - 1) / 2;

    /// <summary>The orthonormal basis, one vector a row: float64 [p, p].</summary>
    public Matrix Rows { get; }

    /// <summary>The row of cos(w_k j).</summary>
    public static int CosineRow(int frequency) => (2 * frequency) - 1;

    /// <summary>The row of sin(w_k j).</summary>
    public static int SineRow(int frequency) => 2 * frequency;

    /// <summary>cos(w_k j), any integer j; the angle is reduced exactly.</summary>
    public double Cosine(int frequency, int j) => _cosines[Reduce(frequency, j)];

    /// <summary>sin(w_k j), any integer j; the angle is reduced exactly.</summary>
    public double Sine(int frequency, int j) => _sines[Reduce(frequency, j)];

    /// <summary>Coefficients along the row axis: F X, float64 [p, columns].</summary>
    /// <param name="rows">float64 [p, columns].</param>
    public Matrix Transform(Matrix rows) => MatrixProduct.Multiply(Rows, rows);

    /// <exception cref="ArgumentException">A frequency is not in 1..(p-1)/2, or stands twice.</exception>
    public void RequireFrequencies(IReadOnlyList<int> frequencies)
    {
        foreach (int frequency in frequencies)
        {
            if (frequency < 1 || frequency > FrequencyCount)
            {
                throw new ArgumentException($"frequency {frequency} is out of range: for p = {Prime} give one from 1 to {FrequencyCount}", nameof(frequencies));
            }
        }

        if (frequencies.Distinct().Count() != frequencies.Count)
        {
            throw new ArgumentException("a frequency stands twice: give each once", nameof(frequencies));
        }
    }

    private int Reduce(int frequency, int j) => (int)((((long)frequency * j % Prime) + Prime) % Prime);
}
