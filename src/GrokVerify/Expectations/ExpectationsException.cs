namespace GrokVerify.Expectations;

/// <summary>A file of expectations is absent, cannot be understood, or says nothing of a network. The message is one line: what, where, what to do.</summary>
public sealed class ExpectationsException : Exception
{
    /// <param name="place">The file, or file(line).</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public ExpectationsException(string place, string problem, string remedy, Exception? cause = null)
        : base($"{place}: {problem}; {remedy}".ReplaceLineEndings(" "), cause)
    {
    }
}
