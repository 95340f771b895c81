using System.Globalization;
using System.Xml.Linq;

namespace TestSummary;

/// <summary>One test's result.</summary>
/// <param name="Name">The test's name.</param>
/// <param name="Outcome">As TRX writes it: Passed, Failed, NotExecuted and others.</param>
/// <param name="Duration">Zero when the test did not run.</param>
public sealed record TestResult(string Name, string Outcome, TimeSpan Duration)
{
    public bool IsPassed => Outcome == "Passed";

    /// <summary>Ignored, or inconclusive because this machine lacks something.</summary>
    public bool IsSkipped => Outcome is "NotExecuted" or "Inconclusive" or "Pending" or "NotRunnable";

    /// <summary>Everything else: failed, error, timeout, aborted.</summary>
    public bool IsFailed => !IsPassed && !IsSkipped;
}

/// <summary>Reads the TRX files of a folder.</summary>
public static class TestResults
{
    /// <exception cref="InvalidDataException">A file is not a TRX file, names the file.</exception>
    public static IReadOnlyList<TestResult> Read(string folder)
    {
        List<TestResult> results = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            results.AddRange(ReadFile(file));
        }

        return results;
    }

    /// <summary>How many passed, failed and were skipped, in one line.</summary>
    public static string Sums(IReadOnlyList<TestResult> results) =>
        $"{results.Count(result => result.IsPassed)} passed, {results.Count(result => result.IsFailed)} failed, {results.Count(result => result.IsSkipped)} skipped";

    private static IEnumerable<TestResult> ReadFile(string file)
    {
        XElement root;
        try
        {
            root = XDocument.Load(file).Root!;
        }
        catch (System.Xml.XmlException problem)
        {
            throw new InvalidDataException($"{file} is not a TRX file: {problem.Message}", problem);
        }

        XNamespace space = root.Name.Namespace;
        return root.Name.LocalName == "TestRun"
            ? root.Elements(space + "Results").Elements(space + "UnitTestResult").Select(Parse)
            : throw new InvalidDataException($"{file} is not a TRX file: its root is {root.Name.LocalName}, not TestRun");
    }

    private static TestResult Parse(XElement result) => new(
        (string?)result.Attribute("testName") ?? "(no name)",
        (string?)result.Attribute("outcome") ?? "(no outcome)",
        TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out TimeSpan duration) ? duration : TimeSpan.Zero);
}
