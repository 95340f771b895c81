namespace OfflineVerify.Engine;

/// <summary>A snapshot does not match. The stack trace is left out: it would only show the way through the engine.</summary>
internal sealed class VerifyException(string message) : Exception(message)
{
    public override string StackTrace => "";
}
