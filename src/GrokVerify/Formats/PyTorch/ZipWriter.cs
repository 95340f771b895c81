using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace GrokVerify.Formats.PyTorch;

/// <summary>Writes a zip archive of stored entries, each of them beginning at a multiple of 64 bytes as torch.save has it, without dates.</summary>
internal static class ZipWriter
{
    private const int Alignment = 64;
    private const int LocalHeaderBytes = 30;
    private const int CentralHeaderBytes = 46;
    private const int EndBytes = 22;

    /// <summary>Marks the extra field that fills the space before an entry, as torch.save does.</summary>
    private const ushort Padding = 0x4246;

    /// <param name="stream">Where to; written from its start.</param>
    /// <param name="entries">ASCII names and contents; the whole archive below 4 GiB.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> entries)
    {
        using var directory = new MemoryStream();
        uint offset = 0;
        foreach ((string name, ReadOnlyMemory<byte> content) in entries)
        {
            byte[] rawName = Encoding.ASCII.GetBytes(name);
            uint crc = Crc32.HashToUInt32(content.Span);
            byte[] local = Local(rawName, content.Length, crc, offset);
            stream.Write(local);
            stream.Write(content.Span);
            directory.Write(Central(rawName, content.Length, crc, offset));
            offset += (uint)(local.Length + content.Length);
        }

        stream.Write(directory.GetBuffer().AsSpan(0, (int)directory.Length));
        byte[] end = new byte[EndBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)entries.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), offset);
        stream.Write(end);
    }

    private static byte[] Local(byte[] name, int length, uint crc, uint offset)
    {
        const int extraHeader = 4;
        long unpadded = offset + LocalHeaderBytes + name.Length + extraHeader;
        int padding = (int)((Alignment - (unpadded % Alignment)) % Alignment);
        byte[] header = new byte[LocalHeaderBytes + name.Length + extraHeader + padding];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x04034b50);
        Sizes(header.AsSpan(14), name, length, crc);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)(extraHeader + padding));
        name.CopyTo(header, LocalHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(LocalHeaderBytes + name.Length), Padding);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(LocalHeaderBytes + name.Length + 2), (ushort)padding);
        header.AsSpan(header.Length - padding).Fill((byte)'Z');
        return header;
    }

    private static byte[] Central(byte[] name, int length, uint crc, uint offset)
    {
        byte[] header = new byte[CentralHeaderBytes + name.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x02014b50);
        Sizes(header.AsSpan(16), name, length, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(42), offset);
        name.CopyTo(header, CentralHeaderBytes);
        return header;
    }

    private static void Sizes(Span<byte> fields, byte[] name, int length, uint crc)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(fields, crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[4..], (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[8..], (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[12..], (ushort)name.Length);
    }
}
