using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// What each neuron of the symmetric network nearly is, h~: a mean and the waves of its own frequency in a and in b alike, in a + b, and the cosine in a - b; and what that writes on the logits by the neurons' rest.
/// Any coefficients make a sound bound, good ones a tight one: they are read off p pairs, those with b = ra mod p for one r, which sum every wave of low degree to zero but the one in question (a lattice rule).
/// </summary>
internal sealed class NeuronWaves
{
    /// <summary>r / p: of the golden section no small multiple is near a whole number.</summary>
    private const double Slope = 0.618;

    /// <param name="basis">The basis of p.</param>
    /// <param name="frequencies">K.</param>
    /// <param name="groups">The neurons by key frequency.</param>
    /// <param name="fill">Writes the neurons of a pair, float64 [d_mlp].</param>
    public NeuronWaves(FourierBasis basis, IReadOnlyList<int> frequencies, NeuronGroups groups, Action<int, int, double[]> fill)
    {
        int p = basis.Prime;
        double[] neurons = new double[groups.Order.Length];
        Matrix[] numbers = [.. Enumerable.Range(0, frequencies.Count).Select(group => new Matrix(LineTables.Numbers, groups.Starts[group + 1] - groups.Starts[group]))];
        int slope = (int)Math.Round(Slope * p);
        for (int a = 0; a < p; a++)
        {
            int b = a * slope % p;
            fill(a, b, neurons);
            for (int group = 0; group < numbers.Length; group++)
            {
                int k = frequencies[group];
                double[] waves =
                [
                    1, basis.Cosine(k, a) + basis.Cosine(k, b), basis.Sine(k, a) + basis.Sine(k, b), 2 * basis.Cosine(k, a + b), 2 * basis.Sine(k, a + b), 2 * basis.Cosine(k, a - b),
                ];
                for (int number = 0; number < waves.Length; number++)
                {
                    MatrixProduct.AddScaled(waves[number] / p, neurons.AsSpan(groups.Starts[group], numbers[group].Columns), numbers[group].Row(number));
                }
            }
        }

        Neurons = new LineTables(p, neurons.Length);
        Logits = new LineTables(p, groups.Rest.Columns);
        for (int group = 0; group < numbers.Length; group++)
        {
            Neurons.AddWaves(basis, frequencies[group], numbers[group], groups.Starts[group]);
            Matrix rest = new(numbers[group].Columns, groups.Rest.Columns, groups.Rest.RowBlock(groups.Starts[group], numbers[group].Columns).ToArray());
            Logits.AddWaves(basis, frequencies[group], MatrixProduct.Multiply(numbers[group], rest), 0);
        }
    }

    /// <summary>h~: [d_mlp] for each pair.</summary>
    public LineTables Neurons { get; }

    /// <summary>h~ R: [classes] for each pair.</summary>
    public LineTables Logits { get; }

    /// <summary>Multiply-adds of the constructor without those of the neurons that it reads.</summary>
    public static long MultiplyAdds(long prime, long neurons, long frequencies, long classes) =>
        LineTables.Numbers * ((2 * prime * neurons) + (neurons * classes) + (prime * frequencies * classes));
}
