namespace GrokVerify.Fourier;

/// <summary>
/// The key frequencies K of a network, found in its alpha spectrum: sort |alpha_k| downwards; K are those above the largest ratio
/// of neighbours |alpha_(i)| / |alpha_(i+1)|, i = 1..12. That ratio is the spectral contrast. Below a contrast of 2 there is no key set.
/// </summary>
/// <remarks>
/// The set is that of arXiv 2301.05217 section 4.1; the paper gives no numeric rule, this one is the project's.
/// A denominator below 2^-52 of the largest |alpha| is rounding and counts as that much, so that the contrast is finite (at most 4.5e15). Where the largest |alpha| itself is no more than the rounding of the
/// logits it is read from, there is no key set.
/// </remarks>
public sealed record KeyFrequencies
{
    /// <summary>Below this contrast no key set exists.</summary>
    public const double LeastContrast = 2;

    private const int MostFrequencies = 12;
    private const double Rounding = 1.0 / (1L << 52);

    private readonly bool _isRounding;

    private KeyFrequencies(IReadOnlyList<int> frequencies, double contrast, bool isRounding = false)
    {
        _isRounding = isRounding;
        Frequencies = frequencies;
        Contrast = contrast;
    }

    /// <summary>K, ascending; empty when there is no key set.</summary>
    public IReadOnlyList<int> Frequencies { get; }

    /// <summary>Spectral contrast, at least 1; 1 for a spectrum of zeros, or of rounding.</summary>
    public double Contrast { get; }

    /// <summary>True when a key set exists.</summary>
    public bool Exist => Frequencies.Count > 0;

    /// <summary>Why there is no key set; null when there is one.</summary>
    public string? AbsenceReason => Exist ? null
        : _isRounding ? "no key frequencies: nothing in the logits goes with cos(w_k(a+b-c)), beyond rounding"
        : FormattableString.Invariant($"no key frequencies: the spectral contrast is {Contrast:0.###}, below {LeastContrast:0}");

    /// <summary>A key set given from outside, to see what another one would say.</summary>
    /// <param name="alpha">alpha_1 .. alpha_((p-1)/2).</param>
    /// <param name="frequencies">From 1 to (p-1)/2, at least one and not all.</param>
    /// <returns>Its contrast is the least |alpha_k| in the set over the largest outside it: below 1 for a set that the spectrum does not single out.</returns>
    internal static KeyFrequencies Given(IReadOnlyList<double> alpha, IReadOnlyCollection<int> frequencies)
    {
        double inside = frequencies.Min(k => Math.Abs(alpha[k - 1]));
        double outside = Enumerable.Range(1, alpha.Count).Except(frequencies).Max(k => Math.Abs(alpha[k - 1]));
        return new KeyFrequencies([.. frequencies.Order()], inside / outside);
    }

    /// <summary>Finds K in a spectrum.</summary>
    internal static KeyFrequencies In(AlphaSpectrum spectrum) => In(spectrum.Values, spectrum.Rounding);

    /// <param name="alpha">alpha_1 .. alpha_((p-1)/2).</param>
    /// <param name="rounding">Up to here an alpha may be rounding.</param>
    internal static KeyFrequencies In(IReadOnlyList<double> alpha, double rounding = 0)
    {
        int[] order = [.. Enumerable.Range(0, alpha.Count).OrderByDescending(i => Math.Abs(alpha[i]))];
        double floor = Math.Abs(alpha[order[0]]) * Rounding;
        if (floor == 0 || Math.Abs(alpha[order[0]]) <= rounding)
        {
            return new KeyFrequencies([], 1, isRounding: rounding > 0);
        }

        double contrast = 0;
        int count = 0;
        for (int i = 1; i <= MostFrequencies && i < order.Length; i++)
        {
            double ratio = Math.Abs(alpha[order[i - 1]]) / Math.Max(Math.Abs(alpha[order[i]]), floor);
            if (ratio > contrast)
            {
                (contrast, count) = (ratio, i);
            }
        }

        int[] key = contrast < LeastContrast ? [] : [.. order[..count].Select(i => i + 1).Order()];
        return new KeyFrequencies(key, contrast);
    }
}
