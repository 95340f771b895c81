using Spectre.Console;

namespace GrokVerify.Cli;

/// <summary>What the command line needs from the process around it; tests give their own.</summary>
/// <param name="Console">The standard output, as a terminal where it is one.</param>
/// <param name="Output">The same stream as plain text, for JSON.</param>
/// <param name="Error">The error stream.</param>
/// <param name="Variable">An environment variable, null or empty where it is not set.</param>
/// <param name="Interruption">Signalled when the user, or the system, asks the program to end.</param>
internal sealed record CommandContext(
    IAnsiConsole Console,
    TextWriter Output,
    TextWriter Error,
    Func<string, string?> Variable,
    CancellationToken Interruption)
{
    // They live as long as the process.
    private static readonly GuardedWriter GuardedOutput = new(System.Console.Out);
    private static readonly GuardedWriter GuardedError = new(System.Console.Error);

    /// <summary>Why the standard output could not be written; null while it could.</summary>
    public Func<string?> OutputFailure { get; init; } = () => null;

    /// <summary>Columns of a table that is not shown on a terminal, where nothing says how wide the reader's window is.</summary>
    private const int FileWidth = 160;

    public static CommandContext OfThisProcess()
    {
        GuardedWriter output = GuardedOutput;
        System.Console.SetOut(output);
        System.Console.SetError(GuardedError);
        if (System.Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = FileWidth;
        }

        return new CommandContext(
            AnsiConsole.Console,
            System.Console.Out,
            System.Console.Error,
            Environment.GetEnvironmentVariable,
            InterruptionSignals.Listen()) { OutputFailure = () => output.Failure };
    }

    /// <summary>Tells of something that does not end the job.</summary>
    public void Warn(string warning) => Error.WriteLine($"warning: {warning}");
}
