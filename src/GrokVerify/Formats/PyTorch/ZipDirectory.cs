using System.Buffers.Binary;
using System.Text;

namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// The entries of a zip archive as torch.save writes it: stored, not compressed. Every offset and length is checked against the
/// archive's own, no two entries may share bytes, so nothing can be larger than the file; and the CRC-32 of every entry is verified.
/// </summary>
/// <remarks>Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.</remarks>
internal static class ZipDirectory
{
    private const int MostDirectoryBytes = 64 << 20;
    private const int LocalHeaderBytes = 30;
    private const int CentralHeaderBytes = 46;
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const int Encrypted = 1;
    private const ushort Zip64Extra = 1;

    /// <exception cref="CheckpointException">The archive is not one, is damaged, or has entries that are not simply stored.</exception>
    public static IReadOnlyList<ZipEntry> Read(ByteSource file)
    {
        ZipEnd end = ZipEnd.Find(file);
        if (end.DirectoryLength > MostDirectoryBytes || end.EntryCount > end.DirectoryLength / CentralHeaderBytes)
        {
            throw Damaged(file, $"it lists {end.EntryCount} files in {end.DirectoryLength} bytes");
        }

        byte[] directory = new byte[end.DirectoryLength];
        file.Read(directory, end.DirectoryBegin);
        var headers = new List<CentralHeader>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int at = 0;
        for (long i = 0; i < end.EntryCount; i++)
        {
            CentralHeader header = ReadCentral(file, directory, ref at);
            headers.Add(names.Add(header.Name) ? header : throw Damaged(file, $"it lists {header.Name} twice"));
        }

        if (at != directory.Length)
        {
            throw Damaged(file, "its list of files has bytes past its end");
        }

        RequireOfTorch(file, headers);
        return Locate(file, headers, end.DirectoryBegin);
    }

    public static CheckpointException Damaged(ByteSource file, string how) =>
        new(file.Name, $"is damaged: {how}", "copy it again from where it is from");

    private static CentralHeader ReadCentral(ByteSource file, ReadOnlySpan<byte> directory, ref int at)
    {
        ReadOnlySpan<byte> fixedPart = directory[at..];
        if (fixedPart.Length < CentralHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(fixedPart) != CentralSignature)
        {
            throw Damaged(file, "its list of files breaks off");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]);
        int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[30..]);
        int commentLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[32..]);
        if (fixedPart.Length < CentralHeaderBytes + nameLength + extraLength + commentLength)
        {
            throw Damaged(file, "its list of files breaks off");
        }

        byte[] rawName = fixedPart.Slice(CentralHeaderBytes, nameLength).ToArray();
        string name = Encoding.UTF8.GetString(rawName);
        ReadOnlySpan<byte> wide = WideFields(fixedPart.Slice(CentralHeaderBytes + nameLength, extraLength));
        long length = Field(file, BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[24..]), ref wide);
        long storedLength = Field(file, BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[20..]), ref wide);
        long begin = Field(file, BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[42..]), ref wide);
        if (length != storedLength && BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[10..]) == 0)
        {
            throw Damaged(file, $"{name} has {storedLength} bytes and claims {length}");
        }

        at += CentralHeaderBytes + nameLength + extraLength + commentLength;
        return new CentralHeader(
            name, rawName, begin, length, BinaryPrimitives.ReadUInt32LittleEndian(fixedPart[16..]), BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[8..]), BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[10..]));
    }

    private static void RequireOfTorch(ByteSource file, List<CentralHeader> headers)
    {
        const int most = 3;
        if (headers.Count > 0 && !headers.Any(header => header.Name == PyTorchFile.PickleName || header.Name.EndsWith("/" + PyTorchFile.PickleName, StringComparison.Ordinal)))
        {
            string names = string.Join(", ", headers.Take(most).Select(header => header.Name)) + (headers.Count > most ? $" and {headers.Count - most} more" : "");
            throw headers.All(header => header.Name.EndsWith(".npy", StringComparison.Ordinal))
                ? new CheckpointException(file.Name, $"is an archive of NumPy arrays ({names})", "save a state dict: torch.save(model.state_dict(), FILE)")
                : new CheckpointException(file.Name, $"is a zip archive of other files ({names})", "unpack it, and give the network's own file");
        }

        if (headers.FirstOrDefault(header => (header.Flags & Encrypted) != 0 || header.Method != 0) is CentralHeader found)
        {
            throw new CheckpointException(
                file.Name, $"has {((found.Flags & Encrypted) != 0 ? "an encrypted" : "a compressed")} entry {found.Name}, torch.save stores entries as they are", "save it again with torch.save");
        }
    }

    /// <summary>The 64-bit sizes and offset that stand in for 32-bit fields of all ones; empty where there are none.</summary>
    private static ReadOnlySpan<byte> WideFields(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Extra)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static long Field(ByteSource file, uint narrow, ref ReadOnlySpan<byte> wide)
    {
        if (narrow != uint.MaxValue)
        {
            return narrow;
        }

        if (wide.Length < sizeof(long))
        {
            throw Damaged(file, "an entry lacks its 64-bit sizes");
        }

        long value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return value >= 0 ? value : throw Damaged(file, "an entry has a size of 2^63 or more");
    }

    private static List<ZipEntry> Locate(ByteSource file, List<CentralHeader> headers, long limit)
    {
        var entries = new List<ZipEntry>(headers.Count);
        long free = 0;
        byte[] local = new byte[LocalHeaderBytes + ushort.MaxValue];
        foreach (CentralHeader header in headers.OrderBy(header => header.Begin))
        {
            Span<byte> head = local.AsSpan(0, LocalHeaderBytes + header.RawName.Length);
            if (header.Begin < free || header.Begin > limit - head.Length)
            {
                throw Damaged(file, $"{header.Name} begins inside another entry or past the end");
            }

            file.Read(head, header.Begin);
            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[26..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(head[28..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != LocalSignature || nameLength != header.RawName.Length || !head[LocalHeaderBytes..].SequenceEqual(header.RawName))
            {
                throw Damaged(file, $"{header.Name} is not where its list of files says");
            }

            long begin = header.Begin + LocalHeaderBytes + nameLength + extraLength;
            if (begin > limit || header.Length > limit - begin)
            {
                throw Damaged(file, $"{header.Name} would have {header.Length} bytes, past the end");
            }

            free = begin + header.Length;
            entries.Add(new ZipEntry(header.Name, begin, header.Length));
            ZipChecksum.Verify(file, entries[^1], header.Crc);
        }

        return entries;
    }

    private sealed record CentralHeader(string Name, byte[] RawName, long Begin, long Length, uint Crc, int Flags, int Method);
}
