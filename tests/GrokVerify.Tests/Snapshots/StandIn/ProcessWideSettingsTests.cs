namespace GrokVerify.Tests.Snapshots.StandIn;

[Category("Fast")]
[NonParallelizable]
public class ProcessWideSettingsTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private FreshSettings _fresh = null!;

    [SetUp]
    public void TakeFreshSettings() => _fresh = new FreshSettings();

    [TearDown]
    public void PutTheProjectsSettingsBack() => _fresh.Dispose();

    [Test]
    public async Task Text_is_written_with_a_byte_order_mark_unless_told_otherwise()
    {
        SnapshotRun withMark = await SnapshotRun.Of(Nothing, settings => Verify("a", settings));
        VerifierSettings.Shared = new SharedSettings();
        VerifierSettings.UseUtf8NoBom();
        SnapshotRun without = await SnapshotRun.Of(Nothing, settings => Verify("a", settings));

        withMark.Files["case.received.txt"].Should().Be("\uFEFFa");
        without.Files["case.received.txt"].Should().Be("a");
    }

    [Test]
    public async Task Carriage_returns_in_verified_files_can_be_forgiven()
    {
        VerifierSettings.FixNewlinesOnRead();

        (await Run("a\r\nb", "a\nb")).Failure.Should().BeNull();
    }

    [TestCase("a\n", true)]
    [TestCase("a\n\n", false)]
    [TestCase("ab", false)]
    public async Task Exactly_one_final_newline_can_be_forgiven(string verified, bool passes)
    {
        VerifierSettings.IgnoreTrailingNewline();

        ((await Run(verified, "a")).Failure is null).Should().Be(passes);
    }

    [Test]
    public async Task Contents_can_be_left_out_of_the_failure()
    {
        VerifierSettings.OmitContentFromException();

        (await Run("b", "a")).Message.Should().Be(
            "Directory: FOLDER\nNotEqual:\n  - Received: case.received.txt\n    Verified: case.verified.txt\n");
    }

    [Test]
    public async Task Attachments_can_be_left_out()
    {
        VerifierSettings.DisableAttachments();

        (await Run("b", "a", onBuildServer: true)).Attachments.Should().BeEmpty();
    }

    [Test]
    public async Task The_comparer_of_the_extension_goes_before_the_default_one()
    {
        VerifierSettings.SetDefaultStringComparer((_, _, _) => Task.FromResult(CompareResult.NotEqual("default")));
        (await Run("b", "a")).Message.Should().Contain("Compare Result:\ndefault\n");

        VerifierSettings.Shared.HasRun = false;
        VerifierSettings.RegisterStringComparer("txt", (_, _, _) => Task.FromResult(CompareResult.NotEqual("by extension")));
        (await Run("b", "a")).Message.Should().Contain("Compare Result:\nby extension\n");
    }

    [Test]
    public async Task The_process_wide_rule_of_acceptance_decides_alone()
    {
        List<string> asked = [];
        VerifierSettings.AutoVerify((type, method, file) =>
        {
            asked.Add($"{type}.{method} {Path.GetFileName(file)}");
            return false;
        });
        SnapshotRun run = await SnapshotRun.Of(Nothing, settings => Verify("a", settings).AutoVerify());

        run.Failure.Should().NotBeNull();
        asked.Should().Equal($"{nameof(ProcessWideSettingsTests)}.{nameof(The_process_wide_rule_of_acceptance_decides_alone)} case.verified.txt");
    }

    [Test]
    public async Task A_text_that_names_this_machine_is_refused()
    {
        string home = AttributeReader.GetSolutionDirectory();
        SnapshotRun run = await SnapshotRun.Of(Nothing, settings => Verify($"see {home}file", settings));

        run.Message.Should().Contain("which Verify would replace by {SolutionDirectory}: keep absolute paths out of snapshots");
    }

    /// <summary>Windows is not at hand everywhere, so the sources are asked.</summary>
    [Test]
    public void No_message_ends_its_lines_as_the_system_does()
    {
        string[] sources = Directory.GetFiles(Path.Combine(ReferenceData.RepositoryRoot(), "tools", "OfflineVerify"), "*.cs", SearchOption.AllDirectories);

        sources.Should().NotBeEmpty();
        sources.Where(file => File.ReadAllText(file) is var source && (source.Contains("AppendLine", StringComparison.Ordinal) || source.Contains("Environment.NewLine", StringComparison.Ordinal)))
            .Should().BeEmpty("a failure reads alike on every system");
    }

    private static Task<SnapshotRun> Run(string verified, string received, bool onBuildServer = false) =>
        SnapshotRun.Of(new Dictionary<string, string> { ["case.verified.txt"] = verified }, settings => Verify(received, settings), onBuildServer);
}
