namespace GrokVerify.Runs;

/// <summary>A run folder is not one, or a file in it cannot be understood.</summary>
public sealed class RunFormatException : Exception
{
    /// <param name="file">The file or folder.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public RunFormatException(string file, string problem, string remedy, Exception? cause = null)
        : base($"{file}: {problem}; {remedy}", cause) => File = file;

    public string File { get; }
}
