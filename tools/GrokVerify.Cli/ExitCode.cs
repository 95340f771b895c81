namespace GrokVerify.Cli;

/// <summary>What the program tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The job was understood and begun, but failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or bad input; one line on the error stream says what, where, and what to do.</summary>
    public const int BadUsage = 2;

    /// <summary>Interrupted from outside; a run that was being trained can be resumed.</summary>
    public const int Interrupted = 130;
}
