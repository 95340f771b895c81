using System.CommandLine;
using GrokVerify.Cli.Options;
using GrokVerify.Cli.Page;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Networks;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.Cli.Verbs;

/// <summary>report: one HTML page of what is there; trains nothing.</summary>
internal static class ReportVerb
{
    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "report",
            """
            Writes a report, one HTML file that needs no network: curves, spectra, heat maps and circles at every checkpoint, and the claims.

            Without PATH it shows the paper's network from the store: seed 0, or else the newest of its setting. Of several paths the first is shown whole, the others beside it. Nothing is trained.
            """);
        Argument<string[]> paths = NetworkOptions.Several("PATH", "Run folders, .pth or .safetensors files", orNone: true);
        Option<string?> output = OptionFactory.Path("--out", "The file to make [default: artifacts/report/report.html of the repository]", "file");
        Option<string?> claims = OptionFactory.Path("--claims", "Folder of evidence that claim tests left [default: artifacts/claims of the repository]");
        Option<string?> store = OptionFactory.Path("--runs", "The store, a folder of runs [default: GROKVERIFY_RUNS, else artifacts/runs of the repository]");
        command.Arguments.Add(paths);
        command.Options.Add(output);
        command.Options.Add(claims);
        command.Options.Add(store);
        var reading = new ReadingOptions(command);
        var split = new SplitOptions(command);
        command.SetAction(parsed =>
        {
            string file = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(ArtifactPaths.Artifacts("report"), ReportPage.Name));
            if (Directory.Exists(file))
            {
                throw new UsageException($"--out {file}: is a folder; give the name of a file");
            }

            ArtifactPaths.RequireWritable(Path.GetDirectoryName(file)!, output.Name);
            string? evidence = Evidence(parsed.GetValue(claims));
            string[] shown = parsed.GetValue(paths) is { Length: > 0 } given ? given : [Mainline(ArtifactPaths.Runs(parsed.GetValue(store), context.Variable))];
            ReportContent content = Directory.Exists(shown[0])
                ? Of(context, Measured(TrainingRun.Open(StoredNetwork.RunIn(shown[0])), context), evidence)
                : NetworkReport.Of(Read(parsed, shown[0], reading, split, context));
            PageSection[] beside = shown.Length == 1
                ? []
                : [BesideSection.Of([.. shown.Select(path => Directory.Exists(path) ? BesideSection.Member(TrainingRun.Open(StoredNetwork.RunIn(path))) : BesideSection.Member(Read(parsed, path, reading, split, context)))])];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            ReportPage.Write(content with { Sections = [.. content.Sections.Take(1), .. beside, .. content.Sections.Skip(1)] }, file);
            context.Console.WriteLine($"report: {file}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The report of a run that was measured.</summary>
    /// <exception cref="InterruptedRunException">The user ended it.</exception>
    public static ReportContent Of(CommandContext context, ReproductionResult reproduction, string? claims) => ProgressDisplay.Run(context.Console, "writing the report", display =>
    {
        try
        {
            return RunReport.Of(
                reproduction,
                claims,
                new SynchronousProgress<(double Done, long Epoch)>(now => display.Show(now.Done, $"report: looked into epoch {NumberFormat.Count(now.Epoch)}")),
                context.Interruption);
        }
        catch (OperationCanceledException interruption)
        {
            throw new InterruptedRunException($"interrupted while writing the report; the run is kept (run: {reproduction.Run.Folder})", interruption);
        }
    });

    private static ReproductionResult Measured(TrainingRun run, CommandContext context) => ReproductionResult.Of(run, MeasuredRun.Of(run, context));

    private static MeasuredNetwork Read(ParseResult parsed, string path, ReadingOptions reading, SplitOptions split, CommandContext context)
    {
        NetworkFile file = StoredNetwork.Read(path, null, reading.Of(parsed), context.Warn);
        return Measuring.Of(file, split.Of(parsed, file, context.Warn), context);
    }

    /// <summary>The newest finished run of the paper's network; where there is none, of its setting with any other seed.</summary>
    private static string Mainline(string store) =>
        new RunStore(store).List().Where(run => PublishedMainline.IsSettingOf(run.Config) && run.Status == RunStatus.Complete)
            .OrderBy(run => run.Config == new TrainingConfig()).ThenBy(run => run.Sessions[^1].StartedUtc).LastOrDefault()?.Folder
            ?? throw new UsageException($"{store}: has no finished run of the paper's network; make one with reproduce, or give the PATH of a run or of a network");

    private static string? Evidence(string? given)
    {
        string folder = Path.GetFullPath(given ?? ArtifactPaths.Artifacts("claims"));
        return Directory.Exists(folder) ? folder : given is null ? null : throw new UsageException($"--claims {given}: does not exist; give the folder that the claim tests wrote, or leave it out");
    }
}
