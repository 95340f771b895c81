using GrokVerify.ForwardPass;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// The waves of a network as they follow from its weights, without the activations on any pair: of each neuron the frequency k of the strongest waves that it gets from W_E, W_pos, W_V, W_O and W_in, the nine
/// coefficients of that frequency before the ReLU, the wave in w_k(a + b) that the ReLU's own series makes of them, and the wave of w_k c in W_L; and the alpha_k that follow, the direct path included.
/// </summary>
internal sealed class DerivedWaves
{
    /// <param name="network">A network of one layer with an MLP, and the paper's attention.</param>
    public DerivedWaves(NetworkSpectra network)
    {
        FourierBasis basis = network.Basis;
        FactoredForward forward = network.Activations.Forward;
        Matrix pattern = network.Activations.AttentionPattern;
        double[] constant = forward.NeuronConstant(network.Activations.Residual);
        int[] frequencies = OwnFrequencies(basis, pattern, forward.NeuronTables);
        double[] alpha = new double[basis.FrequencyCount];
        Neurons = new NeuronWave[constant.Length];
        Parallel.For(1, basis.FrequencyCount + 1, k =>
        {
            var attention = new PatternWaves(basis, pattern, k);
            alpha[k - 1] = DirectPath(basis, attention.Of(forward.LogitTables), k);
            Matrix coefficients = attention.Of(forward.NeuronTables);
            double[] waves = new double[coefficients.Rows];
            for (int neuron = 0; neuron < constant.Length; neuron++)
            {
                if (frequencies[neuron] != k)
                {
                    continue;
                }

                for (int term = 0; term < waves.Length; term++)
                {
                    waves[term] = coefficients[term, neuron] + (term == 0 ? constant[neuron] : 0);
                }

                (double cosine, double sine) = ReluSeries.SumWave(waves);
                Matrix written = network.NeuronLogitMap.Coefficients;
                double scale = Math.Sqrt(2.0 / basis.Prime);
                var wave = new NeuronWave(
                    k, Math.Atan2(-waves[6], waves[3]), Math.Atan2(-waves[2], waves[1]), (cosine, sine),
                    (scale * written[FourierBasis.CosineRow(k), neuron], scale * written[FourierBasis.SineRow(k), neuron]));
                Neurons[neuron] = wave;
                alpha[k - 1] += wave.Alpha;
            }
        });
        Alpha = alpha;
    }

    /// <summary>The neurons: [d_mlp].</summary>
    public NeuronWave[] Neurons { get; }

    /// <summary>The alpha_k that follow, k = 1..(p-1)/2.</summary>
    public IReadOnlyList<double> Alpha { get; }

    /// <summary>The frequency of the strongest waves in a and in b, with the heads' mean attention.</summary>
    private static int[] OwnFrequencies(FourierBasis basis, Matrix pattern, IReadOnlyList<Matrix> tables)
    {
        int p = basis.Prime;
        int neurons = tables[0].Columns;
        Matrix[] read = [new Matrix(p, neurons), new Matrix(p, neurons)];
        for (int head = 0; head < tables.Count; head++)
        {
            for (int position = 0; position < read.Length; position++)
            {
                double mean = Enumerable.Range(0, pattern.Rows).Average(pair => pattern[pair, (3 * head) + position]);
                for (int x = 0; x < p; x++)
                {
                    MatrixProduct.AddScaled(mean, tables[head].Row((position * p) + x), read[position].Row(x));
                }
            }
        }

        Matrix[] spectra = [.. read.Select(basis.Transform)];
        return [.. Enumerable.Range(0, neurons).Select(neuron => Enumerable.Range(1, basis.FrequencyCount).MaxBy(k => spectra.Sum(spectrum =>
        {
            double cosine = spectrum[FourierBasis.CosineRow(k), neuron];
            double sine = spectrum[FourierBasis.SineRow(k), neuron];
            return (cosine * cosine) + (sine * sine);
        })))];
    }

    /// <summary>The coefficient of cos(w_k(a + b - c)) in what passes the MLP by.</summary>
    private static double DirectPath(FourierBasis basis, Matrix coefficients, int frequency)
    {
        double alpha = 0;
        for (int c = 0; c < basis.Prime; c++)
        {
            alpha += ((coefficients[4, c] - coefficients[8, c]) * basis.Cosine(frequency, c)) + ((coefficients[7, c] + coefficients[5, c]) * basis.Sine(frequency, c));
        }

        return alpha / (2 * basis.Prime);
    }
}
