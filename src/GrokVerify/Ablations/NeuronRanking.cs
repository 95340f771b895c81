using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Ablations;

/// <summary>Orders in which neurons may be kept, the first to be kept first: numbers of neurons, each once; of equals the lower number first.</summary>
internal static class NeuronRanking
{
    /// <summary>By <see cref="Contributions"/>, the largest first.</summary>
    public static int[] ByContribution(NetworkSpectra network) => Descending(Contributions(network));

    /// <summary>By <see cref="Norms"/>, the largest first.</summary>
    public static int[] ByNorm(NetworkSpectra network) => Descending(Norms(network));

    /// <summary>Some random orders, always the same.</summary>
    public static IEnumerable<int[]> AtRandom(int neurons, int count)
    {
        var random = new PythonRandom(0);
        int[] order = [.. Enumerable.Range(0, neurons)];
        for (int draw = 0; draw < count; draw++)
        {
            random.Shuffle(order.AsSpan());
            yield return [.. order];
        }
    }

    /// <summary>
    /// What each neuron adds to the right logit over the mean logit, averaged over all pairs: mean of h (W_L[c] - mean of W_L), c the label. Logits are linear in neurons, so that these numbers, and the same
    /// number of what goes past the MLP, add up to the whole network's; a neuron's mean over pairs counts for nothing in it, since every label is as frequent.
    /// </summary>
    /// <returns>float64 [d_mlp].</returns>
    public static double[] Contributions(NetworkSpectra network)
    {
        int p = network.Task.Prime;
        Matrix activations = network.Activations.PostActivations;
        var byLabel = new Matrix(p, activations.Columns);
        for (int pair = 0; pair < activations.Rows; pair++)
        {
            Span<double> row = byLabel.Row(network.Task.Labels[pair]);
            TensorPrimitives.Add(row, activations.Row(pair), row);
        }

        double[] contributions = new double[activations.Columns];
        for (int neuron = 0; neuron < contributions.Length; neuron++)
        {
            ReadOnlySpan<double> written = network.Activations.Forward.NeuronLogitMap.Row(neuron)[..p];
            double mean = LaneSum.Of(written) / p;
            double sum = 0;
            for (int c = 0; c < p; c++)
            {
                sum += byLabel[c, neuron] * (written[c] - mean);
            }

            contributions[neuron] = sum / activations.Rows;
        }

        return contributions;
    }

    /// <summary>Norm of what a neuron reads with times norm of what it writes with. The product alone means something: a ReLU's input may be scaled up and its output down by as much.</summary>
    /// <returns>float64 [d_mlp].</returns>
    public static double[] Norms(NetworkSpectra network)
    {
        int width = network.Weights.Config.DModel;
        int neurons = network.Weights.Config.DMlp;
        Matrix read = Matrix.FromWeights(network.Weights["W_in"], width, neurons).Transpose();
        Matrix written = Matrix.FromWeights(network.Weights["W_out"], neurons, width);
        return [.. Enumerable.Range(0, neurons).Select(neuron => TensorPrimitives.Norm<double>(read.Row(neuron)) * TensorPrimitives.Norm<double>(written.Row(neuron)))];
    }

    private static int[] Descending(double[] values) => [.. Enumerable.Range(0, values.Length).OrderByDescending(neuron => values[neuron])];
}
