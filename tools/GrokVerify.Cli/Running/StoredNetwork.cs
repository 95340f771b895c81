using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Training;

namespace GrokVerify.Cli.Running;

/// <summary>A network found on disk, and what the file says of it.</summary>
/// <param name="Source">The file or run folder.</param>
/// <param name="Weights">The network.</param>
/// <param name="Config">What it was trained with; null in a file of other origin.</param>
/// <param name="Epoch">Null in a file of other origin.</param>
internal sealed record StoredNetwork(string Source, TransformerWeights Weights, TrainingConfig? Config, long? Epoch)
{
    private static readonly string[] PyTorchEndings = [".pth", ".pt", ".bin"];

    /// <summary>The labels it is judged by.</summary>
    public ModularTask Task => Config?.CreateTask() ?? new ModularTask(Weights.Config.Prime);

    /// <summary>Reads a run folder, a folder that holds one run, or a .safetensors file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="epoch">The checkpoint of a run folder; null for the newest good one.</param>
    /// <param name="warn">Told of damaged checkpoints that are passed over.</param>
    /// <exception cref="UsageException">There is no network there.</exception>
    /// <exception cref="RunFormatException">A file of the run is malformed.</exception>
    /// <exception cref="CheckpointException">The file is damaged, or holds no such network.</exception>
    public static StoredNetwork Read(string path, long? epoch, Action<string> warn)
    {
        if (Directory.Exists(path))
        {
            return ReadRun(RunIn(path), epoch, warn);
        }

        if (PyTorchEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"{path}: PyTorch files are not supported yet; save the tensors as .safetensors and give that");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{path}: does not exist; give a run folder or a .safetensors file");
        }

        if (epoch is not null)
        {
            throw new UsageException($"--epoch {epoch}: {path} is a file of one network; give --epoch with a run folder only");
        }

        var checkpoint = Checkpoint.Read(path);
        return new StoredNetwork(path, checkpoint.Weights, checkpoint.Config, checkpoint.State?.Epoch);
    }

    /// <summary>The train and test halves: from what the network was trained with, or from the options; null when neither tells.</summary>
    /// <exception cref="UsageException">The options contradict the file, or only one of them is given.</exception>
    public PairSplit? Split(double? fraction, long? seed)
    {
        if (Config is not null)
        {
            if ((fraction ?? Config.TrainFraction) != Config.TrainFraction || (seed ?? Config.Seed) != Config.Seed)
            {
                throw new UsageException(FormattableString.Invariant(
                    $"{Source}: was trained with fraction {Config.TrainFraction} and seed {Config.Seed}, not with those given; leave out --fraction and --seed"));
            }

            return Config.CreateSplit();
        }

        if (fraction is double given && seed is long number)
        {
            PairSplit? split = null;
            Options.TrainingOptions.Checked(() => split = new PairSplit(Weights.Config.Prime, given, number));
            return split;
        }

        return fraction is null && seed is null ? null : throw new UsageException("--fraction and --seed belong together; give both or neither");
    }

    private static string RunIn(string folder)
    {
        if (File.Exists(Path.Combine(folder, "run.json")))
        {
            return folder;
        }

        string[] runs = [.. Directory.EnumerateDirectories(folder).Where(inner => File.Exists(Path.Combine(inner, "run.json"))).Order(StringComparer.Ordinal)];
        return runs.Length switch
        {
            1 => runs[0],
            0 => throw new UsageException($"{folder}: is not a run folder, it has no run.json; give the folder that a training run wrote, or a .safetensors file"),
            _ => throw new UsageException($"{folder}: holds {runs.Length} runs; give one of them, for example {runs[0]}"),
        };
    }

    private static StoredNetwork ReadRun(string folder, long? epoch, Action<string> warn)
    {
        var run = TrainingRun.Open(folder);
        foreach (string warning in run.Warnings)
        {
            warn(warning);
        }

        if (epoch is long wanted)
        {
            return run.CheckpointEpochs.Contains(wanted)
                ? new StoredNetwork(folder, run.ReadCheckpoint(wanted).Weights, run.Config, wanted)
                : throw new UsageException($"--epoch {wanted}: {folder} has no such checkpoint; give {Offer(run)}");
        }

        foreach (long newest in run.CheckpointEpochs.Reverse())
        {
            try
            {
                return new StoredNetwork(folder, run.ReadCheckpoint(newest).Weights, run.Config, newest);
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
