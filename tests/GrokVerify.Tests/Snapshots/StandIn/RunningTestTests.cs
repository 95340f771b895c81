namespace GrokVerify.Tests.Snapshots.StandIn;

/// <summary>Names as they come from NUnit itself, without a rule of the project.</summary>
[TestFixture("embedding")]
[Category("Fast")]
[NonParallelizable]
public class RunningTestTests(string tensor)
{
    private FreshSettings _fresh = null!;

    [SetUp]
    public void TakeFreshSettings() => _fresh = new FreshSettings();

    [TearDown]
    public void PutTheProjectsSettingsBack() => _fresh.Dispose();

    [TestCase(113)]
    public async Task Fixture_and_test_parameters_are_found(int prime)
    {
        SnapshotRun run = await SnapshotRun.Of(new Dictionary<string, string>(), _ => VerifyInScratch($"{tensor} {prime}"));

        run.Message.Should().Contain(
            "    Verified: RunningTestTests.Fixture_and_test_parameters_are_found_tensor=embedding_prime=113.verified.txt\n");
    }

    private static async Task<VerifyResult> VerifyInScratch(string target)
    {
        string folder = Path.Combine(Path.GetTempPath(), "grokverify-snapshots", Guid.NewGuid().ToString("N"));
        try
        {
            return await Verify(target).UseDirectory(folder).DisableDiff();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
