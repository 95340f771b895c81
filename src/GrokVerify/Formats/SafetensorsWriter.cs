using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GrokVerify.Formats;

/// <summary>One float32 tensor to be written: its name, row-major shape and values.</summary>
internal readonly record struct NamedTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);

/// <summary>Writes tensors in the safetensors format; the data section starts at a multiple of 8.</summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    // Quotation marks inside the metadata stay readable; the header is never embedded in HTML.
    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">In the order of the data section.</param>
    /// <param name="metadata">Written in this order.</param>
    /// <exception cref="ArgumentException">A tensor has another number of values than its shape says.</exception>
    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata) =>
        Write(path, [.. tensors.Select(tensor => KeyValuePair.Create(tensor.Name, TensorBytes.Of(tensor.Shape, tensor.Values.Span)))], metadata);

    /// <inheritdoc cref="Write(string, IReadOnlyList{NamedTensor}, IReadOnlyList{KeyValuePair{string, string}})"/>
    internal static void Write(string path, IReadOnlyList<KeyValuePair<string, TensorBytes>> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        ReadOnlyMemory<byte> header = Header(tensors, metadata);
        AtomicFile.Write(path, header.Length + tensors.Sum(tensor => (long)tensor.Value.Bytes.Length), stream =>
        {
            stream.Write(header.Span);
            foreach ((_, TensorBytes tensor) in tensors)
            {
                stream.Write(tensor.Bytes.Span);
            }
        });
    }

    private static ReadOnlyMemory<byte> Header(IReadOnlyList<KeyValuePair<string, TensorBytes>> tensors, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.GetSpan(SafetensorsHeader.PrefixBytes)[..SafetensorsHeader.PrefixBytes].Clear();
        buffer.Advance(SafetensorsHeader.PrefixBytes);
        using (var json = new Utf8JsonWriter(buffer, HeaderOptions))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, TensorBytes tensor) in tensors)
            {
                long end = offset + tensor.Bytes.Length;
                WriteTensor(json, name, tensor, offset, end);
                offset = end;
            }

            json.WriteEndObject();
        }

        int padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)(bytes.Length - SafetensorsHeader.PrefixBytes));
        return bytes;
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, TensorBytes tensor, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTensor.Types.Single(type => type.Value == tensor.Type).Key);
        json.WriteStartArray("shape");
        foreach (int extent in tensor.Shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
