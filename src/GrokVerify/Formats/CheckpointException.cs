using System.Text.RegularExpressions;

namespace GrokVerify.Formats;

/// <summary>A file of weights cannot be used: it is absent, truncated, damaged, or not what it should be.</summary>
public sealed partial class CheckpointException : Exception
{
    private const int LongestProblem = 500;

    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong with it; may hold text from the file, of which control characters and excess length are left out.</param>
    /// <param name="remedy">What to do about it.</param>
    /// <param name="cause">What was caught, if anything.</param>
    public CheckpointException(string file, string problem, string remedy, Exception? cause = null)
        : base($"{file}: {Plain(problem)}; {remedy}", cause)
    {
        File = file;
        Problem = Plain(problem);
    }

    public string File { get; }

    public string Problem { get; }

    private static string Plain(string problem)
    {
        // .NET appends the name of a parameter to what it says of an argument, which says nothing to a user.
        problem = ParameterName().Replace(problem, "");
        string shortened = problem.Length <= LongestProblem ? problem : problem[..LongestProblem] + "...";
        return string.Concat(shortened.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    [GeneratedRegex(@" \(Parameter '[A-Za-z]+'\)", RegexOptions.NonBacktracking)]
    private static partial Regex ParameterName();
}
