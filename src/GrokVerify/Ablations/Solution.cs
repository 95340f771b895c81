using System.Globalization;
using GrokVerify.Fourier;

namespace GrokVerify.Ablations;

/// <summary>Whether a network solves the task, whole or cut down: accuracy on all pairs, over p classes.</summary>
internal static class Solution
{
    public const double Accuracy = 0.99;

    /// <summary>Why nothing can be said of what a network needs to solve the task; null where it solves it, and has neurons and attention like the paper's.</summary>
    public static string? Absence(NetworkSpectra network)
    {
        double accuracy = AblatedLoss.OfLogits(network, network.Logits.Values).Accuracy;
        return network.NeuronAbsence
            ?? (accuracy >= Accuracy ? null : string.Create(CultureInfo.InvariantCulture, $"the whole network has accuracy {accuracy:0.000} on all pairs, and a solution is from {Accuracy} up"));
    }
}
