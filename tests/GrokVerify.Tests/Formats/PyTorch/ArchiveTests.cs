using System.Buffers.Binary;
using System.IO.Compression;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Tests.Networks;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>The zip archive around the pickle: what is damaged, hidden or too large is refused before anything of it is believed.</summary>
[Category("Fast")]
public class ArchiveTests
{
    private const int EndBytes = 22;
    private static readonly byte[] None = [0x80, 2, (byte)'N', (byte)'.'];

    [Test]
    public void The_64_bit_records_of_newer_torch_versions_are_read()
    {
        byte[] archive = Raw(None);
        byte[] end = archive[^EndBytes..];
        byte[] wide = new byte[56];
        BinaryPrimitives.WriteUInt32LittleEndian(wide, 0x06064b50);
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(4), 44);
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(24), BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(8)));
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(32), BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(10)));
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(40), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)));
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(48), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16)));
        byte[] locator = new byte[20];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064b50);
        BinaryPrimitives.WriteUInt64LittleEndian(locator.AsSpan(8), (ulong)(archive.Length - EndBytes));
        end.AsSpan(8, 12).Fill(0xff);

        Content([.. archive[..^EndBytes], .. wide, .. locator, .. end]).Should().BeNull();
        ShouldBeRefused([.. archive[..^EndBytes], .. wide, .. end], "lacks the 64-bit record");
        BinaryPrimitives.WriteUInt64LittleEndian(wide.AsSpan(40), ulong.MaxValue / 2);
        ShouldBeRefused([.. archive[..^EndBytes], .. wide, .. locator, .. end], "its list of files");
    }

    [Test]
    public void A_zip_bomb_is_refused_unopened()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.SmallestSize).Open();
            entry.Write(new byte[50_000_000]);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ShouldBeRefused(stream.ToArray(), "has a compressed entry archive/data.pkl");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(5_000_000, "the 50 MB are never made");
    }

    [Test]
    public void A_file_cut_short_is_refused_wherever_it_is_cut()
    {
        byte[] archive = File.ReadAllBytes(TorchFiles.Of("kinds.pth"));
        for (int length = 0; length < archive.Length; length += 13)
        {
            ShouldBeRefused(archive[..length], "is damaged");
        }
    }

    [Test]
    public void Every_flipped_bit_of_what_is_read_is_noticed()
    {
        byte[] archive = File.ReadAllBytes(TorchFiles.Of("kinds.pth"));
        List<ZipEntry> entries = [.. ZipDirectory.Read(ByteSource.Of(Name, archive))];
        entries.Should().HaveCountGreaterThan(10);
        foreach (ZipEntry entry in entries)
        {
            for (long at = entry.Begin; at < entry.Begin + entry.Length; at += 7)
            {
                byte[] damaged = [.. archive];
                damaged[at] ^= (byte)(1 << (int)(at % 8));
                ShouldBeRefused(damaged, "CRC-32");
            }
        }
    }

    [Test]
    public void Entries_that_share_bytes_are_refused()
    {
        byte[] archive = Raw(None, new byte[16], new byte[16]);
        int directory = BinaryPrimitives.ReadInt32LittleEndian(archive.AsSpan(archive.Length - 6));
        const int headerBytes = 46;
        int second = directory + headerBytes + "archive/data.pkl".Length;
        int third = second + headerBytes + "archive/data/0".Length;
        archive.AsSpan(second + 42, 4).CopyTo(archive.AsSpan(third + 42));

        ShouldBeRefused(archive, "begins inside another entry");
    }

    [Test]
    public void An_archive_of_something_else_is_refused_by_name()
    {
        ShouldBeRefused(Zip(("readme.txt", "hello"u8.ToArray())), "0 entries data.pkl");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("b/data.pkl", None)), "2 entries data.pkl");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/data.pkl", None)), "lists a/data.pkl twice");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/code/model.py", None)), "is a TorchScript program");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/byteorder", "big"u8.ToArray())), "not written by a little-endian machine");
        Content(Zip(("a/data.pkl", None), ("a/byteorder", "little"u8.ToArray()))).Should().BeNull();
    }

    private static void ShouldBeRefused(byte[] archive, string problem)
    {
        Action open = () => Content(archive);
        open.Should().Throw<CheckpointException>().WithMessage($"{Name}: *{problem}*; *");
    }
}
