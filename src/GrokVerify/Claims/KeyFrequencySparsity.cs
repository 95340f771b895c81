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
public sealed class KeyFrequencySparsity : NetworkClaim
{
    public override string Id => "key-frequency-sparsity";

    public override string Sentence => "A network that has grokked computes with a few key frequencies";

    public override string Source => "arXiv 2301.05217 sections 4.1 and 4.2, figures 3 and 4";

    protected override IEnumerable<Finding> Find(NetworkEvidence network)
    {
        string? noKeys = network.KeyFrequencies.AbsenceReason;
        yield return new Finding("spectral contrast", network.KeyFrequencies.Contrast, AtLeast: 5);
        yield return new Finding("number of key frequencies", network.KeyFrequencies.Exist ? network.KeyFrequencies.Frequencies.Count : null, AtLeast: 2, AtMost: 8, Absence: noKeys);
        yield return new Finding("logit FVE of the key frequencies", network.Measures.LogitFve, AtLeast: 0.9, AtMost: 1, Absence: noKeys);
        yield return new Finding("Gini coefficient of the embedding spectrum", network.Measures.GiniEmbedding, AtLeast: 0.4, AtMost: 1);
        yield return new Finding("Gini coefficient of the neuron-logit-map spectrum", network.Measures.GiniNeuronLogitMap, AtLeast: 0.6, AtMost: 1);
    }
}
