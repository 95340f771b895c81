namespace GrokVerify.Cli;

/// <summary>Bad usage or bad input. The message is one line: what, where, what to do.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause);
