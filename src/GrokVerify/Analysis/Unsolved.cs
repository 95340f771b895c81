using GrokVerify.Ablations;
using GrokVerify.Measures;

namespace GrokVerify.Analysis;

/// <summary>Whether a network solves the task at all: what is said of how it does so says nothing of another.</summary>
internal static class Unsolved
{
    /// <summary>Accuracy on all pairs.</summary>
    public const double SolvedAccuracy = Solution.Accuracy;

    /// <summary>That it does not, in words; null where it does.</summary>
    public static string? Words(ProgressMeasures measures) => measures.All.Accuracy >= SolvedAccuracy
        ? null
        : $"not grokked: accuracy {NumberFormat.Share(measures.All.Accuracy)} on all pairs"
            + (measures is { Train: { } train, Test: { } test } ? $" ({NumberFormat.Share(train.Accuracy)} train, {NumberFormat.Share(test.Accuracy)} test)" : "");
}
