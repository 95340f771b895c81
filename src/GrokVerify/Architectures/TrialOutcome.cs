namespace GrokVerify.Architectures;

/// <summary>What came of a trial: a row of the search's table.</summary>
/// <param name="Trial">What was trained.</param>
/// <param name="Epoch">The last epoch.</param>
/// <param name="Memorized">The first logged epoch with a train accuracy of 0.99; null where there is none.</param>
/// <param name="Generalized">The first logged epoch with a test accuracy of 0.99; null where there is none up to the horizon.</param>
/// <param name="TrainAccuracy">At the last epoch.</param>
/// <param name="BestTestAccuracy">The highest that was logged.</param>
/// <param name="TestAccuracy">At the last epoch.</param>
/// <param name="TestLoss">At the last epoch, nats.</param>
/// <param name="KeyFrequencies">K of the last logits, ascending; empty when there is no key set.</param>
/// <param name="SpectralContrast">Of the last logits.</param>
/// <param name="LogitFve">Fraction of the last logits' variance that cos(w_k(a+b-c)), k in K, explain; null without key set.</param>
/// <param name="Heads">Each head's frequency in the last attention pattern; null for two layers.</param>
public sealed record TrialOutcome(
    ArchitectureTrial Trial,
    long Epoch,
    long? Memorized,
    long? Generalized,
    double TrainAccuracy,
    double BestTestAccuracy,
    double TestAccuracy,
    double TestLoss,
    IReadOnlyList<int> KeyFrequencies,
    double SpectralContrast,
    double? LogitFve,
    HeadFrequencies? Heads)
{
    /// <summary>Test accuracy that counts as generalization, and train accuracy that counts as memorization.</summary>
    public const double High = 0.99;
}
