using System.Buffers.Binary;
using System.Text;

namespace GrokVerify.BuildTests.Relaxation;

/// <summary>
/// Writes the smallest shared library that has symbol versions: header, program headers, dynamic table, strings,
/// version definitions, version needs. It is loaded at another address than its offset, as real ones are.
/// </summary>
internal sealed class MinimalElf
{
    private const ulong BaseAddress = 0x10000;
    private readonly List<(string Library, (string Version, ushort Flags)[] Versions)> _needs = [];
    private readonly List<string> _definitions = [];

    public MinimalElf Needs(string library, params (string Version, ushort Flags)[] versions)
    {
        _needs.Add((library, versions));
        return this;
    }

    public MinimalElf Defines(params string[] versions)
    {
        _definitions.AddRange(versions);
        return this;
    }

    public byte[] ToBytes()
    {
        StringTable strings = new();
        byte[] definitions = WriteDefinitions(strings);
        byte[] needs = WriteNeeds(strings);
        const int programHeaders = 64;
        const int dynamicAt = programHeaders + (2 * 56);
        const int dynamicLength = 6 * 16;
        const int stringsAt = dynamicAt + dynamicLength;
        int definitionsAt = stringsAt + strings.Bytes.Length;
        int needsAt = definitionsAt + definitions.Length;
        int length = needsAt + needs.Length;

        Buffer file = new();
        file.Bytes(0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        file.UInt16(3).UInt16(62).UInt32(1).UInt64(0).UInt64(programHeaders).UInt64(0).UInt32(0).UInt16(64).UInt16(56).UInt16(2).UInt16(0).UInt16(0).UInt16(0);
        file.UInt32(1).UInt32(5).UInt64(0).UInt64(BaseAddress).UInt64(BaseAddress).UInt64((ulong)length).UInt64((ulong)length).UInt64(4096);
        file.UInt32(2).UInt32(6).UInt64(dynamicAt).UInt64(BaseAddress + dynamicAt).UInt64(BaseAddress + dynamicAt).UInt64(dynamicLength).UInt64(dynamicLength).UInt64(8);
        file.UInt64(5).UInt64(BaseAddress + stringsAt);
        file.UInt64(0x6ffffffc).UInt64(BaseAddress + (ulong)definitionsAt);
        file.UInt64(0x6ffffffd).UInt64((ulong)_definitions.Count);
        file.UInt64(0x6ffffffe).UInt64(BaseAddress + (ulong)needsAt);
        file.UInt64(0x6fffffff).UInt64((ulong)_needs.Count);
        file.UInt64(0).UInt64(0);
        return [.. file.Bytes(strings.Bytes).Bytes(definitions).Bytes(needs).Content];
    }

    private byte[] WriteDefinitions(StringTable strings)
    {
        Buffer buffer = new();
        for (int i = 0; i < _definitions.Count; i++)
        {
            uint next = i + 1 < _definitions.Count ? 28u : 0;
            buffer.UInt16(1).UInt16(0).UInt16((ushort)(i + 1)).UInt16(1).UInt32(0).UInt32(20).UInt32(next);
            buffer.UInt32(strings.Add(_definitions[i])).UInt32(0);
        }

        return [.. buffer.Content];
    }

    private byte[] WriteNeeds(StringTable strings)
    {
        Buffer buffer = new();
        for (int i = 0; i < _needs.Count; i++)
        {
            (string library, (string Version, ushort Flags)[] versions) = _needs[i];
            uint next = i + 1 < _needs.Count ? (uint)(16 + (16 * versions.Length)) : 0;
            buffer.UInt16(1).UInt16((ushort)versions.Length).UInt32(strings.Add(library)).UInt32(16).UInt32(next);
            for (int j = 0; j < versions.Length; j++)
            {
                buffer.UInt32(0).UInt16(versions[j].Flags).UInt16((ushort)(j + 2)).UInt32(strings.Add(versions[j].Version)).UInt32(j + 1 < versions.Length ? 16u : 0);
            }
        }

        return [.. buffer.Content];
    }

    private sealed class StringTable
    {
        private readonly List<byte> _bytes = [0];

        public byte[] Bytes => [.. _bytes];

        public uint Add(string text)
        {
            uint index = (uint)_bytes.Count;
            _bytes.AddRange(Encoding.UTF8.GetBytes(text + '\0'));
            return index;
        }
    }

    private sealed class Buffer
    {
        public List<byte> Content { get; } = [];

        public Buffer Bytes(params byte[] bytes)
        {
            Content.AddRange(bytes);
            return this;
        }

        public Buffer UInt16(ushort value)
        {
            byte[] bytes = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
            return Bytes(bytes);
        }

        public Buffer UInt32(uint value)
        {
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            return Bytes(bytes);
        }

        public Buffer UInt64(ulong value)
        {
            byte[] bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            return Bytes(bytes);
        }
    }
}
