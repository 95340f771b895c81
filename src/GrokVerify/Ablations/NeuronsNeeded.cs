using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Ablations;

/// <summary>
/// How few neurons of a network solve the task without training on: the least number of first neurons of an order that has accuracy 0.99 on all pairs. Accuracy need not rise with every neuron, so that every
/// number is tried.
/// </summary>
internal sealed record NeuronsNeeded
{
    private const int RandomOrders = 20;

    private NeuronsNeeded()
    {
    }

    /// <summary>Why there are no such numbers; null where there are.</summary>
    public string? Absence { get; private init; }

    /// <summary>With the neurons of the largest contribution.</summary>
    public int ByContribution { get; private init; }

    /// <summary>With the neurons of the largest norm.</summary>
    public int ByNorm { get; private init; }

    /// <summary>With random neurons, for each of 20 random orders, ascending.</summary>
    public IReadOnlyList<int> AtRandom { get; private init; } = [];

    /// <summary>Accuracy with the neurons of the largest contribution, by their number, from 0 to all.</summary>
    public IReadOnlyList<double> AccuracyByContribution { get; private init; } = [];

    public double MedianAtRandom => Median.Of(AtRandom.Select(needed => (double)needed));

    /// <param name="network">Any network.</param>
    /// <param name="othersAtMean">As in <see cref="KeptNeurons.AccuracyByCount"/>.</param>
    public static NeuronsNeeded Of(NetworkSpectra network, bool othersAtMean)
    {
        if (Solution.Absence(network) is { } absence)
        {
            return new() { Absence = absence };
        }

        double[] Accuracies(int[] order) => KeptNeurons.AccuracyByCount(network, order, othersAtMean);
        double[] byContribution = Accuracies(NeuronRanking.ByContribution(network));
        return new()
        {
            ByContribution = Least(byContribution),
            ByNorm = Least(Accuracies(NeuronRanking.ByNorm(network))),
            AtRandom = [.. NeuronRanking.AtRandom(network.Weights.Config.DMlp, RandomOrders).Select(order => Least(Accuracies(order))).Order()],
            AccuracyByContribution = byContribution,
        };
    }

    /// <summary>All neurons are enough, as the network solves the task; but for sums in another order, which may turn a pair at the very edge.</summary>
    private static int Least(double[] accuracies) => Array.FindIndex(accuracies, accuracy => accuracy >= Solution.Accuracy) is var least and >= 0 ? least : accuracies.Length - 1;
}
