using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Engines;

/// <summary>Mean cross-entropy (nats, over all classes) and accuracy (share of pairs whose largest logit is the label's).</summary>
public readonly record struct LossAndAccuracy(double Loss, double Accuracy);

/// <summary>Owns weights and optimiser state, and does one full-batch step at a time.</summary>
public interface ITrainingEngine : IDisposable
{
    /// <summary>What identifies the arithmetic, e.g. "torch-cpu-float32": part of a run's key.</summary>
    string Name { get; }

    /// <summary>The halves: what is trained on, and the rest.</summary>
    PairSplit Split { get; }

    /// <summary>Full-batch steps done since the initial weights.</summary>
    long Epoch { get; }

    /// <summary>One step of AdamW on the mean cross-entropy over the train half.</summary>
    void Step();

    /// <summary>Loss and accuracy of the present weights on some pairs.</summary>
    LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs);

    /// <summary>Copies weights and optimiser state out.</summary>
    TrainingState Capture();

    /// <summary>Copies the weights out.</summary>
    TransformerWeights Weights() => Capture().Weights;
}
