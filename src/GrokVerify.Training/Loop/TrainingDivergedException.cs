namespace GrokVerify.Loop;

/// <summary>A loss or a weight became NaN or infinite.</summary>
public sealed class TrainingDivergedException(long epoch)
    : Exception($"training diverged: a loss or weight is not finite at epoch {epoch}; lower the learning rate (--lr) or start from another seed")
{
    /// <summary>The epoch at which it was noticed.</summary>
    public long Epoch { get; } = epoch;
}
