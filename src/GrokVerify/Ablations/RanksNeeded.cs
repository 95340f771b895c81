using GrokVerify.Fourier;
using GrokVerify.Model;

namespace GrokVerify.Ablations;

/// <summary>The least rank of one matrix.</summary>
/// <param name="Name">The paper's symbols, e.g. "W_Q W_K".</param>
/// <param name="Alone">With which the network solves the task, everything else as it is; all heads alike.</param>
/// <param name="Together">With which it does when all are of low rank.</param>
/// <param name="Full">The rank that it cannot exceed.</param>
internal sealed record MatrixRank(string Name, int Alone, int Together, int Full);

/// <summary>
/// Of how low a rank a network's matrices may be, without training on, at accuracy 0.99 on all pairs: cut off at the largest singular values. Accuracy need not rise with rank, so that every rank is tried from 0 up.
/// </summary>
internal sealed record RanksNeeded
{
    /// <summary>Scales are tried in twentieths.</summary>
    private const int Steps = 20;

    private RanksNeeded()
    {
    }

    /// <summary>Why there are no such ranks; null where there are.</summary>
    public string? Absence { get; private init; }

    /// <summary>W_E, W_Q W_K, W_V W_O, W_in, W_out.</summary>
    public IReadOnlyList<MatrixRank> Matrices { get; private init; } = [];

    /// <summary>Accuracy on all pairs with all five at the ranks that each of them needs alone.</summary>
    public double AccuracyAtOnce { get; private init; }

    /// <summary>The smallest common factor, in twentieths, by which those ranks have to be larger (rounded up) for all five at once; 1 where they are enough.</summary>
    public double Scale { get; private init; }

    /// <summary>Accuracy with all five at these larger ranks.</summary>
    public double AccuracyTogether { get; private init; }

    /// <summary>Parameters of the network with these five as products of two matrices, everything else as it is.</summary>
    public int Parameters { get; private init; }

    /// <param name="network">Any network.</param>
    public static RanksNeeded Of(NetworkSpectra network)
    {
        if (Solution.Absence(network) is { } absence)
        {
            return new() { Absence = absence };
        }

        IReadOnlyList<LowRankWeights> matrices = LowRankWeights.AllOf(network.Weights);
        int[] alone = [.. matrices.Select(matrix => LeastRank(network, matrix))];
        double atOnce = Accuracy(network, matrices, alone);
        (int step, int[] ranks, double together) = (Steps, alone, atOnce);
        while (together < Solution.Accuracy && ranks.Zip(matrices, (rank, matrix) => rank > 0 && rank < matrix.FullRank).Any(canGrow => canGrow))
        {
            step++;
            int[] larger = [.. alone.Zip(matrices, (rank, matrix) => Math.Min(((rank * step) + Steps - 1) / Steps, matrix.FullRank))];
            together = larger.SequenceEqual(ranks) ? together : Accuracy(network, matrices, larger);
            ranks = larger;
        }

        return new()
        {
            Matrices = [.. matrices.Select((matrix, i) => new MatrixRank(matrix.Name, alone[i], ranks[i], matrix.FullRank))],
            AccuracyAtOnce = atOnce,
            Scale = (double)step / Steps,
            AccuracyTogether = together,
            Parameters = network.Weights.Values.Length + matrices.Select((matrix, i) => matrix.Numbers(ranks[i]) - matrix.NumbersUnfactored).Sum(),
        };
    }

    private static int LeastRank(NetworkSpectra network, LowRankWeights matrix)
    {
        int rank = 0;
        while (rank < matrix.FullRank && Accuracy(network, [matrix], [rank]) < Solution.Accuracy)
        {
            rank++;
        }

        return rank;
    }

    private static double Accuracy(NetworkSpectra network, IReadOnlyList<LowRankWeights> matrices, int[] ranks)
    {
        var altered = new TransformerWeights(network.Weights.Config, [.. network.Weights.Values]) { OptionalBiases = network.Weights.OptionalBiases };
        for (int i = 0; i < ranks.Length; i++)
        {
            matrices[i].Approximate(altered, ranks[i]);
        }

        return AblatedLoss.OfWeights(network, altered).Accuracy;
    }
}
