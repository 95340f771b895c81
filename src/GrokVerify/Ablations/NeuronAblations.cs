using System.Numerics.Tensors;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>Interventions on the MLP's activations. Source: arXiv 2301.05217 section 4.4.</summary>
internal static class NeuronAblations
{
    /// <summary>A vector of which the others leave less than this is rounding: about 1e3 terms of 2^-53 each.</summary>
    private const double Dependent = 1e-12;

    /// <summary>Replaces each neuron of FVE above 0.85 by its projection on {1, cos, sin} x {1, cos, sin} of its own frequency: its best trigonometric polynomial of degree 2.</summary>
    public static LossAndAccuracy Polynomials(NetworkSpectra network) =>
        WithPureNeurons(network, network.Neurons.Spectrum.Projection(neuron => [network.Neurons.Frequencies[neuron]]));

    /// <summary>Replaces the same neurons by their means over all pairs: what is left when they compute nothing.</summary>
    public static LossAndAccuracy PureMean(NetworkSpectra network)
    {
        Matrix activations = network.Activations.PostActivations;
        double[] means = new double[activations.Columns];
        for (int pair = 0; pair < activations.Rows; pair++)
        {
            TensorPrimitives.Add(means, activations.Row(pair), means);
        }

        TensorPrimitives.Divide(means, activations.Rows, means);
        return WithPureNeurons(network, (_, row) => means.CopyTo(row));
    }

    /// <summary>
    /// Splits the activations along the 2|K| directions u_k, v_k of W_L, the neuron weights of the logit directions cos(w_k c), sin(w_k c):
    /// only the part in their span, and only the part orthogonal to it (the null space of the key part of W_L).
    /// </summary>
    public static (LossAndAccuracy KeyDirectionsOnly, LossAndAccuracy KeyDirectionsRemoved) KeyDirections(NetworkSpectra network, IReadOnlyList<int> frequencies)
    {
        network.Basis.RequireFrequencies(frequencies);
        Matrix directions = OrthonormalRows(frequencies.SelectMany(k => new[] { FourierBasis.CosineRow(k), FourierBasis.SineRow(k) })
            .Select(row => network.NeuronLogitMap.Coefficients.Row(row).ToArray()), network.Weights.Config.DMlp);
        Matrix coefficients = MatrixProduct.Multiply(network.Activations.PostActivations, directions.Transpose());
        Matrix inSpan = MatrixProduct.Multiply(coefficients, MatrixProduct.Multiply(directions, network.Activations.Forward.NeuronLogitMap));
        return (
            AblatedLoss.OfMlpLogits(network, (first, count, rows) =>
            {
                inSpan.RowBlock(first, count).CopyTo(rows);
                for (int i = 0; i < count; i++)
                {
                    Span<double> row = rows.Slice(i * inSpan.Columns, inSpan.Columns);
                    TensorPrimitives.Add(row, network.Activations.Forward.OutputBiasLogits, row);
                }
            }),
            AblatedLoss.OfMlpLogits(network, (first, count, rows) =>
                TensorPrimitives.Subtract(network.Activations.MlpLogits.RowBlock(first, count), inSpan.RowBlock(first, count), rows)));
    }

    private static LossAndAccuracy WithPureNeurons(NetworkSpectra network, RowFiller others)
    {
        Matrix activations = network.Activations.PostActivations;
        bool[] replaced = [.. network.Neurons.Fractions.Select(fraction => fraction > NeuronSpectra.PureNeuron)];
        return AblatedLoss.OfMlpLogits(network, network.Activations.Forward.MlpLogits((pair, row) =>
        {
            others(pair, row);
            ReadOnlySpan<double> whole = activations.Row(pair);
            for (int neuron = 0; neuron < row.Length; neuron++)
            {
                row[neuron] = replaced[neuron] ? row[neuron] : whole[neuron];
            }
        }));
    }

    /// <summary>Gram-Schmidt, each vector twice ("twice is enough", Kahan and Parlett); a vector that the others span is left out.</summary>
    private static Matrix OrthonormalRows(IEnumerable<double[]> vectors, int length)
    {
        var rows = new List<double[]>();
        foreach (double[] vector in vectors)
        {
            double before = Norm(vector);
            double[] rest = vector;
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (double[] row in rows)
                {
                    MatrixProduct.AddScaled(-row.Zip(rest, (x, y) => x * y).Sum(), row, rest);
                }
            }

            double norm = Norm(rest);
            if (norm > Dependent * before)
            {
                rows.Add([.. rest.Select(value => value / norm)]);
            }
        }

        return new Matrix(rows.Count, length, [.. rows.SelectMany(row => row)]);
    }

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(value => value * value));
}
