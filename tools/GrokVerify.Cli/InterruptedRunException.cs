namespace GrokVerify.Cli;

/// <summary>Training was interrupted; the message says how to go on.</summary>
internal sealed class InterruptedRunException(string message, OperationCanceledException cause)
    : OperationCanceledException(message, cause, cause.CancellationToken);
