using System.CommandLine;
using System.CommandLine.Help;
using GrokVerify.Cli.Verbs;
using GrokVerify.Exact.Gpu;
using GrokVerify.Expectations;
using GrokVerify.Formats;
using GrokVerify.LibTorch;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Cli;

/// <summary>The whole command line: reads the arguments, does the verb, and turns every ending into an exit code.</summary>
internal static class CommandLineProgram
{
    /// <summary>Verbs that have nothing to save when they are interrupted: they end at once, whatever they are at.</summary>
    private static readonly string[] EndAtOnce = ["analyze", "check", "expect", "export"];

    /// <summary>Words are what they are: a name may begin with @, and no file is read in the place of one.</summary>
    private static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static int Run(IReadOnlyList<string> arguments, CommandContext context)
    {
        int exitCode = Do(arguments, context);
        if (context.OutputFailure() is not string failure)
        {
            return exitCode;
        }

        context.Error.WriteLine($"the output could not be written ({failure}); give it another place");
        return exitCode == ExitCode.Done ? ExitCode.Failed : exitCode;
    }

    private static int Do(IReadOnlyList<string> arguments, CommandContext context)
    {
        RootCommand root = Root(context);
        try
        {
            RequireCurrentFolder();

            // The parser would pass over it, as a directive that it does not know.
            if (arguments is [['[', ..] directive, ..])
            {
                throw new UsageException(UnknownVerb(root, directive));
            }

            ParseResult parsed = root.Parse(ArgumentsFile.Expand(arguments), Parsing);
            if (parsed.Errors.Count > 0)
            {
                throw new UsageException(BadArguments(parsed));
            }

            // Exceptions and signals are this class's business, not the parser's.
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = context.Output,
                Error = context.Error,
            };
            if (!EndAtOnce.Contains(parsed.CommandResult.Command.Name))
            {
                return parsed.Invoke(configuration);
            }

            var work = Task.Run(() => parsed.Invoke(configuration));
            Task.WaitAny([work], context.Interruption);
            return work.GetAwaiter().GetResult();
        }
        catch (Exception problem)
        {
            return Report(problem, context);
        }
    }

    /// <summary>The program with its verbs; its help is as wide as the console.</summary>
    public static RootCommand Root(CommandContext context)
    {
        var root = new RootCommand(
            """
            Reproduces and verifies "Progress measures for grokking via mechanistic interpretability" (arXiv 2301.05217).

            Exit codes: 0 done, 1 the job failed, 2 bad usage or bad input, 130 interrupted.
            Environment: GROKVERIFY_RUNS names the folder of stored runs, GROKVERIFY_LIBTORCH a folder of libtorch, NO_COLOR turns colour off.
            """);
        root.Subcommands.Add(ReproduceVerb.Create(context));
        root.Subcommands.Add(TrainVerb.Create(context));
        root.Subcommands.Add(AnalyzeVerb.Create(context));
        root.Subcommands.Add(CheckVerb.Create(context));
        root.Subcommands.Add(ExpectVerb.Create(context));
        root.Subcommands.Add(ReportVerb.Create(context));
        root.Subcommands.Add(ImportVerb.Create(context));
        root.Subcommands.Add(ExportVerb.Create(context));
        root.Subcommands.Add(SearchVerb.Create(context));
        root.Subcommands.Add(QuestionVerb.Create(context));
        root.Subcommands.Add(BenchVerb.Create(context));
        root.Subcommands.Add(GpuCheckVerb.Create(context));
        root.Options.OfType<HelpOption>().Single().Action = new HelpAction { MaxWidth = context.Console.Profile.Width };
        return root;
    }

    /// <exception cref="UsageException">It was deleted, and what is relative to it is nowhere.</exception>
    private static void RequireCurrentFolder()
    {
        try
        {
            _ = Environment.CurrentDirectory;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("the current folder does not exist any more; change to another one", problem);
        }
    }

    private static string BadArguments(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string where = command is RootCommand ? "grokverify" : $"grokverify {command.Name}";
        string problem = parsed.Errors[0].Message.TrimEnd('.');
        if (command is RootCommand)
        {
            return UnknownVerb(command, parsed.UnmatchedTokens is [string given, ..] ? given : null);
        }

        return $"{problem}; see {where} --help";
    }

    private static string UnknownVerb(Command root, string? given) =>
        $"{(given is null ? "no verb given" : $"unknown verb {given}")}: give one of {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}; see grokverify --help";

    private static int Report(Exception problem, CommandContext context)
    {
        switch (problem)
        {
            case OperationCanceledException:
                context.Error.WriteLine(problem is InterruptedRunException ? problem.Message : "interrupted");
                return ExitCode.Interrupted;
            case UsageException or CheckpointException or RunFormatException or ExpectationsException:
                context.Error.WriteLine(OneLine(problem.Message));
                return ExitCode.BadUsage;
            case StorageException or TrainingDivergedException or LibTorchUnavailableException or GpuUnavailableException:
                context.Error.WriteLine(OneLine(problem.Message));
                return ExitCode.Failed;
            case AggregateException several when several.InnerExceptions.All(inner => inner is InvalidOperationException { InnerException: StorageException or TrainingDivergedException or RunFormatException or GpuUnavailableException }):
                foreach (Exception failure in several.InnerExceptions)
                {
                    context.Error.WriteLine(OneLine(failure.Message));
                }

                return ExitCode.Failed;
            case OutOfMemoryException or AggregateException { InnerException: OutOfMemoryException }:
                context.Error.WriteLine("out of memory: the network is too large for this machine; give a smaller one, or end other programs");
                return ExitCode.Failed;
            default:
                context.Error.WriteLine($"unexpected error, a defect of this program: {problem}");
                return ExitCode.Failed;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
