using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// The neurons by the key frequency that they write most of, and what each writes on the logits taken apart: W_L[n, .] = its own wave x_n cos(w_k c) + y_n sin(w_k c), zero at "=", and the rest R[n, .].
/// </summary>
internal sealed class NeuronGroups
{
    private readonly int[] _groups;

    /// <param name="basis">The basis of p.</param>
    /// <param name="frequencies">K, at least one.</param>
    /// <param name="neuronLogitMap">W_L as W_out W_U: float64 [d_mlp, classes].</param>
    public NeuronGroups(FourierBasis basis, IReadOnlyList<int> frequencies, Matrix neuronLogitMap)
    {
        int neurons = neuronLogitMap.Rows;
        Waves = WavesOf(basis, frequencies, neuronLogitMap.Columns);
        Matrix coefficients = MatrixProduct.Multiply(neuronLogitMap, Waves.Transpose());
        int[] strongest = [.. Enumerable.Range(0, neurons).Select(neuron => Enumerable.Range(0, frequencies.Count).MaxBy(
            group => (coefficients[neuron, 2 * group] * coefficients[neuron, 2 * group]) + (coefficients[neuron, (2 * group) + 1] * coefficients[neuron, (2 * group) + 1])))];
        Order = [.. Enumerable.Range(0, neurons).OrderBy(neuron => strongest[neuron])];
        _groups = [.. Order.Select(neuron => strongest[neuron])];
        Starts = [.. Enumerable.Range(0, frequencies.Count + 1).Select(group => _groups.Count(other => other < group))];
        Own = new Matrix(neurons, 2);
        Rest = new Matrix(neurons, neuronLogitMap.Columns);
        var whole = new Matrix(neurons, neuronLogitMap.Columns);
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            int wave = 2 * _groups[neuron];
            (Own[neuron, 0], Own[neuron, 1]) = (coefficients[Order[neuron], wave], coefficients[Order[neuron], wave + 1]);
            neuronLogitMap.Row(Order[neuron]).CopyTo(whole.Row(neuron));
            neuronLogitMap.Row(Order[neuron]).CopyTo(Rest.Row(neuron));
            MatrixProduct.AddScaled(-Own[neuron, 0], Waves.Row(wave), Rest.Row(neuron));
            MatrixProduct.AddScaled(-Own[neuron, 1], Waves.Row(wave + 1), Rest.Row(neuron));
        }

        RestNorms = [.. Enumerable.Range(0, frequencies.Count).Select(group => ColumnDifferences.Norms(Rest, Starts[group], Starts[group + 1] - Starts[group]))];
        WholeNorms = ColumnDifferences.Norms(whole, 0, neurons);
    }

    /// <summary>The waves on the logits, rows of the Fourier basis, zero at "=": float64 [2|K|, classes].</summary>
    public Matrix Waves { get; }

    /// <summary>The network's neurons, group by group; everything else here is in this order.</summary>
    public int[] Order { get; }

    /// <summary>Where each group begins, and the last ends: [|K| + 1].</summary>
    public int[] Starts { get; }

    /// <summary>x and y in units of the basis rows: float64 [d_mlp, 2].</summary>
    public Matrix Own { get; }

    /// <summary>R: float64 [d_mlp, classes].</summary>
    public Matrix Rest { get; }

    /// <summary>Of each group, the norms of the differences of R's columns: float64 [classes, classes].</summary>
    public Matrix[] RestNorms { get; }

    /// <summary>The norms of the differences of W_L's columns: float64 [classes, classes].</summary>
    public Matrix WholeNorms { get; }

    /// <summary>The group of a neuron.</summary>
    public int this[int neuron] => _groups[neuron];

    /// <summary>Multiply-adds of the constructor.</summary>
    public static long MultiplyAdds(long neurons, long frequencies, long classes) => (neurons * classes * ((2 * frequencies) + 2)) + (2 * ColumnDifferences.MultiplyAdds(neurons, classes));

    /// <summary>The rows of the basis for some frequencies, with a zero at "=": float64 [2|K|, classes].</summary>
    private static Matrix WavesOf(FourierBasis basis, IReadOnlyList<int> frequencies, int classes)
    {
        var waves = new Matrix(2 * frequencies.Count, classes);
        for (int i = 0; i < frequencies.Count; i++)
        {
            basis.Rows.Row(FourierBasis.CosineRow(frequencies[i])).CopyTo(waves.Row(2 * i));
            basis.Rows.Row(FourierBasis.SineRow(frequencies[i])).CopyTo(waves.Row((2 * i) + 1));
        }

        return waves;
    }
}
