using GrokVerify.Cli.Options;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Loop;
using GrokVerify.Model;
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
    /// <param name="reading">What the user says of a file.</param>
    /// <param name="warn">Told of damaged checkpoints that are passed over.</param>
    /// <exception cref="UsageException">There is no network there.</exception>
    /// <exception cref="RunFormatException">A file of the run is malformed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, or holds no supported network.</exception>
    public static NetworkFile Read(string path, long? epoch, NetworkReading reading, Action<string> warn)
    {
        if (Directory.Exists(path))
        {
            if (reading.IsGiven)
            {
                throw new UsageException($"{path}: is a folder; give --network, --map and --attention-rate with a file that others wrote only");
            }

            return ReadRun(RunIn(path), epoch, warn);
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{path}: does not exist; give {Kinds}");
        }

        return epoch is null
            ? NetworkFile.Read(path, reading)
            : throw new UsageException($"--epoch {epoch}: {path} is a file of one network; give --epoch with a run folder only");
    }

    /// <summary>The run that a network was read from; null where it was read from a file.</summary>
    public static TrainingRun? RunOf(NetworkFile network) => Directory.Exists(network.Path) ? TrainingRun.Open(network.Path) : null;

    /// <summary>A run at any of its epochs, moments included; what it did not keep is trained again.</summary>
    /// <param name="path">A run folder, or a folder that holds one run.</param>
    /// <param name="epoch">From its first to its last.</param>
    /// <param name="engine">By the network's shape the engine that trained it.</param>
    /// <param name="context">Shows how far it is.</param>
    /// <exception cref="UsageException">There is no run there, or it does not have that epoch.</exception>
    /// <inheritdoc cref="RunFork.StateAt" path="/exception[contains(@cref, 'Format') or contains(@cref, 'Checkpoint')]"/>
    public static NetworkFile Fork(string path, long epoch, Func<TransformerConfig, EngineChoice> engine, CommandContext context)
    {
        if (!Directory.Exists(path))
        {
            throw new UsageException($"--at {epoch}: {path} is no run folder; give --at with one, or leave it out");
        }

        var run = TrainingRun.Open(RunIn(path));
        if (run.Rows.Count == 0)
        {
            throw new UsageException($"--at {epoch}: {run.Folder} has no epochs yet; train it first");
        }

        if (epoch < run.Rows[0].Epoch || epoch > run.Rows[^1].Epoch)
        {
            throw new UsageException($"--at {epoch}: {run.Folder} goes from epoch {run.Rows[0].Epoch} to {run.Rows[^1].Epoch}; give one of these");
        }

        TrainingState state = ProgressDisplay.Run(context.Console, $"{run.Folder}: again, to epoch {NumberFormat.Count(epoch)}", display => RunFork.StateAt(
            run,
            epoch,
            EngineFactories.Create(engine(run.Config.Model), context),
            new SynchronousProgress<long>(now => display.Show((double)now / epoch, $"epoch {NumberFormat.Count(now)}")),
            context.Interruption));
        return NetworkFile.Of(run.Folder, run.Config, state);
    }

    /// <summary>A run folder, or the one in a folder that holds one.</summary>
    /// <exception cref="UsageException">There is no run there, or several.</exception>
    public static string RunIn(string folder)
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
                ? Of(run, wanted)
                : throw new UsageException($"--epoch {wanted}: {folder} has no such checkpoint; give {Offer(run)}");
        }

        // A run that has ended ends with a checkpoint: where it is not there, this tells.
        IEnumerable<long> last = run.Status == RunStatus.Complete ? [run.Rows[^1].Epoch] : [];
        foreach (long newest in run.CheckpointEpochs.Union(last).OrderDescending())
        {
            try
            {
                return Of(run, newest);
            }
            catch (CheckpointException damaged)
            {
                warn(damaged.Message);
            }
        }

        throw new UsageException($"{folder}: has no checkpoint that can be read; train it again");
    }

    /// <summary>With the losses that training measured: what looks at the network compares.</summary>
    private static NetworkFile Of(TrainingRun run, long epoch)
    {
        var network = NetworkFile.Of(run.Folder, run.Config, run.ReadCheckpoint(epoch));
        MetricsRow? row = run.Rows.FirstOrDefault(row => row.Epoch == epoch);
        return row is null ? network : network with { Facts = network.Facts with { TrainLoss = row.TrainLoss, TestLoss = row.TestLoss } };
    }

    private static string Offer(TrainingRun run) => run.CheckpointEpochs.Count switch
    {
        0 => "another run, this one has none",
        1 => $"{run.CheckpointEpochs[0]}",
        _ => $"one of its {run.CheckpointEpochs.Count}, from {run.CheckpointEpochs[0]} to {run.CheckpointEpochs[^1]}",
    };
}
