using System.Globalization;
using System.Text.RegularExpressions;
using GrokVerify.Engines;
using GrokVerify.Formats;

namespace GrokVerify.Runs;

/// <summary>The checkpoints of a run folder: checkpoints/epoch-00005000.safetensors.</summary>
internal static partial class CheckpointFolder
{
    public static string Of(string runFolder) => Path.Combine(runFolder, "checkpoints");

    public static string FileOf(string runFolder, long epoch) =>
        Path.Combine(Of(runFolder), string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:D8}.safetensors"));

    /// <summary>The epochs that have a file, ascending; whether it is a good one shows when it is read.</summary>
    /// <exception cref="RunFormatException">The folder cannot be read.</exception>
    public static IReadOnlyList<long> Epochs(string runFolder)
    {
        if (!Directory.Exists(Of(runFolder)))
        {
            return [];
        }

        try
        {
            return [.. Directory.EnumerateFiles(Of(runFolder))
                .Select(file => FileName().Match(Path.GetFileName(file)))
                .Where(match => match.Success)
                .Select(match => long.Parse(match.Groups["epoch"].ValueSpan, CultureInfo.InvariantCulture))
                .Order()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(Of(runFolder), "cannot be read: " + exception.Message.TrimEnd('.'), "check its permissions", exception);
        }
    }

    /// <summary>The epochs that have a checkpoint in a run that nobody interrupted and nothing was taken from, ascending.</summary>
    /// <param name="identity">The run.</param>
    /// <param name="last">Where it ends.</param>
    public static IReadOnlyList<long> Due(RunIdentity identity, long last)
    {
        long first = identity.Start?.Epoch ?? 0;
        var due = new SortedSet<long> { first, last };
        for (long epoch = first - (first % identity.CheckpointEvery) + identity.CheckpointEvery; epoch < last; epoch += identity.CheckpointEvery)
        {
            due.Add(epoch);
        }

        return [.. due];
    }

    /// <summary>Reads a checkpoint and makes sure that it belongs to this run and epoch.</summary>
    /// <exception cref="CheckpointException">The file is absent, damaged, or of another run or epoch.</exception>
    public static TrainingState Read(string runFolder, long epoch, TrainingConfig config)
    {
        string path = FileOf(runFolder, epoch);
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new CheckpointException(path, "is a folder in the place of a checkpoint", "move it away, then train the run again")
                : new CheckpointException(path, "is missing", "restore it from a copy, or train the run again");
        }

        var checkpoint = Checkpoint.Read(path);
        return checkpoint.Config == config && checkpoint.State.Epoch == epoch
            ? checkpoint.State
            : throw new CheckpointException(path, "is not the checkpoint of this run at this epoch", "restore it from a copy, or delete it");
    }

    [GeneratedRegex(@"^epoch-(?<epoch>[0-9]{8}|[1-9][0-9]{8})\.safetensors$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}
