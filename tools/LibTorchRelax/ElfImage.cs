using System.Buffers.Binary;
using System.Text;

namespace LibTorchRelax;

/// <summary>
/// A 64-bit little-endian ELF file in memory, read the way the dynamic loader reads it: program headers, then the
/// dynamic table. Section headers are not used, because a stripped library has none.
/// </summary>
/// <remarks>Source: System V ABI, "Object Files" and "Program Loading and Dynamic Linking"; every read is bounds-checked.</remarks>
public sealed class ElfImage
{
    private const int HeaderLength = 64;
    private const int ProgramHeaderLength = 56;
    private const int DynamicEntryLength = 16;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private readonly byte[] _bytes;
    private readonly List<Segment> _loaded = [];
    private readonly Dictionary<ulong, ulong> _dynamic = [];

    /// <param name="bytes">The whole file; <see cref="WriteUInt16"/> changes this array.</param>
    /// <exception cref="ElfFormatException">Says what is wrong with the file.</exception>
    public ElfImage(byte[] bytes)
    {
        _bytes = bytes;
        CheckIdentification();
        ReadProgramHeaders();
    }

    /// <summary>The file's bytes, with the changes made so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The value of a dynamic entry (d_tag, d_val); null when the table has no such tag.</summary>
    public ulong? Dynamic(ulong tag) => _dynamic.TryGetValue(tag, out ulong value) ? value : null;

    /// <summary>Where in the file a virtual address is stored.</summary>
    public long OffsetOf(ulong address, string what)
    {
        foreach (Segment segment in _loaded)
        {
            if (address >= segment.Address && address - segment.Address < segment.FileLength)
            {
                return ToOffset(segment.Offset + (address - segment.Address), what);
            }
        }

        throw new ElfFormatException($"{what} is at address 0x{address:x}, which no loaded segment holds");
    }

    public ushort ReadUInt16(long offset, string what) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort), what));

    public uint ReadUInt32(long offset, string what) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint), what));

    public ulong ReadUInt64(long offset, string what) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong), what));

    public void WriteUInt16(long offset, ushort value, string what)
    {
        _ = Slice(offset, sizeof(ushort), what);
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan((int)offset, sizeof(ushort)), value);
    }

    /// <summary>A zero-terminated string.</summary>
    public string ReadString(long offset, string what)
    {
        ReadOnlySpan<byte> rest = Slice(offset, 1, what);
        rest = _bytes.AsSpan((int)offset);
        int length = rest.IndexOf((byte)0);
        return length >= 0
            ? Encoding.UTF8.GetString(rest[..length])
            : throw new ElfFormatException($"{what} at offset {offset} has no end");
    }

    private void CheckIdentification()
    {
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F'];
        if (!_bytes.AsSpan().StartsWith(magic))
        {
            throw new ElfFormatException("not an ELF file: it does not begin with 7F 'E' 'L' 'F'");
        }

        _ = Slice(0, HeaderLength, "the ELF header");
        if (_bytes[4] != 2)
        {
            throw new ElfFormatException("a 32-bit ELF file: only 64-bit ones are supported");
        }

        if (_bytes[5] != 1)
        {
            throw new ElfFormatException("a big-endian ELF file: only little-endian ones are supported");
        }
    }

    private void ReadProgramHeaders()
    {
        ulong table = ReadUInt64(32, "the offset of the program headers");
        int entryLength = ReadUInt16(54, "the length of a program header");
        int count = ReadUInt16(56, "the number of program headers");
        if (count > 0 && entryLength < ProgramHeaderLength)
        {
            throw new ElfFormatException($"program headers of {entryLength} bytes: at least {ProgramHeaderLength} are needed");
        }

        Segment? dynamic = null;
        for (int i = 0; i < count; i++)
        {
            long at = ToOffset(table + ((ulong)i * (ulong)entryLength), "a program header");
            _ = Slice(at, ProgramHeaderLength, "a program header");
            uint type = ReadUInt32(at, "a program header");
            Segment segment = new(ReadUInt64(at + 8, "a program header"), ReadUInt64(at + 16, "a program header"), ReadUInt64(at + 32, "a program header"));
            if (type == LoadSegment)
            {
                _loaded.Add(segment);
            }
            else if (type == DynamicSegment)
            {
                dynamic = segment;
            }
        }

        ReadDynamicTable(dynamic ?? throw new ElfFormatException("no dynamic table: this is not a shared library"));
    }

    private void ReadDynamicTable(Segment dynamic)
    {
        for (ulong position = 0; position + DynamicEntryLength <= dynamic.FileLength; position += DynamicEntryLength)
        {
            long at = ToOffset(dynamic.Offset + position, "the dynamic table");
            ulong tag = ReadUInt64(at, "the dynamic table");
            if (tag == 0)
            {
                return;
            }

            _dynamic[tag] = ReadUInt64(at + 8, "the dynamic table");
        }

        throw new ElfFormatException("the dynamic table has no end");
    }

    private long ToOffset(ulong offset, string what) => offset <= (ulong)_bytes.Length
        ? (long)offset
        : throw Truncated(what, offset);

    private ReadOnlySpan<byte> Slice(long offset, int length, string what) => offset >= 0 && offset <= _bytes.Length - length
        ? _bytes.AsSpan((int)offset, length)
        : throw Truncated(what, (ulong)offset);

    private ElfFormatException Truncated(string what, ulong offset) =>
        new($"truncated or damaged: {what} is at offset {offset}, but the file has {_bytes.Length} bytes");

    private readonly record struct Segment(ulong Offset, ulong Address, ulong FileLength);
}
