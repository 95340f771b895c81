using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>
/// The whole network in closed form. Each neuron of a key frequency k is a constant and four waves, cos of w_k a, w_k b, w_k(a + b) and w_k(a - b) with an amplitude and a phase
/// each, and writes one wave on the logits, cos of w_k c with an amplitude and a phase; the logits are the sum over these neurons of product of both. Embedding,
/// attention, skip connections, biases and the neurons of other frequencies are gone.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 section 4, where each part is replaced by itself.</remarks>
internal static class ClosedForm
{
    /// <summary>A constant, four amplitudes and phases read, one amplitude and phase written.</summary>
    private const int NumbersOfNeuron = 11;

    /// <summary>Loss over p classes and accuracy on all pairs.</summary>
    /// <param name="network">The network whose waves are taken.</param>
    /// <param name="frequencies">The key frequencies, at least one.</param>
    public static LossAndAccuracy Of(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        network.Basis.RequireFrequencies(frequencies);
        NeuronSpectra neurons = network.Neurons;
        int p = network.Task.Prime;
        RowFiller polynomials = neurons.Spectrum.Projection(neuron => [neurons.Frequencies[neuron]]);
        Matrix read = new(p * p, neurons.Frequencies.Count);
        MatrixProduct.ForRowBlocks(read.Rows, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                polynomials(pair, read.Row(pair));
            }
        });
        return AblatedLoss.OfLogits(network, MatrixProduct.Multiply(read, Written(network, frequencies)));
    }

    /// <summary>How many numbers the closed form has: 11 for each neuron whose frequency is a key frequency.</summary>
    public static int NumberCount(NeuronSpectra neurons, IReadOnlyList<int> frequencies) => NumbersOfNeuron * neurons.Frequencies.Count(frequencies.Contains);

    /// <summary>The waves that the neurons write on the logits, zero for a neuron of no key frequency: float64 [d_mlp, p].</summary>
    private static Matrix Written(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        Matrix coefficients = network.NeuronLogitMap.Coefficients;
        var written = new Matrix(coefficients.Columns, network.Task.Prime);
        for (int neuron = 0; neuron < written.Rows; neuron++)
        {
            int k = network.Neurons.Frequencies[neuron];
            for (int c = 0; frequencies.Contains(k) && c < written.Columns; c++)
            {
                int cosine = FourierBasis.CosineRow(k);
                int sine = FourierBasis.SineRow(k);
                written[neuron, c] = (coefficients[cosine, neuron] * network.Basis.Rows[cosine, c]) + (coefficients[sine, neuron] * network.Basis.Rows[sine, c]);
            }
        }

        return written;
    }
}
