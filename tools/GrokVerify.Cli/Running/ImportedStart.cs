using GrokVerify.Interchange;
using GrokVerify.Training;

namespace GrokVerify.Cli.Running;

/// <summary>The state from which a network that was read from a file is trained on.</summary>
internal static class ImportedStart
{
    /// <summary>The state; warns of what the file does not hold.</summary>
    public static TrainingState Of(NetworkFile network, CommandLineSurroundings surroundings)
    {
        if (network.MomentsAbsence is string absence)
        {
            surroundings.Warn($"{network.Path}: {absence}; AdamW starts with moments of zero");
        }

        if (network.Facts.Epoch is null)
        {
            surroundings.Warn($"{network.Path}: does not tell its epoch; epochs are counted from 0");
        }

        return NetworkContinuation.State(network);
    }
}
