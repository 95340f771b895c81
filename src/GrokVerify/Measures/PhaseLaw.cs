using GrokVerify.Fourier;
using GrokVerify.Tasks;

namespace GrokVerify.Measures;

/// <summary>
/// Whether the phases of a network's neurons add up: a neuron that reads cos(w_k a + f_a) and cos(w_k b + f_b) writes cos(w_k c + f_out) with f_out = f_a + f_b, so that its part in cos(w_k(a + b - c)) is as large as
/// it can be. Neurons count by that largest part.
/// </summary>
/// <remarks>Source: arXiv 2301.02679 (Gromov), 2311.07568 (Morwani et al.), for networks of two layers. Shuffles exchange f_out among the neurons of one frequency, so that each keeps what it reads.</remarks>
/// <param name="MeanCosine">Of f_out - f_a - f_b: 1 where every phase adds up, near 0 by chance.</param>
/// <param name="MeanError">Of |f_out - f_a - f_b|, in radians: 0 to pi, pi/2 by chance.</param>
/// <param name="LargestShuffled">The largest mean cosine of 1,000 shuffles.</param>
/// <param name="ShareOfShuffles">The rank as a p-value: the share of shuffles, and of the network itself, whose mean cosine is as large; above 0.</param>
internal sealed record PhaseLaw(double MeanCosine, double MeanError, double LargestShuffled, double ShareOfShuffles)
{
    private const int Shuffles = 1_000;

    /// <returns>Null where no neuron reads and writes a wave.</returns>
    public static PhaseLaw? Of(IReadOnlyList<NeuronWave> neurons)
    {
        double total = neurons.Sum(neuron => neuron.Weight);
        if (total == 0)
        {
            return null;
        }

        double[] written = [.. neurons.Select(neuron => neuron.PhaseWritten)];
        double Mean(Func<double, double> of) => neurons.Select((neuron, i) => neuron.Weight * of(written[i] - neuron.PhaseOfFirst - neuron.PhaseOfSecond)).Sum() / total;
        double cosine = Mean(Math.Cos);
        double error = Mean(angle => Math.Abs(Math.IEEERemainder(angle, 2 * Math.PI)));

        int[][] groups = [.. Enumerable.Range(0, neurons.Count).GroupBy(i => neurons[i].Frequency).OrderBy(group => group.Key).Select(group => group.ToArray())];
        var random = new PythonRandom(0);
        double largest = double.NegativeInfinity;
        int asGood = 0;
        for (int shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            foreach (int[] group in groups)
            {
                double[] phases = [.. group.Select(i => written[i])];
                random.Shuffle(phases.AsSpan());
                for (int i = 0; i < group.Length; i++)
                {
                    written[group[i]] = phases[i];
                }
            }

            double shuffled = Mean(Math.Cos);
            largest = Math.Max(largest, shuffled);
            asGood += shuffled >= cosine ? 1 : 0;
        }

        return new PhaseLaw(cosine, error, largest, (asGood + 1.0) / (Shuffles + 1));
    }
}
