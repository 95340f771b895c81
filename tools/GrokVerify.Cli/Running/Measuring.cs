using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Running;

/// <summary>Evaluates a network on all pairs.</summary>
internal static class Measuring
{
    /// <param name="file">The network.</param>
    /// <param name="splits">The halves that it may have been trained on.</param>
    /// <param name="context">Told of every warning.</param>
    /// <inheritdoc cref="MeasuredNetwork(NetworkFile, IReadOnlyList{PairSplit})" path="/exception"/>
    public static MeasuredNetwork Of(NetworkFile file, IReadOnlyList<PairSplit> splits, CommandContext context)
    {
        if (file.Weights.Config.Layers > 1)
        {
            EngineFactories.RequireLibTorch(context);
        }

        var measured = new MeasuredNetwork(file, splits);
        foreach (string warning in measured.Warnings)
        {
            context.Warn(warning);
        }

        return measured;
    }
}
