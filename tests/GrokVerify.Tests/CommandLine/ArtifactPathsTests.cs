using GrokVerify.Cli.Running;

namespace GrokVerify.Tests.CommandLine;

/// <summary>A folder is looked at before any work is done, and left as it was.</summary>
[Category("Fast")]
public class ArtifactPathsTests : CommandLineTests
{
    [Test]
    public void What_killed_processes_left_is_taken_away_and_nothing_else()
    {
        string[] stale = [$".grokverify-{Guid.NewGuid():N}", "report.html.0123.grokverify-tmp"];
        string[] others = [".grokverify-mine", "notes.txt", "report.html"];
        string fresh = $".grokverify-{Guid.NewGuid():N}";
        foreach (string name in (string[])[.. stale, .. others, fresh])
        {
            File.WriteAllText(In(name), "");
            File.SetLastWriteTimeUtc(In(name), DateTime.UtcNow - (name == fresh ? TimeSpan.Zero : TimeSpan.FromHours(1)));
        }

        ArtifactPaths.RequireWritable(Folder, "--out");

        Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Should().BeEquivalentTo([.. others, fresh]);
    }

    [Test]
    public void A_folder_that_has_to_be_made_is_made_by_who_writes_to_it()
    {
        Directory.CreateDirectory(In("there"));

        ArtifactPaths.RequireWritable(In("there/not/yet"), "--out");

        Directory.EnumerateFileSystemEntries(In("there")).Should().BeEmpty();
    }
}
