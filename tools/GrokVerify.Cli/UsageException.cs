namespace GrokVerify.Cli;

/// <summary>Bad usage or bad input. The message is one line: what, where, what to do.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the library says of a bad argument, without the name of the parameter that .NET appends and that says nothing to a user.</summary>
    public static string Words(ArgumentException problem) => problem.Message.Replace($" (Parameter '{problem.ParamName}')", "", StringComparison.Ordinal);
}
