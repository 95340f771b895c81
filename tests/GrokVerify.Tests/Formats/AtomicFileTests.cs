using GrokVerify.Formats;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Formats;

/// <summary>What a killed process leaves is taken away by the next one; what a living one is at is not.</summary>
[Category("Fast")]
public class AtomicFileTests : RunFolderTests
{
    private string Leftover => In("a.csv.0123.grokverify-tmp");

    [Test]
    public void Writing_a_file_removes_what_a_killed_process_left_of_it()
    {
        Leave(Leftover, TimeSpan.FromHours(1));
        Leave(In("b.csv.0123.grokverify-tmp"), TimeSpan.FromHours(1));
        Leave(In("a.csv.tmp"), TimeSpan.FromHours(1));

        AtomicFile.Write(In("a.csv"), new byte[] { 1 });

        Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Should().BeEquivalentTo("a.csv", "a.csv.tmp", "b.csv.0123.grokverify-tmp");
    }

    [Test]
    public void What_may_be_another_process_s_is_left_alone()
    {
        Leave(Leftover, TimeSpan.Zero);

        AtomicFile.Write(In("a.csv"), new byte[] { 1 });

        File.Exists(Leftover).Should().BeTrue("it may be written to in this moment");
    }

    [Test]
    public void What_somebody_has_open_is_left_alone_however_old()
    {
        using (var writing = new FileStream(Leftover, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            File.SetLastWriteTimeUtc(writing.SafeFileHandle, DateTime.UtcNow - TimeSpan.FromHours(1));

            AtomicFile.Write(In("a.csv"), new byte[] { 1 });

            File.Exists(Leftover).Should().BeTrue();
        }
    }

    [Test]
    public void A_folder_that_cannot_be_flushed_is_no_error() => FluentActions.Invoking(() => FolderFlush.Of(In("none"))).Should().NotThrow();

    private static void Leave(string file, TimeSpan age)
    {
        File.WriteAllBytes(file, [1]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - age);
    }
}
