using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Networks;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Verbs;

/// <summary>import: makes a run of a network that was trained elsewhere.</summary>
internal static class ImportVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "import",
            """
            Makes a run folder in the store of a network that was trained elsewhere, with weights, optimiser state and epoch where the file has them.

            train --from FILE, with the same options, trains it on. Split and weight decay come from the options where they are given, else from the file.
            """);
        var file = new Argument<string>("FILE") { Description = "A .pth or a .safetensors file, or a run folder" };
        command.Arguments.Add(file);
        var training = new TrainingOptions(command, new TrainingSchedule(), isOfImportAlone: true);
        var reading = new ReadingOptions(command, isForTraining: true);
        var optimizerState = new OptimizerStateOption(command);
        var engine = new EngineOptions(command);
        Option<string?> store = OptionFactory.Path("--out", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            NetworkFile network = optimizerState.Applied(parsed, StoredNetwork.Read(parsed.GetRequiredValue(file), null, reading.Of(parsed), context.Warn));
            TrainingConfig config = training.Config(parsed, network, context);
            TrainingState start = ImportedStart.Of(network, context);
            TrainingRun run = StoredTraining.Run(
                context, ArtifactPaths.Runs(parsed.GetValue(store), context.Variable), store.Name, config, training.ScheduleUpTo(parsed, start.Epoch), engine.Choice(parsed, config.Model), start);
            TrainVerb.Show(context.Console, "imported", run.Rows.First(row => row.Epoch == start.Epoch), run);
            return ExitCode.Done;
        });
        return command;
    }
}
