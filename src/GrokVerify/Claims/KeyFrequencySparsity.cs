using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>
/// A network that has grokked computes with a few key frequencies: they stand out of the alpha spectrum and explain the logits.
/// </summary>
/// <remarks>
/// Statistic: spectral contrast, number of key frequencies, fraction of the logits' variance that sum over K of alpha_k cos(w_k(a+b-c)) explains,
/// and the Gini coefficients of the spectra of W_E and W_L.
/// Rule: contrast at least 5 (authors' released network: 184); 2 to 8 key frequencies (paper and Chughtai et al. 2023: 3 to 6);
/// logit FVE from 0.9 to 1 (paper 0.95; transformers of Chughtai et al. 0.952 to 0.979); Gini of W_E at least 0.4 and of W_L at least 0.6
/// (released network, per frequency: 0.527 and 0.750; the released network without grokking's sparsity: 0.179 and 0.373).
/// </remarks>
internal sealed class KeyFrequencySparsity : NetworkClaim
{
    private static readonly Statistic Contrast = new("spectral contrast", AtLeast: 5, Published: "184 (released wd 0.1 network)");
    private static readonly Statistic Count = new("number of key frequencies", AtLeast: 2, AtMost: 8, Published: "5 (section 4.1)");
    private static readonly Statistic LogitFve = new("logit FVE of the key frequencies", AtLeast: 0.9, AtMost: 1, Published: "0.95 (section 4.2)");
    private static readonly Statistic EmbeddingGini = new(
        "Gini coefficient of the embedding spectrum", AtLeast: 0.4, AtMost: 1, Published: "0.527 (released wd 0.1 network)");
    private static readonly Statistic NeuronLogitMapGini = new(
        "Gini coefficient of the neuron-logit-map spectrum", AtLeast: 0.6, AtMost: 1, Published: "0.750 (released wd 0.1 network)");

    public override string Id => "key-frequency-sparsity";

    public override string Sentence => "A network that has grokked computes with a few key frequencies";

    public override string Source => "arXiv 2301.05217 sections 4.1 and 4.2, figures 3 and 4";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Contrast, Count, LogitFve, EmbeddingGini, NeuronLogitMapGini];

    public override string? Absence(NetworkEvidence network) => network.NeuronAbsence;

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        yield return Contrast.Of(network.KeyFrequencies.Contrast);
        yield return Count.Of(network.KeyFrequencies.Exist ? network.KeyFrequencies.Frequencies.Count : null, noKeys);
        yield return LogitFve.Of(network.Measures.LogitFve, noKeys);
        yield return EmbeddingGini.Of(network.Measures.GiniEmbedding);
        yield return NeuronLogitMapGini.Of(network.Measures.GiniNeuronLogitMap);
    }
}
