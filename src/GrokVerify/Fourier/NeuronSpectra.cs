using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// How well each MLP neuron is described by one frequency. FVE of neuron n by k: the power of the eight coefficients
/// {1, cos_k, sin_k} x {1, cos_k, sin_k} less (1, 1), over the total power of its activations centred over the pairs.
/// A neuron's frequency is the k of the largest FVE, k = 1..(p-1)/2, the lowest where several are equal.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4.3; "0.85" is the paper's cut for a neuron that belongs to its frequency.</remarks>
internal sealed class NeuronSpectra
{
    /// <summary>The paper's cut.</summary>
    public const double PureNeuron = 0.85;

    private NeuronSpectra(int[] frequencies, double[] fractions, PairGridSpectrum spectrum)
    {
        Frequencies = frequencies;
        Fractions = fractions;
        Spectrum = spectrum;
    }

    /// <summary>Each neuron's frequency: [d_mlp]; 1 for a neuron that is constant.</summary>
    public IReadOnlyList<int> Frequencies { get; }

    /// <summary>Each neuron's FVE by its frequency: [d_mlp], 0..1; 0 for a neuron that is constant.</summary>
    public IReadOnlyList<double> Fractions { get; }

    /// <summary>Number of neurons with an FVE above 0.85.</summary>
    public int PureCount => Fractions.Count(fraction => fraction > PureNeuron);

    /// <summary>The spectrum that the numbers were read from.</summary>
    internal PairGridSpectrum Spectrum { get; }

    /// <param name="basis">The basis of p.</param>
    /// <param name="activations">MLP activations after the ReLU, float64 [p * p, d_mlp].</param>
    public static NeuronSpectra Of(FourierBasis basis, Matrix activations)
    {
        var sums = new PairGridSums(basis.Prime, activations, activations.Columns);
        var spectrum = new PairGridSpectrum(basis, sums);
        double[] total = CentredPower.Of(activations, sums);
        int[] frequencies = new int[activations.Columns];
        double[] fractions = new double[activations.Columns];
        for (int neuron = 0; neuron < fractions.Length; neuron++)
        {
            (frequencies[neuron], double power) = spectrum.Strongest(neuron, spectrum.Power);
            fractions[neuron] = total[neuron] == 0 ? 0 : power / total[neuron];
        }

        return new NeuronSpectra(frequencies, fractions, spectrum);
    }
}
