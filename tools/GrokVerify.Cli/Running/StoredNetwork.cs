using GrokVerify.Formats;
using GrokVerify.Networks;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Running;

/// <summary>Finds the network that a path names.</summary>
internal static class StoredNetwork
{
    private const string Kinds = "a run folder, a .pth or a .safetensors file";

    /// <summary>Reads a run folder, a folder that holds one run, or a file of PyTorch or safetensors.</summary>
    /// <param name="path">Where.</param>
    /// <param name="epoch">The checkpoint of a run folder; null for the newest good one.</param>
    /// <param name="warn">Told of damaged checkpoints that are passed over.</param>
    /// <exception cref="UsageException">There is no network there.</exception>
    /// <exception cref="RunFormatException">A file of the run is malformed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, or holds no supported network.</exception>
    public static NetworkFile Read(string path, long? epoch, Action<string> warn)
    {
        if (Directory.Exists(path))
        {
            return ReadRun(RunIn(path), epoch, warn);
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{path}: does not exist; give {Kinds}");
        }

        return epoch is null
            ? NetworkFile.Read(path)
            : throw new UsageException($"--epoch {epoch}: {path} is a file of one network; give --epoch with a run folder only");
    }

    private static string RunIn(string folder)
    {
        if (File.Exists(Path.Combine(folder, "run.json")))
        {
            return folder;
        }

        string[] runs;
        try
        {
            runs = [.. Directory.EnumerateDirectories(folder).Where(inner => File.Exists(Path.Combine(inner, "run.json"))).Order(StringComparer.Ordinal)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{folder}: cannot be read ({problem.Message.TrimEnd('.')}); check its permissions", problem);
        }

        return runs.Length switch
        {
            1 => runs[0],
            0 => throw new UsageException($"{folder}: is not a run folder, it has no run.json; give the folder that a training run wrote, or a file"),
            _ => throw new UsageException($"{folder}: holds {runs.Length} runs; give one of them, for example {runs[0]}"),
        };
    }

    private static NetworkFile ReadRun(string folder, long? epoch, Action<string> warn)
    {
        var run = TrainingRun.Open(folder);
        foreach (string warning in run.Warnings)
        {
            warn(warning);
        }

        if (epoch is long wanted)
        {
            return run.CheckpointEpochs.Contains(wanted)
                ? NetworkFile.Of(folder, run.Config, run.ReadCheckpoint(wanted))
                : throw new UsageException($"--epoch {wanted}: {folder} has no such checkpoint; give {Offer(run)}");
        }

        foreach (long newest in run.CheckpointEpochs.Reverse())
        {
            try
            {
                return NetworkFile.Of(folder, run.Config, run.ReadCheckpoint(newest));
            }
            catch (CheckpointException damaged)
            {
                warn(damaged.Message);
            }
        }

        throw new UsageException($"{folder}: has no checkpoint that can be read; train it again");
    }

    private static string Offer(TrainingRun run) => run.CheckpointEpochs.Count switch
    {
        0 => "another run, this one has none",
        1 => $"{run.CheckpointEpochs[0]}",
        _ => $"one of its {run.CheckpointEpochs.Count}, from {run.CheckpointEpochs[0]} to {run.CheckpointEpochs[^1]}",
    };
}
