using GrokVerify.Engines;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Running;

/// <summary>The state from which a network that was read from a file is trained on.</summary>
internal static class ImportedStart
{
    /// <summary>The state; warns of what the file does not hold.</summary>
    public static TrainingState Of(NetworkFile network, CommandContext context)
    {
        if (network.MomentsAbsence is string absence)
        {
            context.Warn($"{network.Path}: {absence}; {(network.Moments is null ? "AdamW starts with moments of zero" : "their moments start at zero")}");
        }

        if (network.Facts.Epoch is null)
        {
            context.Warn($"{network.Path}: does not tell its epoch; epochs are counted from 0");
        }

        return NetworkContinuation.State(network);
    }
}
