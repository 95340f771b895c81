using System.Security.Cryptography;

namespace GrokVerify.Formats;

/// <summary>
/// Reads a file in the safetensors format: 8 bytes header length (little-endian), a JSON header, raw little-endian data.
/// The whole structure is checked on opening, against the length of the file, before anything of that size is allocated.
/// </summary>
/// <remarks>Source: the format's description and reference implementation, github.com/huggingface/safetensors.</remarks>
internal sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private readonly ByteSource _file;
    private readonly long _dataStart;

    private SafetensorsFile(ByteSource file, SafetensorsHeader header)
    {
        _file = file;
        _dataStart = header.DataStart;
        Metadata = header.Metadata;
        Tensors = header.Tensors;
    }

    private delegate void Decoder<T>(ElementType type, ReadOnlySpan<byte> raw, Span<T> values);

    public string Path => _file.Name;

    /// <summary>The strings under "__metadata__"; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>Bytes of the data section.</summary>
    public long DataLength => _file.Length - _dataStart;

    /// <exception cref="CheckpointException">The file is absent, unreadable, or not a safetensors file.</exception>
    public static SafetensorsFile Open(string path) => Open(ByteSource.Open(path));

    /// <summary>The values of a tensor, row-major; float32 as they are, other types rounded to float32.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it has more elements than an array holds.</exception>
    public float[] ReadSingles(string name) => Read<float>(name, ElementTypes.Decode);

    /// <summary>The values of a tensor, row-major; 64-bit integers beyond 2^53 are rounded.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it has more elements than an array holds.</exception>
    public double[] ReadDoubles(string name) => Read<double>(name, ElementTypes.Decode);

    public void Dispose() => _file.Dispose();

    /// <param name="file">Taken over: closed with this file, or when it is not one.</param>
    internal static SafetensorsFile Open(ByteSource file)
    {
        try
        {
            return new SafetensorsFile(file, SafetensorsHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds the data section to a hash.</summary>
    internal void AppendDataTo(IncrementalHash hash)
    {
        byte[] buffer = new byte[Math.Min(ChunkBytes, DataLength)];
        for (long done = 0; done < DataLength; done += buffer.Length)
        {
            Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, DataLength - done));
            _file.Read(chunk, _dataStart + done);
            hash.AppendData(chunk);
        }
    }

    private T[] Read<T>(string name, Decoder<T> decode)
    {
        SafetensorsTensor tensor = Find(name);
        int size = tensor.Type.Size();
        long length = tensor.End - tensor.Begin;
        T[] values = new T[Count(tensor)];
        byte[] buffer = new byte[Math.Min(ChunkBytes, length)];
        int index = 0;
        for (long done = 0; done < length; done += buffer.Length)
        {
            Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
            _file.Read(chunk, _dataStart + tensor.Begin + done);
            decode(tensor.Type, chunk, values.AsSpan(index, chunk.Length / size));
            index += chunk.Length / size;
        }

        return values;
    }

    private SafetensorsTensor Find(string name) => Tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new CheckpointException(Path, $"has no tensor \"{name}\"", "give a file that holds all tensors of the network");

    private long Count(SafetensorsTensor tensor)
    {
        long count = (tensor.End - tensor.Begin) / tensor.Type.Size();
        return count <= Array.MaxLength
            ? count
            : throw new CheckpointException(Path, $"tensor \"{tensor.Name}\" has {count} elements, too many for an array", "split it");
    }
}
