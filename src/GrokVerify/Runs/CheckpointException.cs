namespace GrokVerify.Runs;

/// <summary>A file of weights cannot be used: it is absent, truncated, damaged, or not what it should be.</summary>
public sealed class CheckpointException : Exception
{
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public CheckpointException(string file, string problem, string remedy, Exception? cause = null)
        : base($"{file}: {problem}; {remedy}", cause)
    {
        File = file;
        Problem = problem;
    }

    public string File { get; }

    public string Problem { get; }
}
