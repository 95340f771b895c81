namespace GrokVerify.BuildTests.Mutations;

/// <summary>
/// Does the guard notice mistakes that nobody chose? Stryker.NET makes every one that it knows in one folder of the library. On demand only, folder by folder; Survivors.md has what came of it.
/// <code>dotnet test tests/GrokVerify.BuildTests --filter "TestCategory=Stryker&amp;Name~Measures" -- RunConfiguration.TestSessionTimeout=18000000</code>
/// </summary>
[TestFixture]
[Category("Stryker")]
[Explicit("takes from minutes to hours for a folder")]
[NonParallelizable]
public sealed class StrykerTests
{
    private const double LeastShare = 0.85;
    private const int FiveHours = 5 * 60 * 60 * 1000;

    [TestCase("Measures")]
    [TestCase("Ablations")]
    [TestCase("Fourier")]
    [TestCase("Claims")]
    [TestCase("Runs")]
    [CancelAfter(FiveHours)]
    public async Task Most_mistakes_of_a_folder_are_noticed(string folder, CancellationToken token)
    {
        using MutatedCopy copy = new();

        StrykerReport report = await copy.RunStrykerAsync(folder, token);

        await TestContext.Out.WriteLineAsync(report.ToString());
        report.Share.Should().BeGreaterThanOrEqualTo(LeastShare, report.ToString());
    }
}
