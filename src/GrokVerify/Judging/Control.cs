namespace GrokVerify.Judging;

/// <summary>Ways to spoil the mainline: what each claim is refuted by.</summary>
public enum Control
{
    /// <summary>The network before its first step.</summary>
    Untrained,

    /// <summary>Trained without weight decay for as long as it takes to generalize with it: memorized.</summary>
    NoWeightDecay,

    /// <summary>Trained on labels without a rule.</summary>
    ShuffledLabels,

    /// <summary>Judged by frequencies that are not its own: each key frequency's upper neighbour that is no key frequency.</summary>
    OtherFrequencies,

    /// <summary>Cut to the tokens of p = 109 and judged as an adder modulo 109.</summary>
    OtherPrime,

    /// <summary>Judged with the train half taken for the test half, and the other way round.</summary>
    HalvesExchanged,

    /// <summary>Each neuron of its last network exchanged for a random one of the same size: what it reads and what it writes turned in random directions, their norms kept.</summary>
    RandomNeurons,

    /// <summary>Its last network exchanged for the one that had memorized, at epoch 1,000.</summary>
    MemorizedAtTheEnd,
}
