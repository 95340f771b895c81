using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Measures.Certified;

/// <summary>
/// A lower bound on the accuracy over all p * p pairs that is proved from the weights with a small part of the multiply-adds of running all pairs. A pair counts where the margin of the logits' understood part
/// exceeds the most that everything else can take from it.
/// </summary>
/// <remarks>
/// <para>
/// What is understood, and kept exactly: a and b may change places (<see cref="SymmetricAttention"/>), so that one evaluation serves two pairs; each neuron writes the wave of one key frequency
/// (<see cref="NeuronGroups"/>), two numbers instead of p + 1; and it nearly is a sum of waves of that frequency (<see cref="NeuronWaves"/>), through which the rest of what it writes depends on a, b, a + b and a - b
/// each alone. What is left is bounded for every pair and class by norms of a vector and of a difference of columns (Cauchy and Schwarz; the ReLU moves no two numbers apart): the neurons' rest for each
/// frequency, the skip connection's rest, and the order of a and b.
/// </para>
/// <para>It is sound for every network, whatever it has learned: <see cref="RoundingSlack"/> is taken off every margin. Source of the idea: arXiv 2406.11779 (Gross et al.), for another task.</para>
/// </remarks>
internal sealed record AccuracyBound
{
    /// <summary>The share of pairs that are proved right, 0..1: never above the accuracy.</summary>
    public required double Accuracy { get; init; }

    /// <summary>K: those of W_L, from its own norms.</summary>
    public required IReadOnlyList<int> Frequencies { get; init; }

    /// <summary>Why nothing is proved of this network; null where something was tried.</summary>
    public string? AbsenceReason { get; init; }

    /// <summary>Multiply-adds that it took; an addition or a subtraction of its own counts as one.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Multiply-adds of all pairs by products: <see cref="ForwardPassCost.ByProducts"/>.</summary>
    public required long MultiplyAddsOfAllPairs { get; init; }

    /// <summary>The same by what each head writes: <see cref="ForwardPassCost.ByHeads"/>.</summary>
    public required long MultiplyAddsOfAllPairsByHeads { get; init; }

    /// <summary>Where the margin goes, in the mean over pairs; null where nothing was tried.</summary>
    public MarginParts? Margins { get; init; }

    /// <summary>Finds the key frequencies in W_L, and proves what can be proved with them; nothing where there are none.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="task">The labels.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite, or the moduli differ.</exception>
    public static AccuracyBound Of(TransformerWeights weights, ModularTask task)
    {
        RequireSame(weights, task);
        if (Unsupported(weights.Config) is string reason)
        {
            return WithoutProof(weights.Config, reason, 0);
        }

        var network = new LogitMaps(weights, task.Classes);
        KeyFrequencies keys = KeyFrequencies.In(WeightSpectrum.OfNeuronLogitMap(new FourierBasis(task.Prime), network.Neurons).FrequencyNorms);
        long spectrum = LogitMaps.MultiplyAdds(weights.Config, task.Classes) + ((long)task.Prime * task.Prime * weights.Config.DMlp);
        return keys.Exist ? Proved(weights, task, network, keys.Frequencies, spectrum) : WithoutProof(weights.Config, $"in W_L, {keys.AbsenceReason}", spectrum);
    }

    /// <summary>The same with key frequencies given: as sound, and empty where they are not the network's.</summary>
    /// <inheritdoc cref="Of(TransformerWeights, ModularTask)" path="/param"/>
    /// <param name="weights">A network of one layer with an MLP.</param>
    /// <param name="task">The labels.</param>
    /// <param name="frequencies">K, at least one.</param>
    public static AccuracyBound Of(TransformerWeights weights, ModularTask task, IReadOnlyList<int> frequencies)
    {
        RequireSame(weights, task);
        new FourierBasis(task.Prime).RequireFrequencies(frequencies);
        return Proved(weights, task, new LogitMaps(weights, task.Classes), frequencies, LogitMaps.MultiplyAdds(weights.Config, task.Classes));
    }

    private static AccuracyBound Proved(TransformerWeights weights, ModularTask task, LogitMaps maps, IReadOnlyList<int> frequencies, long before)
    {
        var proof = new AccuracyProof(weights, task, maps, frequencies);
        (double[] leastMargins, MarginParts margins) = proof.Run();
        return WithoutProof(weights.Config, null, before + AccuracyProof.MultiplyAdds(weights.Config, frequencies.Count, task.Classes)) with
        {
            Accuracy = (double)leastMargins.Count(margin => margin > 0) / task.PairCount,
            Frequencies = frequencies,
            Margins = margins,
        };
    }

    private static AccuracyBound WithoutProof(TransformerConfig config, string? reason, long multiplyAdds) => new()
    {
        Accuracy = 0,
        Frequencies = [],
        AbsenceReason = reason,
        MultiplyAdds = multiplyAdds,
        MultiplyAddsOfAllPairs = ForwardPassCost.ByProducts(config),
        MultiplyAddsOfAllPairsByHeads = ForwardPassCost.ByHeads(config),
    };

    private static string? Unsupported(TransformerConfig config) =>
        config.AttentionOnly ? "the network has no MLP" : config.Layers > 1 ? "the network has several layers" : null;

    private static void RequireSame(TransformerWeights weights, ModularTask task)
    {
        weights.RequireFinite();
        if (weights.Config.Prime != task.Prime)
        {
            throw new ArgumentException($"the network is for p = {weights.Config.Prime}, the task for p = {task.Prime}: give a task of the same modulus", nameof(task));
        }
    }
}
