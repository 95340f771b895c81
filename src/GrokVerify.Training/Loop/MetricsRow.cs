namespace GrokVerify.Loop;

/// <summary>What is logged of a run at one epoch; every value is that of the weights after <paramref name="Epoch"/> steps.</summary>
public sealed record MetricsRow(
    long Epoch,
    double TrainLoss,
    double TestLoss,
    double TrainAccuracy,
    double TestAccuracy,
    double SumSquaredWeights);
