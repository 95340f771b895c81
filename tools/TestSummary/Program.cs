using System.Globalization;
using TestSummary;

if (args is not [string folder])
{
    Console.Error.WriteLine("usage: TestSummary FOLDER (with .trx files)");
    return 2;
}

if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"{folder} does not exist: give the folder that the test run wrote its .trx files into");
    return 2;
}

IReadOnlyList<TestResult> results;
try
{
    results = TestResults.Read(folder);
}
catch (InvalidDataException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}

Console.WriteLine("Slowest tests:");
foreach (TestResult result in results.OrderByDescending(result => result.Duration).Take(10))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Duration.TotalSeconds,8:F2} s  {result.Name}"));
}

foreach (TestResult result in results.Where(result => result.IsFailed))
{
    Console.WriteLine($"Failed: {result.Name} ({result.Outcome})");
}

int passed = results.Count(result => result.IsPassed);
int failed = results.Count(result => result.IsFailed);
int skipped = results.Count(result => result.IsSkipped);
Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
return failed == 0 && passed > 0 ? 0 : 1;
