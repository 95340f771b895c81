using System.Numerics.Tensors;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>A network of which some neurons are kept and the others taken out, without training on.</summary>
internal static class KeptNeurons
{
    /// <summary>Accuracy on all pairs with the first k neurons of an order, for every k: logits are linear in neurons, so that each neuron is one row more.</summary>
    /// <param name="network">A network of one layer with an MLP.</param>
    /// <param name="order">Numbers of neurons, each once.</param>
    /// <param name="othersAtMean">Whether a neuron that is taken out leaves its mean over all pairs behind, which an output bias can hold, or zero.</param>
    /// <returns>[neurons of the order + 1], from none to all.</returns>
    public static double[] AccuracyByCount(NetworkSpectra network, IReadOnlyList<int> order, bool othersAtMean)
    {
        int p = network.Task.Prime;
        Matrix activations = network.Activations.PostActivations;
        Matrix written = network.Activations.Forward.NeuronLogitMap;
        double[] means = othersAtMean ? Means(activations) : new double[activations.Columns];
        double[] constant = MatrixProduct.Multiply(means, written);
        TensorPrimitives.Add(constant, network.Activations.Forward.OutputBiasLogits, constant);

        int[] right = new int[order.Count + 1];
        MatrixProduct.ForRowBlocks(activations.Rows, (first, count) =>
        {
            int[] rightHere = new int[right.Length];
            double[] logits = new double[p];
            for (int pair = first; pair < first + count; pair++)
            {
                int label = network.Task.Labels[pair];
                TensorPrimitives.Add(constant.AsSpan(0, p), network.Activations.SkipLogits.Row(pair)[..p], logits);
                bool isRight = FirstLargest.IsAt(label, logits);
                rightHere[0] += isRight ? 1 : 0;
                for (int kept = 0; kept < order.Count; kept++)
                {
                    double change = activations[pair, order[kept]] - means[order[kept]];
                    if (change != 0)
                    {
                        MatrixProduct.AddScaled(change, written.Row(order[kept])[..p], logits);
                        isRight = FirstLargest.IsAt(label, logits);
                    }

                    rightHere[kept + 1] += isRight ? 1 : 0;
                }
            }

            for (int kept = 0; kept < right.Length; kept++)
            {
                Interlocked.Add(ref right[kept], rightHere[kept]);
            }
        });
        return [.. right.Select(count => (double)count / activations.Rows)];
    }

    private static double[] Means(Matrix activations)
    {
        double[] means = new double[activations.Columns];
        for (int pair = 0; pair < activations.Rows; pair++)
        {
            TensorPrimitives.Add(means, activations.Row(pair), means);
        }

        TensorPrimitives.Divide(means, activations.Rows, means);
        return means;
    }
}
