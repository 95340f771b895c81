using GrokVerify.Cli;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.ReportTests;

/// <summary>Reports made by the command line, each once for all tests.</summary>
internal static class Reports
{
    private static readonly Lazy<string> Folder = new(() => Directory.CreateTempSubdirectory("grokverify-report-").FullName);

    private static readonly Lazy<string> Small = new(() => Make("run.html", SmallRunFolder));

    private static readonly Lazy<string> Alone = new(() => Make("network.html", Path.Combine(Repository, "golden", "checkpoints", "mainline-grokked.safetensors")));

    /// <summary>The committed run of a small network (p = 31), which memorizes, groks and cleans up; with six of its checkpoints.</summary>
    public static string OfTheSmallRun => Small.Value;

    /// <summary>A network without its run (p = 113).</summary>
    public static string OfANetwork => Alone.Value;

    public static string SmallRunFolder => Path.Combine(Repository, "golden", "checkpoints", "p31");

    public static TrainingRun SmallRun => TrainingRun.Open(SmallRunFolder);

    public static string Store => Environment.GetEnvironmentVariable("GROKVERIFY_RUNS") is { Length: > 0 } chosen ? chosen : Path.Combine(Repository, "artifacts", "runs");

    public static string Repository
    {
        get
        {
            DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "GrokVerify.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    /// <summary>Runs report.</summary>
    /// <param name="name">Of the file.</param>
    /// <param name="arguments">Of the verb, --out left out.</param>
    /// <returns>The file.</returns>
    public static string Make(string name, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        string file = Path.Combine(Folder.Value, name);
        int exitCode = CommandLineProgram.Run(["report", .. arguments, "--out", file], new CommandContext(console, output, error, Environment.GetEnvironmentVariable, CancellationToken.None));
        exitCode.Should().Be(0, error.ToString());
        return file;
    }
}
