using System.Buffers.Binary;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>Damages a file at random, the same way for the same seed.</summary>
internal static class Mutation
{
    private static readonly long[] Numbers = [0, 1, -1, 127, 128, 255, 256, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    /// <summary>A mutated copy.</summary>
    /// <param name="original">The whole file.</param>
    /// <param name="random">Decides what happens.</param>
    public static byte[] Of(byte[] original, Random random) => random.Next(4) switch
    {
        0 => Damaged(original, random),
        1 when original is [(byte)'P', (byte)'K', ..] => Repacked(original, random, entry => entry.EndsWith("data.pkl", StringComparison.Ordinal)),
        2 when original is [(byte)'P', (byte)'K', ..] => Repacked(original, random, _ => random.Next(3) == 0),
        _ => AtTheEdges(original, random),
    };

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        byte[] mutated = [.. bytes];
        for (int i = random.Next(1, 6); i > 0 && mutated.Length > 0; i--)
        {
            mutated = Once(mutated, random);
        }

        return mutated;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        int length = random.Next(Math.Min(bytes.Length - at, 40) + 1);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                byte[] number = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
                number.AsSpan(0, Math.Min(1 << random.Next(4), bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            default:
                int from = random.Next(bytes.Length - length + 1);
                bytes.AsSpan(from, length).ToArray().CopyTo(bytes, at);
                return bytes;
        }
    }

    /// <summary>Damages entries and writes the archive anew around them, so that its lengths and checksums are right.</summary>
    private static byte[] Repacked(byte[] archive, Random random, Func<string, bool> isDamaged) => TorchArchive.Zip(
    [
        .. ZipDirectory.Read(ByteSource.Of("", archive)).Select(entry =>
        {
            byte[] content = archive.AsSpan((int)entry.Begin, (int)entry.Length).ToArray();
            return (entry.Name, (ReadOnlyMemory<byte>)(isDamaged(entry.Name) ? Damaged(content, random) : content));
        }),
    ]);

    /// <summary>Damages the first or the last kilobyte, where headers and directories are.</summary>
    private static byte[] AtTheEdges(byte[] bytes, Random random)
    {
        const int edge = 1024;
        int length = Math.Min(edge, bytes.Length);
        return random.Next(2) == 0
            ? [.. Damaged(bytes[..length], random), .. bytes[length..]]
            : [.. bytes[..^length], .. Damaged(bytes[^length..], random)];
    }
}
