using System.Buffers.Binary;

namespace GrokVerify.Formats.PyTorch;

/// <summary>What the end of a zip archive says of its list of files (the central directory).</summary>
/// <param name="EntryCount">Files listed.</param>
/// <param name="DirectoryBegin">Offset of the list.</param>
/// <param name="DirectoryLength">Bytes of the list; it ends before this record does.</param>
internal sealed record ZipEnd(long EntryCount, long DirectoryBegin, long DirectoryLength)
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int WideEndBytes = 56;
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint WideEndSignature = 0x06064b50;

    /// <exception cref="CheckpointException">There is no such record: the file is truncated or no zip archive.</exception>
    public static ZipEnd Find(ByteSource file)
    {
        byte[] tail = new byte[Math.Min(file.Length, EndBytes + ushort.MaxValue)];
        long tailBegin = file.Length - tail.Length;
        file.Read(tail, tailBegin);
        for (int at = tail.Length - EndBytes; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature && BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) == end.Length - EndBytes)
            {
                return Read(file, end, tailBegin + at);
            }
        }

        throw ZipDirectory.Damaged(file, "it begins as a zip archive but has no end of one, so it was probably cut short");
    }

    private static ZipEnd Read(ByteSource file, ReadOnlySpan<byte> end, long begin)
    {
        var found = new ZipEnd(
            BinaryPrimitives.ReadUInt16LittleEndian(end[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(end[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(end[12..]));
        long limit = begin;
        if (found.EntryCount == ushort.MaxValue || found.DirectoryBegin == uint.MaxValue || found.DirectoryLength == uint.MaxValue)
        {
            (found, limit) = ReadWide(file, begin);
        }

        return found.DirectoryBegin >= 0 && found.DirectoryLength >= 0 && found.EntryCount >= 0
            && found.DirectoryBegin <= limit && found.DirectoryLength <= limit - found.DirectoryBegin
            ? found
            : throw ZipDirectory.Damaged(file, "its list of files lies outside of it");
    }

    private static (ZipEnd End, long Limit) ReadWide(ByteSource file, long endBegin)
    {
        Span<byte> locator = stackalloc byte[LocatorBytes];
        Span<byte> wide = stackalloc byte[WideEndBytes];
        if (endBegin >= LocatorBytes)
        {
            file.Read(locator, endBegin - LocatorBytes);
            long begin = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(locator) == LocatorSignature && begin >= 0 && begin <= endBegin - LocatorBytes - WideEndBytes)
            {
                file.Read(wide, begin);
                if (BinaryPrimitives.ReadUInt32LittleEndian(wide) == WideEndSignature)
                {
                    var end = new ZipEnd(
                        BinaryPrimitives.ReadInt64LittleEndian(wide[32..]),
                        BinaryPrimitives.ReadInt64LittleEndian(wide[48..]),
                        BinaryPrimitives.ReadInt64LittleEndian(wide[40..]));
                    return (end, begin);
                }
            }
        }

        throw ZipDirectory.Damaged(file, "it lacks the 64-bit record at its end");
    }
}
