using System.Numerics.Tensors;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Model;
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
    /// <summary>In a, b, a + b and a - b.</summary>
    private const int Waves = 4;

    /// <summary>A constant, four amplitudes and phases read, one amplitude and phase written.</summary>
    private const int NumbersOfNeuron = 11;

    /// <summary>Loss over p classes and accuracy on all pairs.</summary>
    /// <param name="network">The network whose waves are taken.</param>
    /// <param name="frequencies">The key frequencies, at least one.</param>
    public static LossAndAccuracy Of(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        network.Basis.RequireFrequencies(frequencies);
        NeuronSpectra neurons = network.Neurons;
        return Of(network, neurons.Spectrum.Projection(neuron => [neurons.Frequencies[neuron]]), Written(network, frequencies));
    }

    /// <summary>The same with all its numbers drawn at random, standard normal and always the same: what the form alone can do.</summary>
    /// <inheritdoc cref="Of(NetworkSpectra, IReadOnlyList{int})" path="/param"/>
    public static LossAndAccuracy AtRandom(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        network.Basis.RequireFrequencies(frequencies);
        IReadOnlyList<int> neurons = network.Neurons.Frequencies;
        int p = network.Task.Prime;
        double[] numbers = new TorchRandom(0).Normal(NumbersOfNeuron * neurons.Count);
        double Wave(int neuron, int number, int position)
        {
            int k = neurons[neuron];
            return (numbers[(NumbersOfNeuron * neuron) + number] * network.Basis.Rows[FourierBasis.CosineRow(k), position])
                + (numbers[(NumbersOfNeuron * neuron) + number + 1] * network.Basis.Rows[FourierBasis.SineRow(k), position]);
        }

        var lines = new Matrix[Waves];
        for (int wave = 0; wave < Waves; wave++)
        {
            lines[wave] = new Matrix(p, neurons.Count);
            for (int position = 0; position < p; position++)
            {
                for (int neuron = 0; neuron < neurons.Count; neuron++)
                {
                    lines[wave][position, neuron] = Wave(neuron, 2 * wave, position);
                }
            }
        }

        var written = new Matrix(neurons.Count, p);
        for (int neuron = 0; neuron < neurons.Count; neuron++)
        {
            for (int c = 0; frequencies.Contains(neurons[neuron]) && c < p; c++)
            {
                written[neuron, c] = Wave(neuron, 2 * Waves, c);
            }
        }

        return Of(
            network,
            (pair, row) =>
            {
                for (int neuron = 0; neuron < row.Length; neuron++)
                {
                    row[neuron] = numbers[(NumbersOfNeuron * (neuron + 1)) - 1];
                }

                for (int wave = 0; wave < Waves; wave++)
                {
                    TensorPrimitives.Add(row, lines[wave].Row(PairGridSums.LineOf(wave, pair, p)), row);
                }
            },
            written);
    }

    /// <summary>How many numbers the closed form has: 11 for each neuron whose frequency is a key frequency.</summary>
    public static int NumberCount(NeuronSpectra neurons, IReadOnlyList<int> frequencies) => NumbersOfNeuron * neurons.Frequencies.Count(frequencies.Contains);

    private static LossAndAccuracy Of(NetworkSpectra network, RowFiller neurons, Matrix written)
    {
        Matrix read = new(network.Task.Prime * network.Task.Prime, written.Rows);
        MatrixProduct.ForRowBlocks(read.Rows, (first, count) =>
        {
            for (int pair = first; pair < first + count; pair++)
            {
                neurons(pair, read.Row(pair));
            }
        });
        return AblatedLoss.OfLogits(network, MatrixProduct.Multiply(read, written));
    }

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
