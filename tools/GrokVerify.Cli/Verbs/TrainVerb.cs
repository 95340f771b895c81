using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>train: brings one run to the end of its schedule.</summary>
internal static class TrainVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "train",
            """
            Trains one network, or goes on with its run where that was interrupted or is to go further. The defaults are the paper's.

            Every configuration has a run folder of its own in the store: the same command reuses it. Ctrl-C leaves a run that the same command resumes.

            With --from, training goes on from a network that was trained elsewhere; what its file tells takes the place of the paper's values, and what is given here that of both. With --at, it branches off from a run of the same engine at that epoch, optimiser state and all: until then both are the same, to the bit, and what is given here is all that differs.
            """);
        var training = new TrainingOptions(command, new TrainingSchedule());
        Option<bool> untilGrokked = OptionFactory.Switch("--until-grokked", "Stop as soon as the network has grokked and cleaned up");
        command.Options.Add(untilGrokked);
        var from = new Option<string?>("--from") { Description = "A network to start from: a run folder, a .pth or a .safetensors file", HelpName = "path" };
        command.Options.Add(from);
        Option<long?> at = OptionFactory.OptionalNumber<long>("--at", "The epoch to branch off at, from the run folder that --from names");
        command.Options.Add(at);
        var teacherPath = new Option<string?>("--teacher") { Description = "A network whose softmax is trained on in the place of labels: a run folder, a .pth or a .safetensors file", HelpName = "path" };
        command.Options.Add(teacherPath);
        var reading = new ReadingOptions(command, isForTraining: true);
        var optimizerState = new OptimizerStateOption(command);
        var engine = new EngineOptions(command);
        Option<string?> store = OptionFactory.Path("--out", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            NetworkFile? network = (parsed.GetValue(from), parsed.GetValue(at)) switch
            {
                (null, null) => !reading.Of(parsed).IsGiven ? null : throw new UsageException("--network and --map say how a file is read; give --from with them"),
                (null, long epoch) => throw new UsageException($"--at {epoch}: says where to branch off from a run; give --from with it"),
                (string path, null) => StoredNetwork.Read(path, null, reading.Of(parsed), context.Warn),
                (string path, long epoch) => StoredNetwork.Fork(path, epoch, model => engine.Choice(parsed, model), context),
            };
            network = network is not null ? optimizerState.Applied(parsed, network)
                : optimizerState.IsGiven(parsed) ? throw new UsageException("--optimizer-state: says what a network that is trained on keeps; give --from with it") : null;
            TrainingConfig config = network is null ? training.Config(parsed) : training.Config(parsed, network, context);
            TrainingState? start = network is null ? null : ImportedStart.Of(network, context);
            if (parsed.GetValue(teacherPath) is string teacherOf)
            {
                TransformerWeights teacher = NetworkContinuation.State(StoredNetwork.Read(teacherOf, null, new NetworkReading(), context.Warn)).Weights;
                config = config with { Teacher = Teacher.Of(teacher) };
                TrainingOptions.Checked(config.Validate);
                start = (start ?? TrainingState.Initial(config)) with { Teacher = teacher };
            }

            TrainingRun run = StoredTraining.Run(
                context,
                ArtifactPaths.Runs(parsed.GetValue(store), context.Variable),
                store.Name,
                config,
                training.Schedule(parsed, parsed.GetValue(untilGrokked)),
                engine.Choice(parsed, config.Model),
                start);
            Show(context.Console, run.StopReason == "grokked" ? "grokked" : "trained", run.Rows[^1], run);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Tells of a run: what was done, a row of it, its folder.</summary>
    public static void Show(IAnsiConsole console, string done, MetricsRow row, TrainingRun run)
    {
        console.WriteLine(
            $"{done}: epoch {NumberFormat.Count(row.Epoch)}, "
            + $"train loss {NumberFormat.Loss(row.TrainLoss)}, test loss {NumberFormat.Loss(row.TestLoss)}, "
            + $"test accuracy {NumberFormat.Share(row.TestAccuracy)}, sum of squared weights {NumberFormat.Measure(row.SumSquaredWeights)}");
        console.WriteLine($"run: {run.Folder}");
    }
}
