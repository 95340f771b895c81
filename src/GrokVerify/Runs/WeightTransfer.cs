using GrokVerify.Engines;
using GrokVerify.Model;

namespace GrokVerify.Runs;

/// <summary>What a run that goes on from another makes of that one's weights; two that are equal make the same of it.</summary>
internal abstract record WeightTransfer
{
    /// <param name="config">The run that begins with them.</param>
    /// <param name="origin">The other run's weights at an epoch.</param>
    /// <param name="last">The last epoch that was asked for of it.</param>
    public abstract TransformerWeights Of(TrainingConfig config, Func<long, TransformerWeights> origin, long last);
}
