namespace GrokVerify.LibTorch;

/// <summary>libtorch cannot be loaded. The message is one line that begins with GROKV0001, says what is missing, and what to do.</summary>
public sealed class LibTorchUnavailableException(string problem, Exception? cause = null)
    : Exception($"{Code}: {problem.ReplaceLineEndings(" ")}", cause)
{
    /// <summary>The code that the message begins with.</summary>
    public const string Code = "GROKV0001";
}
