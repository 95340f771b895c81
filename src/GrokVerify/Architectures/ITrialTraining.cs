using GrokVerify.Engines;
using GrokVerify.Fourier;

namespace GrokVerify.Architectures;

/// <summary>A network of any architecture while it is trained.</summary>
public interface ITrialTraining : IDisposable
{
    /// <summary>Full-batch steps done.</summary>
    long Epoch { get; }

    /// <summary>One step of AdamW on the mean cross-entropy over the train half.</summary>
    void Step();

    /// <summary>Loss and accuracy of the present weights on some pairs.</summary>
    LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs);

    /// <summary>The present logits of all pairs.</summary>
    PairLogits Logits();

    /// <summary>The frequencies of the present attention patterns; null where there is more than one layer of them.</summary>
    HeadFrequencies? Heads();
}
