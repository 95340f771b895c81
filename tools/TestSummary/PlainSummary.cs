using System.Globalization;

namespace TestSummary;

/// <summary>Test results as text; the last line is the sums.</summary>
internal static class PlainSummary
{
    private const int Slowest = 10;

    /// <returns>The exit code: 0 when tests ran and none failed.</returns>
    public static int Write(IReadOnlyList<TestResult> results)
    {
        Console.WriteLine("Slowest tests:");
        foreach (TestResult result in results.OrderByDescending(result => result.Duration).Take(Slowest))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Duration.TotalSeconds,8:F2} s  {result.Name}"));
        }

        foreach (TestResult result in results.Where(result => result.IsFailed))
        {
            Console.WriteLine($"Failed: {result.Name} ({result.Outcome})");
        }

        Console.WriteLine(TestResults.Sums(results));
        return results.Any(result => result.IsPassed) && !results.Any(result => result.IsFailed) ? 0 : 1;
    }
}
