using GrokVerify.Fourier;

namespace GrokVerify.Cli.Page;

/// <summary>What a network looks like inside at one checkpoint: everything that the slider moves.</summary>
/// <param name="Epoch">The checkpoint; null for a network whose file does not tell.</param>
/// <param name="EmbeddingNorms">Norm of each frequency of W_E: [(p-1)/2].</param>
/// <param name="NeuronLogitMapNorms">The same of W_L; null where nothing is said of neurons.</param>
/// <param name="Alpha">alpha_k: [(p-1)/2].</param>
/// <param name="Attention">Attention from "=" to a, over (a, b), of each head; none where nothing is said of attention.</param>
/// <param name="Neurons">Activation over (a, b) of each neuron shown.</param>
/// <param name="LogitSpectrum">The logits' two-dimensional Fourier spectrum.</param>
/// <param name="Circles">The embedding on the plane of each frequency shown.</param>
internal sealed record NetworkFrame(
    long? Epoch,
    IReadOnlyList<double> EmbeddingNorms,
    IReadOnlyList<double>? NeuronLogitMapNorms,
    IReadOnlyList<double> Alpha,
    IReadOnlyList<PackedGrid> Attention,
    IReadOnlyList<PackedGrid> Neurons,
    PackedGrid LogitSpectrum,
    IReadOnlyList<EmbeddingCircle> Circles)
{
    public static NetworkFrame Of(long? epoch, NetworkSpectra network, ShownParts shown)
    {
        int prime = network.Task.Prime;
        return new NetworkFrame(
            epoch,
            network.Embedding.FrequencyNorms,
            network.NeuronAbsence is null ? network.NeuronLogitMap.FrequencyNorms : null,
            network.Alpha.Values,
            network.AttentionAbsence is null
                ? [.. Enumerable.Range(0, network.Weights.Config.Heads).Select(head => PackedGrid.OfPairs(network.Activations.AttentionPattern, 3 * head, prime))]
                : [],
            [.. shown.Neurons.Select(neuron => PackedGrid.OfPairs(network.Activations.PostActivations, neuron.Index, prime))],
            PackedGrid.Of(LogitGridSpectrum.Of(network.Basis, network.Logits.Values)),
            [.. shown.Frequencies.Select(k => EmbeddingCircle.Of(network.Embedding, network.Weights, k))]);
    }
}

/// <summary>The frequencies and neurons that are followed through training: those of the last network.</summary>
/// <param name="Frequencies">The key frequencies; where there are none, the three of largest norm in W_E.</param>
/// <param name="Neurons">For each frequency the neuron that it explains best.</param>
internal sealed record ShownParts(IReadOnlyList<int> Frequencies, IReadOnlyList<(int Index, int Frequency, double Fve)> Neurons)
{
    private const int MostFrequencies = 6;
    private const int WithoutKeys = 3;

    public static ShownParts Of(NetworkSpectra last)
    {
        IReadOnlyList<double> norms = last.Embedding.FrequencyNorms;
        int[] frequencies =
        [
            .. last.KeyFrequencies.Exist
                ? last.KeyFrequencies.Frequencies.OrderByDescending(k => Math.Abs(last.Alpha[k])).Take(MostFrequencies).Order()
                : Enumerable.Range(1, norms.Count).OrderByDescending(k => norms[k - 1]).Take(WithoutKeys).Order(),
        ];
        return new ShownParts(frequencies, last.NeuronAbsence is null ? [.. frequencies.Select(k => Best(last.Neurons, k)).OfType<(int, int, double)>()] : []);
    }

    private static (int Index, int Frequency, double Fve)? Best(NeuronSpectra neurons, int frequency)
    {
        int[] own = [.. Enumerable.Range(0, neurons.Frequencies.Count).Where(neuron => neurons.Frequencies[neuron] == frequency)];
        return own.Length == 0 ? null : own.Max(neuron => (neurons.Fractions[neuron], neuron)) is var (fve, best) ? (best, frequency, fve) : null;
    }
}
