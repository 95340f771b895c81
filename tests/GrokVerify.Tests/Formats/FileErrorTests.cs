using GrokVerify.Formats;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Formats;

/// <summary>One line that says what, where, and what to do.</summary>
[Category("Fast")]
public class FileErrorTests : RunFolderTests
{
    [Test]
    public void Bytes_past_the_end_of_a_file_are_one_clear_error()
    {
        File.WriteAllBytes(In("short"), new byte[10]);
        using ByteSource file = ByteSource.Open(In("short"));

        Action read = () => file.Read(new byte[4], 8);

        read.Should().Throw<CheckpointException>().WithMessage("*short: ended while it was read; *");
    }

    /// <summary>What a file says of itself may be long, and may steer a terminal.</summary>
    [Test]
    public void A_problem_is_told_in_one_line_of_bounded_length()
    {
        new CheckpointException("f", new string('x', 500), "go").Message.Should().Be($"f: {new string('x', 500)}; go");
        new CheckpointException("f", new string('x', 501), "go").Message.Should().Be($"f: {new string('x', 500)}...; go");
        new CheckpointException("f", "a\u001bb\ud800c\nd", "go").Message.Should().Be("f: a?b?c?d; go");
    }

    [Test]
    public void A_file_that_cannot_be_written_says_how_much_room_it_needs()
    {
        var cause = new IOException("No space left.", hresult: OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);

        new StorageException(In("f"), 12, cause).Message.Should().MatchRegex("f: cannot be written \\(12 bytes needed, [0-9]+ free\\): No space left; free some space");
        new StorageException(In("none/f"), 12, cause).Message.Should().Contain("cannot be written (12 bytes needed): ", "nobody knows the room in a folder that is not there");
        new StorageException(In("f"), null, cause).Message.Should().StartWith($"{In("f")}: cannot be written: No space left; free some space");
    }

    [Test]
    public void What_is_no_want_of_space_is_not_called_so()
    {
        new StorageException(In("f"), 12, new UnauthorizedAccessException("Access denied.")).Message.Should().Contain(": Access denied; check the folder and its permissions").And.NotContain("space");
        new StorageException(Folder, 12, new IOException("It is a folder.")).Message.Should().Contain("; a folder has its name: move it away, then repeat the command").And.NotContain("space");
    }
}
