using GrokVerify.Golden;

namespace GrokVerify.Tests.Snapshots;

[Category("Fast")]
public class SnapshotTableTests
{
    private static IEnumerable<SnapshotCase> Table() =>
    [
        .. SnapshotCases.Text(), .. SnapshotCases.Leftovers(), .. SnapshotCases.Binary(),
        .. SnapshotCases.Targets(), .. SnapshotCases.Comparers(), .. SnapshotCases.Acceptance(),
    ];

    [Test]
    public async Task Files_and_target_before_decide_files_and_message_after([ValueSource(nameof(Table))] SnapshotCase snapshot, [Values] bool onBuildServer)
    {
        if (GoldenSetup.IsAcceptanceAsked(Environment.GetEnvironmentVariable))
        {
            Assert.Ignore("GROKVERIFY_ACCEPT=1 decides what is accepted in this whole process; the table says what happens without it");
        }

        SnapshotRun run = await SnapshotRun.Of(snapshot.Before, snapshot.Verify, onBuildServer);

        run.Message.Should().Be(snapshot.Message is null ? null : "Directory: FOLDER\n" + snapshot.Message);
        run.Files.Should().BeEquivalentTo(snapshot.After);
        run.Attachments.Should().Equal(onBuildServer ? snapshot.Attached : [], "received files go with the result where nobody can open them, and only there");
    }
}
