using System.Text;
using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>What a file is, by its first bytes: names can lie.</summary>
internal enum FileKind
{
    /// <summary>PyTorch's format since version 1.6.</summary>
    Zip,

    /// <summary>A header's length in eight bytes, then the header, which is JSON.</summary>
    Safetensors,
}

internal static class FileKinds
{
    private const int TarMarkOffset = 257;
    private const int BytesToLookAt = 1 << 16;
    private const string SaveAgain = "load it with a recent torch and save it again: torch.save(torch.load(FILE, map_location=\"cpu\"), NEWFILE)";

    /// <exception cref="CheckpointException">The file is in one of PyTorch's old formats, or something else; says what.</exception>
    public static FileKind Of(ByteSource file)
    {
        byte[] start = new byte[Math.Min(file.Length, BytesToLookAt)];
        file.Read(start, 0);
        RequireLineFeeds(file.Name, start);

        // The pickled number 0x1950a86a20f9469cfc6c, with which PyTorch's files began before the zip format.
        if (start.AsSpan().StartsWith<byte>([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]))
        {
            throw new CheckpointException(file.Name, "is in PyTorch's format from before version 1.6", SaveAgain);
        }

        if (start.AsSpan(Math.Min(start.Length, TarMarkOffset)).StartsWith("ustar"u8))
        {
            throw new CheckpointException(file.Name, "is a tar archive, PyTorch's format from before version 0.2", SaveAgain);
        }

        // A safetensors file may begin with these two bytes, too: the low ones of its header's length. Then its ninth is a brace.
        if (start is [0x80, >= 2 and <= 5, _, _, _, _, _, _, not (byte)'{', ..])
        {
            throw new CheckpointException(file.Name, "is a bare pickle, not a file of torch.save", "save it with torch.save");
        }

        return start is [(byte)'P', (byte)'K', 3, 4, ..] ? FileKind.Zip
            : start is [_, _, _, _, _, _, _, _, (byte)'{', ..] ? FileKind.Safetensors
            : throw Other(file.Name, start);
    }

    /// <summary>What a file is that is no network's.</summary>
    private static CheckpointException Other(string path, ReadOnlySpan<byte> start)
    {
        string text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 100)]).TrimStart();
        (string problem, string remedy) =
            text.StartsWith("version https://git-lfs", StringComparison.Ordinal) ? ("is a pointer of Git LFS, not the file itself", "fetch it: git lfs pull")
            : text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) ? ("is an HTML page", "download the file itself, not the page that shows it")
            : text.StartsWith('{') || text.StartsWith('[') ? ("is JSON", "give the file of the weights, not what describes them")
            : start is [0x1f, 0x8b, ..] ? ("is compressed by gzip", "unpack it: gunzip")
            : start is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] ? ("is an array of NumPy", "save a state dict: torch.save(model.state_dict(), FILE)")
            : ("is neither a file of torch.save nor a safetensors file, by its first bytes", "give one of these");
        return new CheckpointException(path, problem, remedy);
    }

    /// <summary>Git that takes a file for text puts a carriage return before every line feed of it: by chance one of 256 has one.</summary>
    private static void RequireLineFeeds(string path, ReadOnlySpan<byte> start)
    {
        const int enough = 8;
        int feeds = start.Count((byte)'\n');
        if (feeds >= enough && feeds == start.Count("\r\n"u8) && start.ContainsAnyExceptInRange((byte)'\t', (byte)'~'))
        {
            throw new CheckpointException(path, "had its line endings converted: every line feed has a carriage return before it", "mark such files as binary in .gitattributes, and check it out again");
        }
    }
}
