using System.CommandLine;
using System.CommandLine.Help;
using GrokVerify.Cli.Verbs;
using GrokVerify.Runs;
using GrokVerify.Training;

namespace GrokVerify.Cli;

/// <summary>The whole command line: reads the arguments, does the verb, and turns every ending into an exit code.</summary>
internal static class CommandLineProgram
{
    public static int Run(IReadOnlyList<string> arguments, CommandLineSurroundings surroundings)
    {
        RootCommand root = Root(surroundings);
        ParseResult parsed = root.Parse(arguments);
        try
        {
            if (parsed.Errors.Count > 0)
            {
                throw new UsageException(BadArguments(parsed));
            }

            // Exceptions and signals are this class's business, not the parser's.
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = surroundings.Output,
                Error = surroundings.Error,
            });
        }
        catch (Exception problem)
        {
            return Report(problem, surroundings);
        }
    }

    /// <summary>The program with its verbs; its help is as wide as the console.</summary>
    public static RootCommand Root(CommandLineSurroundings surroundings)
    {
        var root = new RootCommand(
            """
            Reproduces and verifies "Progress measures for grokking via mechanistic interpretability" (arXiv 2301.05217).

            Exit codes: 0 done, 1 the job failed, 2 bad usage or bad input, 130 interrupted.
            Environment: GROKVERIFY_RUNS names the folder of stored runs, GROKVERIFY_LIBTORCH a folder of libtorch, NO_COLOR turns colour off.
            """);
        root.Subcommands.Add(ReproduceVerb.Create(surroundings));
        root.Subcommands.Add(TrainVerb.Create(surroundings));
        root.Subcommands.Add(AnalyzeVerb.Create(surroundings));
        root.Subcommands.Add(CheckVerb.Create(surroundings));
        root.Subcommands.Add(ImportVerb.Create(surroundings));
        root.Subcommands.Add(ExportVerb.Create(surroundings));
        root.Subcommands.Add(SearchVerb.Create(surroundings));
        root.Subcommands.Add(BenchVerb.Create(surroundings));
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction { MaxWidth = surroundings.Console.Profile.Width };
        return root;
    }

    private static string BadArguments(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string where = command is RootCommand ? "grokverify" : $"grokverify {command.Name}";
        string problem = parsed.Errors[0].Message.TrimEnd('.');
        if (command is RootCommand)
        {
            string given = parsed.UnmatchedTokens.Count == 0 ? "no verb given" : $"unknown verb {parsed.UnmatchedTokens[0]}";
            problem = $"{given}: give one of {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}";
        }

        return $"{problem}; see {where} --help";
    }

    private static int Report(Exception problem, CommandLineSurroundings surroundings)
    {
        switch (problem)
        {
            case OperationCanceledException:
                surroundings.Error.WriteLine(problem is InterruptedRunException ? problem.Message : "interrupted");
                return ExitCode.Interrupted;
            case UsageException or CheckpointException or RunFormatException:
                surroundings.Error.WriteLine(OneLine(problem.Message));
                return ExitCode.BadUsage;
            case RunStorageException or TrainingDivergedException or LibTorchUnavailableException:
                surroundings.Error.WriteLine(OneLine(problem.Message));
                return ExitCode.Failed;
            default:
                surroundings.Error.WriteLine($"unexpected error, a defect of this program: {problem}");
                return ExitCode.Failed;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
