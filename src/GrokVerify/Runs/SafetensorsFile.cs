using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace GrokVerify.Runs;

/// <summary>
/// Reads a file in the safetensors format: 8 bytes header length (little-endian), a JSON header, raw little-endian data.
/// The whole structure is checked on opening, against the length of the file, before anything of that size is allocated.
/// </summary>
/// <remarks>Source: the format's description and reference implementation, github.com/huggingface/safetensors.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private readonly SafeFileHandle _handle;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header, long dataStart, long dataLength)
    {
        Path = path;
        _handle = handle;
        _dataStart = dataStart;
        DataLength = dataLength;
        Metadata = header.Metadata;
        Tensors = header.Tensors;
    }

    public string Path { get; }

    /// <summary>The strings under "__metadata__"; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>Bytes of the data section.</summary>
    public long DataLength { get; }

    /// <exception cref="CheckpointException">The file is absent, unreadable, or not a safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(handle);
            SafetensorsHeader header = SafetensorsHeader.Read(path, length, (buffer, offset) => ReadExactly(path, handle, buffer, offset));
            var file = new SafetensorsFile(path, handle, header, header.DataStart, length - header.DataStart);
            handle = null;
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, "cannot be read: " + exception.Message.TrimEnd('.'), "check the path and its permissions", exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>The values of a tensor, row-major; float32 as they are, other types rounded to float32.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it has more elements than an array holds.</exception>
    public float[] ReadSingles(string name)
    {
        SafetensorsTensor tensor = Find(name);
        float[] values = new float[Count(tensor)];
        Decode(tensor, (index, value) => values[index] = (float)value);
        return values;
    }

    /// <summary>The values of a tensor, row-major; 64-bit integers beyond 2^53 are rounded.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or it has more elements than an array holds.</exception>
    public double[] ReadDoubles(string name)
    {
        SafetensorsTensor tensor = Find(name);
        double[] values = new double[Count(tensor)];
        Decode(tensor, (index, value) => values[index] = value);
        return values;
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>Adds the data section to a hash.</summary>
    internal void AppendDataTo(IncrementalHash hash)
    {
        byte[] buffer = new byte[Math.Min(ChunkBytes, DataLength)];
        for (long done = 0; done < DataLength; done += buffer.Length)
        {
            Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, DataLength - done));
            ReadExactly(Path, _handle, chunk, _dataStart + done);
            hash.AppendData(chunk);
        }
    }

    private static void ReadExactly(string path, SafeFileHandle handle, Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            int read = RandomAccess.Read(handle, buffer, offset);
            if (read == 0)
            {
                throw new CheckpointException(path, "ended while it was read", "copy it again, or delete it");
            }

            buffer = buffer[read..];
            offset += read;
        }
    }

    private SafetensorsTensor Find(string name) => Tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new CheckpointException(Path, $"has no tensor \"{name}\"", "give a file that holds all tensors of the network");

    private long Count(SafetensorsTensor tensor)
    {
        long count = (tensor.End - tensor.Begin) / SafetensorsTensor.ElementSize(tensor.DType)!.Value;
        return count <= Array.MaxLength
            ? count
            : throw new CheckpointException(Path, $"tensor \"{tensor.Name}\" has {count} elements, too many for an array", "split it");
    }

    private void Decode(SafetensorsTensor tensor, Action<int, double> store)
    {
        int size = SafetensorsTensor.ElementSize(tensor.DType)!.Value;
        long length = tensor.End - tensor.Begin;
        byte[] buffer = new byte[Math.Min(ChunkBytes, length)];
        int index = 0;
        for (long done = 0; done < length; done += buffer.Length)
        {
            Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
            ReadExactly(Path, _handle, chunk, _dataStart + tensor.Begin + done);
            for (int at = 0; at < chunk.Length; at += size)
            {
                store(index++, SafetensorsTensor.DecodeElement(tensor.DType, chunk[at..]));
            }
        }
    }
}
