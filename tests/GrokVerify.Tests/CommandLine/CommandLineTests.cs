using System.CommandLine;
using GrokVerify.Cli;
using GrokVerify.Runs;
using Spectre.Console;

namespace GrokVerify.Tests.CommandLine;

/// <summary>What a command line wrote, and how it ended.</summary>
internal sealed record CommandLineResult(int ExitCode, string Output, string Error);

/// <summary>Runs the command line in this process, with a folder of its own as the store.</summary>
public abstract class CommandLineTests
{
    private const int Columns = 160;

    /// <summary>A network that trains in a fraction of a second.</summary>
    internal static readonly string[] TinyNetwork =
        ["--p", "7", "--fraction", "0.6", "--d-model", "16", "--heads", "2", "--d-mlp", "32", "--log-every", "10", "--checkpoint-every", "50"];

    /// <summary>The program's verbs and options, to look at or to parse with, not to run.</summary>
    internal static RootCommand Root { get; } =
        CommandLineProgram.Root(new CommandContext(AnsiConsole.Console, TextWriter.Null, TextWriter.Null, _ => null, CancellationToken.None));

    protected string Folder { get; private set; } = "";

    protected string Store => Path.Combine(Folder, "runs");

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("grokverify-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    internal CommandLineResult Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    internal CommandLineResult Run(CancellationToken interruption, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Columns;
        var context = new CommandContext(
            console, output, error, variable => variable == "GROKVERIFY_RUNS" ? Store : null, interruption);
        int exitCode = CommandLineProgram.Run(arguments, context);
        return new CommandLineResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Trains the tiny network through the command line.</summary>
    internal TrainingRun Train(long epochs, params string[] more)
    {
        CommandLineResult result = Run(["train", .. TinyNetwork, "--epochs", epochs.ToString(System.Globalization.CultureInfo.InvariantCulture), .. more]);
        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        return TrainingRun.Open(result.Output.TrimEnd().Split("run: ")[^1]);
    }

    /// <summary>Exit code 2, and one line that says why.</summary>
    private protected static void ShouldBeRefused(CommandLineResult result, string line)
    {
        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.Error.TrimEnd('\n').Should().Contain(line).And.NotContain("\n").And.NotContain("Parameter");
    }

    protected string In(string name) => Path.Combine(Folder, name);
}
