using GrokVerify.Ablations;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Tasks;
using GrokVerify.Training;

namespace GrokVerify.Claims;

/// <summary>What claims about one network are judged on: its measures and every intervention on it.</summary>
public sealed class NetworkEvidence
{
    private readonly Lazy<IReadOnlyDictionary<string, LossAndAccuracy>> _ablations;

    /// <param name="network">The network.</param>
    /// <param name="keyFrequencies">K: its own, unless the evidence is made with another key set to see whether claims notice.</param>
    /// <param name="measures">The network's measures by that key set.</param>
    public NetworkEvidence(NetworkSpectra network, KeyFrequencies keyFrequencies, ProgressMeasures measures)
    {
        Network = network;
        KeyFrequencies = keyFrequencies;
        Measures = measures;
        _ablations = new(() => AblationTable.Of(network, keyFrequencies));
    }

    /// <summary>Measures a network by its own key set.</summary>
    /// <param name="network">The network.</param>
    /// <param name="split">The halves; null when unknown.</param>
    public static NetworkEvidence Of(NetworkSpectra network, PairSplit? split) =>
        new(network, network.KeyFrequencies, ProgressMeasures.Of(network, network.KeyFrequencies, split));

    public NetworkSpectra Network { get; }

    public KeyFrequencies KeyFrequencies { get; }

    public ProgressMeasures Measures { get; }

    /// <summary>Every intervention, by name; computed when first asked for.</summary>
    public IReadOnlyDictionary<string, LossAndAccuracy> Ablations => _ablations.Value;

    /// <summary>One intervention; null where there is none of that name, for want of key frequencies.</summary>
    public LossAndAccuracy? Ablation(string name) => Ablations.TryGetValue(name, out LossAndAccuracy result) ? result : null;

    /// <summary>ln p: the loss of a network that knows nothing.</summary>
    public double UniformLoss => Math.Log(Network.Task.Prime);
}
