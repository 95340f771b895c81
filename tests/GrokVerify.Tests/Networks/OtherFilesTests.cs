using GrokVerify.Formats;
using GrokVerify.Networks;
using GrokVerify.Tests.Formats.PyTorch;

namespace GrokVerify.Tests.Networks;

/// <summary>Files that are something else: they are called what they are.</summary>
[Category("Fast")]
public class OtherFilesTests : NetworkFileRefusals
{
    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "is a pointer of Git LFS, not the file itself; fetch it: git lfs pull")]
    [TestCase("  <!DOCTYPE html><html>", "is an HTML page; download the file itself")]
    [TestCase("<html lang=en>", "is an HTML page; download the file itself")]
    [TestCase("{\"d_model\": 128}", "is JSON; give the file of the weights")]
    [TestCase("\u001f\u008b\b and so on", "is compressed by gzip; unpack it")]
    [TestCase("\u0093NUMPY\u0001\u0000v", "is an array of NumPy")]
    public void A_file_that_is_something_else_is_named(string content, string problem) => ShouldBeRefused(System.Text.Encoding.Latin1.GetBytes(content), problem);

    [Test]
    public void An_archive_of_something_else_is_named()
    {
        ShouldBeRefused(TorchArchive.Zip(("W_E.npy", new byte[3]), ("W_U.npy", new byte[3])), "is an archive of NumPy arrays (W_E.npy, W_U.npy)");
        ShouldBeRefused(TorchArchive.Zip(("models/a.pth", new byte[3]), ("models/cfg.json", new byte[3])), "is a zip archive of other files (models/a.pth, models/cfg.json); unpack it");
        using var deflated = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(deflated, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("models/published.pth").Open();
            entry.Write(new byte[1000]);
        }

        ShouldBeRefused(deflated.ToArray(), "is a zip archive of other files (models/published.pth); unpack it");
    }

    /// <summary>What git does to a file that it takes for text.</summary>
    [TestCase("published.pth")]
    [TestCase("legacy.pth")]
    public void A_file_whose_line_endings_were_converted_is_named(string name)
    {
        byte[] original = File.ReadAllBytes(TorchFiles.Of(name));
        byte[] converted = [.. original.SelectMany((value, i) => value == '\n' && (i == 0 || original[i - 1] != '\r') ? new byte[] { (byte)'\r', value } : [value])];

        ShouldBeRefused(converted, "every line feed has a carriage return before it; mark such files as binary in .gitattributes");
    }

    [Test]
    public void What_has_no_length_is_not_opened()
    {
        string empty = Path.GetTempFileName();
        foreach (string path in OperatingSystem.IsWindows() ? [empty] : new[] { empty, "/dev/zero" })
        {
            FluentActions.Invoking(() => NetworkFile.Read(path)).Should().Throw<CheckpointException>().WithMessage($"{path}: is empty, or no regular file; *");
        }

        File.Delete(empty);
    }

    [Test]
    public void A_file_from_before_the_zip_format_is_refused_by_name() =>
        ShouldBeRefused(File.ReadAllBytes(TorchFiles.Of("legacy.pth")), "is in PyTorch's format from before version 1.6; load it with a recent torch and save it again");

    [Test]
    public void A_tar_archive_and_a_bare_pickle_are_refused_by_name()
    {
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        ShouldBeRefused(tar, "is a tar archive, PyTorch's format from before version 0.2");
        ShouldBeRefused([0x80, 4, (byte)'N', (byte)'.', 0, 0, 0, 0, 0], "is a bare pickle");
    }
}
