using System.Buffers;
using System.IO.Hashing;

namespace GrokVerify.Formats.PyTorch;

/// <summary>Holds an entry against the CRC-32 that the archive states for it.</summary>
internal static class ZipChecksum
{
    private const int ChunkBytes = 1 << 18;

    /// <exception cref="CheckpointException">They differ.</exception>
    public static void Verify(ByteSource file, ZipEntry entry, uint stated)
    {
        var crc = new Crc32();
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(ChunkBytes, entry.Length));
        try
        {
            for (long done = 0; done < entry.Length; done += buffer.Length)
            {
                Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, entry.Length - done));
                file.Read(chunk, entry.Begin + done);
                crc.Append(chunk);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (crc.GetCurrentHashAsUInt32() != stated)
        {
            throw new CheckpointException(
                file.Name,
                $"is damaged: the content of {entry.Name} does not have the CRC-32 that the archive states",
                "copy it again; if torch wrote it with set_crc32_options(False), save it again without that");
        }
    }
}
