using System.CommandLine;
using GrokVerify.Claims;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Plots;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Cli.Running;
using GrokVerify.Measures;
using GrokVerify.Runs;
using GrokVerify.Training;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>reproduce: trains the paper's network until it groks, and shows why.</summary>
internal static class ReproduceVerb
{
    private static readonly TrainingSchedule Defaults = new() { LogEvery = 25, CheckpointEvery = 250 };

    public static Command Create(CommandLineSurroundings surroundings)
    {
        var command = new Command(
            "reproduce",
            """
            Trains the paper's network until it has grokked and cleaned up, or reuses its run; measures every checkpoint, ablates the last
            network, judges the claims, and prints what was found beside what the paper published. Writes tables, CSV and plots to a folder.

            Ctrl-C leaves a run that the same command resumes. A claim that does not hold is a finding, not a failure: the exit code is 0.
            """);
        var training = new TrainingOptions(command, Defaults);
        var engine = new EngineOptions(command);
        Option<string?> output = OptionFactory.Path("--out", "Folder of the report [default: artifacts/reproduce of the repository]");
        Option<string?> store = OptionFactory.Path("--runs", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Options.Add(output);
        command.Options.Add(store);
        command.SetAction(parsed =>
        {
            TrainingConfig config = training.Config(parsed);
            TrainingSchedule schedule = training.Schedule(parsed, untilGrokked: true);
            EngineChoice choice = engine.Choice(parsed);
            string folder = Path.GetFullPath(parsed.GetValue(output) ?? Places.Artifacts("reproduce"));
            Places.RequireWritable(folder);
            TrainingRun run = StoredTraining.Run(surroundings, Places.Runs(parsed.GetValue(store), surroundings.Variable), config, schedule, choice);
            Findings findings = Measure(surroundings, run);
            Report(surroundings, findings, folder);
            return ExitCode.Done;
        });
        return command;
    }

    private static Findings Measure(CommandLineSurroundings surroundings, TrainingRun run)
    {
        List<long> epochs = GoodCheckpoints(surroundings, run);
        int done = 0;
        return ProgressDisplay.Run(surroundings.Console, $"measuring {epochs.Count} checkpoints", display =>
        {
            var progress = new Receiver<MeasurePoint>(point =>
            {
                done++;
                display.Show((double)done / epochs.Count, $"measured {done} of {epochs.Count} checkpoints, epoch {Quantities.Count(point.Epoch)}");
            });
            try
            {
                return Findings.Of(run, epochs, progress, surroundings.Interruption);
            }
            catch (OperationCanceledException interruption)
            {
                throw new InterruptedRunException($"interrupted while measuring; the run is kept, repeat the command to go on (run: {run.Folder})", interruption);
            }
        });
    }

    private static List<long> GoodCheckpoints(CommandLineSurroundings surroundings, TrainingRun run)
    {
        List<long> good = [];
        foreach (long epoch in run.CheckpointEpochs)
        {
            try
            {
                run.ReadCheckpoint(epoch);
                good.Add(epoch);
            }
            catch (CheckpointException damaged)
            {
                surroundings.Warn($"left out: {damaged.Message}");
            }
        }

        return good;
    }

    private static void Report(CommandLineSurroundings surroundings, Findings findings, string folder)
    {
        IReadOnlyList<ReportTable> tables = ReproductionTables.All(findings);
        foreach (ReportTable table in tables)
        {
            ConsoleTables.Show(surroundings.Console, table);
        }

        ReproductionData.Write(findings, folder);
        IReadOnlyList<PlotFile> plots = [.. CurvePlots.Of(findings), .. SpectrumPlots.Of(findings)];
        foreach (PlotFile plot in plots)
        {
            plot.Write(folder);
        }

        SummaryFile.Write(findings, tables, plots, folder);
        int holding = findings.Claims.Count(result => result.Verdict == Verdict.Holds);
        surroundings.Console.WriteLine();
        surroundings.Console.WriteLine($"{holding} of {findings.Claims.Count} claims hold");
        surroundings.Console.WriteLine($"report: {Path.Combine(folder, SummaryFile.Name)}");
        surroundings.Console.WriteLine($"run: {findings.Run.Folder}");
    }
}
