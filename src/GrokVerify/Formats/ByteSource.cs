using Microsoft.Win32.SafeHandles;

namespace GrokVerify.Formats;

/// <summary>The bytes of a file, or of a file's image in memory, at any offset. Readers check what they ask for against <see cref="Length"/> first.</summary>
internal abstract class ByteSource : IDisposable
{
    private const string Unreadable = "check the path and its permissions";

    private ByteSource(string name, long length)
    {
        Name = name;
        Length = length;
    }

    /// <summary>The file's path, for messages.</summary>
    public string Name { get; }

    public long Length { get; }

    /// <exception cref="CheckpointException">The file is absent, or cannot be read.</exception>
    public static ByteSource Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            // Neither pipes nor devices have a length, and opening one may wait for ever.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw new CheckpointException(path, "is empty, or no regular file", "give a file that holds a network");
            }

            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var file = new OpenFile(path, handle);
            handle = null;
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, "cannot be read: " + exception.Message.TrimEnd('.'), Unreadable, exception);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    public static ByteSource Of(string name, ReadOnlyMemory<byte> content) => new Image(name, content);

    /// <summary>Fills the buffer.</summary>
    /// <exception cref="CheckpointException">The bytes are not there, or cannot be read.</exception>
    public abstract void Read(Span<byte> buffer, long offset);

    public abstract void Dispose();

    private sealed class OpenFile(string path, SafeFileHandle handle) : ByteSource(path, RandomAccess.GetLength(handle))
    {
        public override void Read(Span<byte> buffer, long offset)
        {
            try
            {
                while (buffer.Length > 0)
                {
                    int read = RandomAccess.Read(handle, buffer, offset);
                    if (read == 0)
                    {
                        throw new CheckpointException(Name, "ended while it was read", "copy it again, or delete it");
                    }

                    buffer = buffer[read..];
                    offset += read;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new CheckpointException(Name, "cannot be read: " + exception.Message.TrimEnd('.'), Unreadable, exception);
            }
        }

        public override void Dispose() => handle.Dispose();
    }

    private sealed class Image(string name, ReadOnlyMemory<byte> content) : ByteSource(name, content.Length)
    {
        public override void Read(Span<byte> buffer, long offset) => content.Span.Slice((int)offset, buffer.Length).CopyTo(buffer);

        public override void Dispose()
        {
        }
    }
}
