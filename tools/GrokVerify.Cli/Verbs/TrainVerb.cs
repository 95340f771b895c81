using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Runs;
using GrokVerify.Training;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>train: brings one run to the end of its schedule.</summary>
internal static class TrainVerb
{
    public static Command Create(CommandLineSurroundings surroundings)
    {
        var command = new Command(
            "train",
            """
            Trains one network, or goes on with its run where that was interrupted or is to go further. The defaults are the paper's.

            Every configuration has a run folder of its own in the store: the same command reuses it. Ctrl-C leaves a run that the same command resumes.
            """);
        var training = new TrainingOptions(command, new TrainingSchedule());
        Option<bool> untilGrokked = OptionFactory.Switch("--until-grokked", "Stop as soon as the network has grokked and cleaned up");
        command.Options.Add(untilGrokked);
        var engine = new EngineOptions(command);
        Option<string?> store = OptionFactory.Path("--out", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            TrainingRun run = StoredTraining.Run(
                surroundings,
                Places.Runs(parsed.GetValue(store), surroundings.Variable),
                training.Config(parsed),
                training.Schedule(parsed, parsed.GetValue(untilGrokked)),
                engine.Choice(parsed));
            Show(surroundings.Console, run);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(IAnsiConsole console, TrainingRun run)
    {
        MetricsRow last = run.Rows[^1];
        console.WriteLine(
            $"{(run.StopReason == "grokked" ? "grokked" : "trained")}: epoch {Quantities.Count(last.Epoch)}, "
            + $"train loss {Quantities.Loss(last.TrainLoss)}, test loss {Quantities.Loss(last.TestLoss)}, "
            + $"test accuracy {Quantities.Share(last.TestAccuracy)}, sum of squared weights {Quantities.Measure(last.SumSquaredWeights)}");
        console.WriteLine($"run: {run.Folder}");
    }
}
