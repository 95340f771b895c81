using GrokVerify.ForwardPass;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// How well each head's attention from "=" to a is described by one frequency: FVE by cos, sin of w_k a and w_k b, the linear form of
/// the paper's sigmoid(alpha(cos w_k a - cos w_k b) + beta(sin w_k a - sin w_k b)).
/// </summary>
/// <remarks>Source: arXiv 2301.05217 appendix C.1.3, table 2.</remarks>
internal sealed class AttentionSpectra
{
    private AttentionSpectra(int[] frequencies, double[] fractions, PairGridSpectrum spectrum)
    {
        Frequencies = frequencies;
        Fractions = fractions;
        Spectrum = spectrum;
    }

    /// <summary>Each head's frequency: [heads].</summary>
    public IReadOnlyList<int> Frequencies { get; }

    /// <summary>FVE of each head's attention to a by its frequency: [heads], 0..1; 0 for a constant pattern.</summary>
    public IReadOnlyList<double> Fractions { get; }

    internal PairGridSpectrum Spectrum { get; }

    /// <param name="basis">The basis of p.</param>
    /// <param name="pattern">float64 [p * p, heads * 3], as <see cref="FactoredForward.AttentionPattern"/>.</param>
    public static AttentionSpectra Of(FourierBasis basis, Matrix pattern)
    {
        var sums = new PairGridSums(basis.Prime, pattern, pattern.Columns);
        var spectrum = new PairGridSpectrum(basis, sums);
        double[] total = CentredPower.Of(pattern, sums);
        int[] frequencies = new int[pattern.Columns / 3];
        double[] fractions = new double[frequencies.Length];
        for (int head = 0; head < fractions.Length; head++)
        {
            (frequencies[head], double power) = spectrum.Strongest(3 * head, spectrum.DegreeOnePower);
            fractions[head] = total[3 * head] == 0 ? 0 : power / total[3 * head];
        }

        return new AttentionSpectra(frequencies, fractions, spectrum);
    }
}
