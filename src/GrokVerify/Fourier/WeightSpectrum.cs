using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Fourier;

/// <summary>
/// The Fourier spectrum of a weight matrix along an axis of length p: norms of the cosine and sine rows of F X.
/// The paper's are those of the embedding W_E and of the neuron-logit map W_L = W_U W_out.
/// </summary>
/// <remarks>Source: arXiv 2301.05217 sections 4.1 (W_E), 4.2 and appendix C.2 (W_L).</remarks>
internal sealed class WeightSpectrum
{
    private WeightSpectrum(Matrix coefficients)
    {
        Coefficients = coefficients;
        ComponentNorms = [.. Enumerable.Range(0, coefficients.Rows).Select(row => Math.Sqrt(Power(coefficients, row)))];
        FrequencyNorms = [.. Enumerable.Range(1, (coefficients.Rows - 1) / 2).Select(FrequencyNorm)];
    }

    /// <summary>F X: float64 [p, columns], rows as in <see cref="FourierBasis"/>.</summary>
    public Matrix Coefficients { get; }

    /// <summary>Norm of each row of F X: constant, cos 1, sin 1, ... [p].</summary>
    public IReadOnlyList<double> ComponentNorms { get; }

    /// <summary>For k = 1..(p-1)/2 the root of the sum of squares of its cosine and sine norms: [(p-1)/2].</summary>
    public IReadOnlyList<double> FrequencyNorms { get; }

    /// <summary>The Gini coefficient of <see cref="FrequencyNorms"/>.</summary>
    public double Gini => Fourier.Gini.Of([.. FrequencyNorms]);

    /// <summary>Of W_E, tokens 0..p-1.</summary>
    public static WeightSpectrum OfEmbedding(FourierBasis basis, TransformerWeights weights)
    {
        int width = weights.Config.DModel;
        return Of(basis, Matrix.FromWeights(weights["W_E"][..(basis.Prime * width)], basis.Prime, width));
    }

    /// <summary>Of the neuron-logit map, along the logits 0..p-1.</summary>
    /// <param name="basis">The basis of p.</param>
    /// <param name="neuronLogitMap">float64 [d_mlp, p or more], as <see cref="FactoredForward.NeuronLogitMap"/>.</param>
    public static WeightSpectrum OfNeuronLogitMap(FourierBasis basis, Matrix neuronLogitMap)
    {
        var byLogit = new Matrix(basis.Prime, neuronLogitMap.Rows);
        for (int neuron = 0; neuron < neuronLogitMap.Rows; neuron++)
        {
            for (int logit = 0; logit < basis.Prime; logit++)
            {
                byLogit[logit, neuron] = neuronLogitMap[neuron, logit];
            }
        }

        return Of(basis, byLogit);
    }

    /// <param name="basis">The basis of p.</param>
    /// <param name="rows">float64 [p, columns].</param>
    public static WeightSpectrum Of(FourierBasis basis, Matrix rows) => new(basis.Transform(rows));

    /// <summary>Frobenius norm of what is left without the cosine and sine rows of some frequencies, over that of the whole; 0 for a zero matrix.</summary>
    public double ResidualFraction(IReadOnlyList<int> frequencies)
    {
        double total = ComponentNorms.Sum(norm => norm * norm);
        double left = ComponentNorms[0] * ComponentNorms[0];
        for (int k = 1; k <= FrequencyNorms.Count; k++)
        {
            left += frequencies.Contains(k) ? 0 : FrequencyNorms[k - 1] * FrequencyNorms[k - 1];
        }

        return total == 0 ? 0 : Math.Sqrt(left / total);
    }

    private double FrequencyNorm(int frequency) =>
        Math.Sqrt(Power(Coefficients, FourierBasis.CosineRow(frequency)) + Power(Coefficients, FourierBasis.SineRow(frequency)));

    private static double Power(Matrix matrix, int row)
    {
        double power = 0;
        foreach (double value in matrix.Row(row))
        {
            power += value * value;
        }

        return power;
    }
}
