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
        ShouldBeRefused(Zip(("readme.txt", "hello"u8.ToArray())), "is a zip archive of other files (readme.txt)");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("b/data.pkl", None)), "2 entries data.pkl");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/data.pkl", None)), "lists a/data.pkl twice");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/code/model.py", None)), "is a TorchScript program");
        ShouldBeRefused(Zip(("a/data.pkl", None), ("a/byteorder", "big"u8.ToArray())), "not written by a little-endian machine");
        Content(Zip(("a/data.pkl", None), ("a/byteorder", "little"u8.ToArray()))).Should().BeNull();
    }

    [Test]
    public void Fields_and_comments_that_say_nothing_of_a_size_are_passed_over()
    {
        byte[] unknown = [9, 9, 2, 0, 1, 2];

        Entries(Listed(extra: unknown, comment: "why"u8.ToArray())).Should().Equal("a/data.pkl", "a/version");
        Entries(Listed(extra: [.. unknown, 7])).Should().Equal("a/data.pkl", "a/version");
        Entries(Listed(extra: [9, 9, 200, 0, 1])).Should().Equal("a/data.pkl", "a/version");
    }

    [Test]
    public void The_64_bit_sizes_of_an_entry_are_read_wherever_they_stand_among_its_fields()
    {
        byte[] wide = [1, 0, 24, 0, .. Long(None.Length), .. Long(None.Length), .. Long(0)];

        Entries(Listed(extra: wide, edit: ThreeWide)).Should().Equal("a/data.pkl", "a/version");
        Entries(Listed(extra: [9, 9, 2, 0, 1, 2, .. wide], edit: ThreeWide)).Should().Equal("a/data.pkl", "a/version");
        ShouldNotBeListed(Listed(edit: ThreeWide), "lacks its 64-bit sizes");
        ShouldNotBeListed(Listed(extra: wide[..^1], edit: ThreeWide), "lacks its 64-bit sizes");
        ShouldNotBeListed(Listed(extra: [1, 0, 8, 0, .. Long(None.Length)], edit: ThreeWide), "lacks its 64-bit sizes");
        ShouldNotBeListed(Listed(extra: [1, 0, 24, 0, .. Long(long.MinValue), .. Long(long.MinValue), .. Long(0)], edit: ThreeWide), "a size of 2^63 or more");
        ShouldNotBeListed(Listed(extra: [1, 0, 24, 0, .. Long(0), .. Long(0), .. Long(0)], edit: ThreeWide), "CRC-32");
    }

    private static readonly TestCaseData[] Lists =
    [
        Damaged("breaks off", "Is_refused_with_more_entries_than_it_lists", Listed(comment: new byte[60], end: end => BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 3))),
        Damaged("it lists 4000 files in 1", "Is_refused_with_more_entries_than_it_has_room_for", Listed(end: end => BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 4000))),
        Damaged("breaks off", "Is_refused_with_a_comment_past_its_end", Listed(second: central => BinaryPrimitives.WriteUInt16LittleEndian(central[32..], 1))),
        Damaged("breaks off", "Is_refused_with_a_name_past_its_end", Listed(second: central => BinaryPrimitives.WriteUInt16LittleEndian(central[28..], 500))),
        Damaged("breaks off", "Is_refused_with_another_signature", Listed(edit: central => central[0]++)),
        Damaged("bytes past its end", "Is_refused_with_a_byte_past_its_end", Listed(rest: [0])),
        Damaged("has 4 bytes and claims 5", "Is_refused_with_two_sizes", Listed(edit: central => central[24]++)),
        Damaged("is not where its list of files says", "Is_refused_with_an_offset_that_is_none", Listed(edit: central => central[42]++)),
        Damaged("begins inside another entry or past the end", "Is_refused_with_an_offset_in_itself", Listed(second: central => BinaryPrimitives.WriteUInt32LittleEndian(central[42..], 1_000_000))),
        Damaged("would have 100000 bytes, past the end", "Is_refused_with_an_entry_past_it", Listed(second: central =>
        {
            BinaryPrimitives.WriteUInt32LittleEndian(central[20..], 100_000);
            BinaryPrimitives.WriteUInt32LittleEndian(central[24..], 100_000);
        })),
        Damaged("an encrypted entry", "Is_refused_when_encrypted", Listed(edit: central => central[8] = 1)),
        Damaged("lies outside of it", "Is_refused_where_it_begins_past_its_end", Listed(end: end => BinaryPrimitives.WriteUInt32LittleEndian(end[16..], 1_000_000))),
        Damaged("lies outside of it", "Is_refused_where_it_is_longer_than_the_file", Listed(end: end => BinaryPrimitives.WriteUInt32LittleEndian(end[12..], 1_000_000))),
    ];

    [TestCaseSource(nameof(Lists))]
    public void A_list_of_files(byte[] archive, string problem) => ShouldNotBeListed(archive, problem);

    [Test]
    public void An_archive_of_nothing_lists_nothing() => Entries(Zip()).Should().BeEmpty();

    private static TestCaseData Damaged(string problem, string name, byte[] archive) => new(archive, problem) { TestName = name };

    private static byte[] Long(long value) => BitConverter.GetBytes(value);

    private static void ThreeWide(Span<byte> central)
    {
        central.Slice(20, 8).Fill(0xff);
        central.Slice(42, 4).Fill(0xff);
    }

    private delegate void Edit(Span<byte> bytes);

    /// <summary>An archive of two entries whose list of files is written anew: the first with further fields and a comment, both edited, and bytes behind them.</summary>
    private static byte[] Listed(byte[]? extra = null, byte[]? comment = null, Edit? edit = null, Edit? second = null, byte[]? rest = null, Edit? end = null)
    {
        const int headerBytes = 46;
        byte[] archive = Zip(("a/data.pkl", None), ("a/version", "3\n"u8.ToArray()));
        byte[] last = archive[^EndBytes..];
        int directory = BinaryPrimitives.ReadInt32LittleEndian(last.AsSpan(16));
        byte[] first = archive[directory..(directory + headerBytes + "a/data.pkl".Length)];
        byte[] other = archive[(directory + first.Length)..^EndBytes];
        BinaryPrimitives.WriteUInt16LittleEndian(first.AsSpan(30), (ushort)(extra?.Length ?? 0));
        BinaryPrimitives.WriteUInt16LittleEndian(first.AsSpan(32), (ushort)(comment?.Length ?? 0));
        edit?.Invoke(first);
        second?.Invoke(other);
        byte[] list = [.. first, .. extra ?? [], .. comment ?? [], .. other, .. rest ?? []];
        BinaryPrimitives.WriteInt32LittleEndian(last.AsSpan(12), list.Length);
        end?.Invoke(last);
        return [.. archive[..directory], .. list, .. last];
    }

    private static IEnumerable<string> Entries(byte[] archive) => ZipDirectory.Read(ByteSource.Of(Name, archive)).Select(entry => entry.Name);

    private static void ShouldNotBeListed(byte[] archive, string problem)
    {
        Action read = () => ZipDirectory.Read(ByteSource.Of(Name, archive));
        read.Should().Throw<CheckpointException>().WithMessage($"{Name}: *{problem}*; *");
    }

    private static void ShouldBeRefused(byte[] archive, string problem)
    {
        Action open = () => Content(archive);
        open.Should().Throw<CheckpointException>().WithMessage($"{Name}: *{problem}*; *");
    }
}
