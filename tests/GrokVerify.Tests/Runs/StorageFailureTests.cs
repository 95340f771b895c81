using System.Diagnostics;
using System.Runtime.Versioning;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class StorageFailureTests : RunFolderTests
{
    [Test]
    public void A_file_that_cannot_be_written_ends_the_run_with_one_error_and_keeps_what_was_there()
    {
        // A folder in the place of a checkpoint makes the system refuse the file.
        Directory.CreateDirectory(CheckpointFile(In("run"), 60));
        Directory.Move(In("run"), In("obstacle"));
        Train(In("run"), 40);
        Directory.Move(CheckpointFile(In("obstacle"), 60), CheckpointFile(In("run"), 60));

        Action training = () => Train(In("run"), 200);

        training.Should().Throw<StorageException>().Which.Message.Should()
            .Contain("epoch-00000060.safetensors: cannot be written (").And.Contain("bytes needed").And.Contain("a folder has its name: move it away").And.NotContain("\n");
        var failed = TrainingRun.Open(In("run"));
        failed.Status.Should().Be(RunStatus.Failed);
        failed.StopReason.Should().Contain("epoch-00000060.safetensors");
        failed.ReadCheckpoint(40).CanResume.Should().BeTrue();
        Directory.EnumerateFiles(In("run"), "*tmp*", SearchOption.AllDirectories).Should().BeEmpty();
        Directory.Delete(CheckpointFile(In("run"), 60));
        Train(In("run"), 200).Status.Should().Be(RunStatus.Complete);
        Train(In("uninterrupted"), 200);
        ShouldHoldTheSameFiles(In("run"), In("uninterrupted"));
    }

    [Test]
    public void A_full_disk_ends_the_run_with_one_error_and_the_run_goes_on_once_there_is_space()
    {
        string disk = In("disk");
        Directory.CreateDirectory(disk);
        Mount("-t", "tmpfs", "-o", "size=512k", "tmpfs", disk);
        try
        {
            string folder = Path.Combine(disk, "run");
            Action training = () => Train(folder, 100_000_000);

            training.Should().Throw<StorageException>().Which.Message.Should().Contain("cannot be written").And.Contain("No space left on device").And.Contain("free some space");
            var full = TrainingRun.Open(folder);
            full.Status.Should().BeOneOf(RunStatus.Failed, RunStatus.Interrupted);
            full.CheckpointEpochs.Select(epoch => full.ReadCheckpoint(epoch).Epoch).Should().Equal(full.CheckpointEpochs);
            long reached = full.Rows[^1].Epoch;
            reached.Should().BeGreaterThan(100);

            Mount("-o", "remount,size=4m", disk);
            Train(folder, reached + 20).Status.Should().Be(RunStatus.Complete);
            Train(In("uninterrupted"), reached + 20);
            ShouldHoldTheSameFiles(folder, In("uninterrupted"));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "has no modes of files")]
    [UnsupportedOSPlatform("windows")]
    public void A_checkpoints_folder_that_cannot_be_read_is_one_clear_error()
    {
        Train(In("run"), 40);
        string checkpoints = In("run/checkpoints");
        UnixFileMode mode = File.GetUnixFileMode(checkpoints);
        File.SetUnixFileMode(checkpoints, UnixFileMode.None);
        try
        {
            Assume.That(() => Directory.GetFiles(checkpoints), Throws.Exception, "root reads every folder");

            FluentActions.Invoking(() => TrainingRun.Open(In("run"))).Should().Throw<RunFormatException>().WithMessage("*checkpoints: cannot be read: *; check its permissions");
        }
        finally
        {
            File.SetUnixFileMode(checkpoints, mode);
        }
    }

    // Nothing but a small file system of its own fills up for real; making one takes Linux and its root.
    private static void Mount(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("a small tmpfs can be mounted on Linux only");
        }

        string? error = Run("mount", arguments);
        if (error is not null)
        {
            Assert.Ignore("a small tmpfs cannot be mounted here: " + error);
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
