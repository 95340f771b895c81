using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace GrokVerify.Formats;

/// <summary>The checked header of a safetensors file.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    /// <summary>Bytes of the header length that stands before the header.</summary>
    public const int PrefixBytes = 8;

    /// <summary>The largest header that the reference implementation accepts.</summary>
    public const long LargestHeaderBytes = 100_000_000;

    private const int MostDimensions = 64;

    // Far more than one network has; an empty one takes a few bytes of a file and a thousand of memory.
    private const int MostTensors = 20_000;
    private readonly string _path;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly Dictionary<string, SafetensorsTensor> _tensors = [];

    private SafetensorsHeader(string path, long dataStart)
    {
        _path = path;
        DataStart = dataStart;
    }

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _tensors;

    /// <summary>Offset of the data section in the file.</summary>
    public long DataStart { get; }

    /// <exception cref="CheckpointException">The header is not one, or does not fit the length of the file.</exception>
    public static SafetensorsHeader Read(ByteSource file)
    {
        (string path, long fileLength) = (file.Name, file.Length);
        if (fileLength < PrefixBytes)
        {
            throw Bad(path, $"has {fileLength} bytes, too few for a safetensors file");
        }

        byte[] prefix = new byte[PrefixBytes];
        file.Read(prefix, 0);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > LargestHeaderBytes)
        {
            throw Bad(path, $"is not a safetensors file: its header would have {headerLength} bytes");
        }

        long dataStart = PrefixBytes + (long)headerLength;
        if (dataStart > fileLength)
        {
            throw Bad(path, $"is truncated: the header ends at byte {dataStart}, the file at byte {fileLength}");
        }

        byte[] json = new byte[headerLength];
        file.Read(json, PrefixBytes);
        var header = new SafetensorsHeader(path, dataStart);
        header.Parse(json);
        header.CheckOffsets(fileLength - dataStart);
        return header;
    }

    private static CheckpointException Bad(string path, string problem, Exception? cause = null) =>
        new(path, problem, "copy the file again, or delete it", cause);

    private void Parse(byte[] json)
    {
        if (json.Length == 0 || json[0] != (byte)'{' || !Utf8.IsValid(json))
        {
            throw Bad(_path, "is not a safetensors file: its header is not a JSON object");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    ReadMetadata(property.Value);
                }
                else if (_tensors.Count == MostTensors)
                {
                    throw Bad(_path, $"has more than {MostTensors} tensors");
                }
                else
                {
                    _tensors.Add(property.Name, ReadTensor(property.Name, property.Value));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 alone, which is JSON but no text.
            throw Bad(_path, "has a header that is not valid JSON (" + exception.Message.TrimEnd('.') + ")", exception);
        }
    }

    private void ReadMetadata(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.String))
        {
            throw Bad(_path, $"has a \"{MetadataKey}\" that is not a map from strings to strings");
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            _metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private SafetensorsTensor ReadTensor(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || element.EnumerateObject().Count() != 3
            || !element.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out JsonElement shape)
            || !element.TryGetProperty("data_offsets", out JsonElement offsets)
            || ReadNumbers(shape) is not { } extents
            || ReadNumbers(offsets) is not [long begin, long end])
        {
            throw Bad(_path, $"tensor \"{name}\" needs exactly dtype, shape and data_offsets, with numbers from 0 up");
        }

        string typeName = type.GetString()!;
        if (!SafetensorsTensor.Types.TryGetValue(typeName, out ElementType elementType))
        {
            throw new CheckpointException(
                _path, $"tensor \"{name}\" has the type {typeName}", $"convert it to F32 ({string.Join(", ", SafetensorsTensor.Types.Keys)} are read)");
        }

        if (extents.Length > MostDimensions)
        {
            throw Bad(_path, $"tensor \"{name}\" has {extents.Length} dimensions");
        }

        Int128 bytes = elementType.Size();
        foreach (long extent in extents)
        {
            bytes *= extent;
            if (bytes > long.MaxValue)
            {
                throw Bad(_path, $"tensor \"{name}\" has a shape that no file can hold");
            }
        }

        if (end < begin || end - begin != bytes)
        {
            throw Bad(_path, $"tensor \"{name}\" of shape [{string.Join(", ", extents)}] and type {typeName} has {bytes} bytes, but its data_offsets are [{begin}, {end}]");
        }

        return new SafetensorsTensor(name, elementType, extents, begin, end);
    }

    private static long[]? ReadNumbers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<long> numbers = [];
        foreach (JsonElement item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number) || number < 0)
            {
                return null;
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Tensors have to fill the data section without a hole and without overlap, as the format demands.</summary>
    private void CheckOffsets(long dataLength)
    {
        long expected = 0;
        foreach (SafetensorsTensor tensor in _tensors.Values.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != expected)
            {
                throw Bad(_path, $"tensor \"{tensor.Name}\" begins at byte {tensor.Begin} of the data, not at {expected}: a hole or an overlap");
            }

            expected = tensor.End;
        }

        if (expected != dataLength)
        {
            string problem = expected > dataLength ? "is truncated" : "has bytes past its end";
            throw Bad(_path, $"{problem}: its tensors have {expected} bytes, its data section has {dataLength}");
        }
    }
}
