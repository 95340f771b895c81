using System.Buffers.Binary;
using System.Text;

namespace GrokVerify.Formats.PyTorch;

/// <summary>The bytes of a pickle, taken one after the other.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes)
{
    private const int LongestLine = 200;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _at;

    public int Remaining => bytes.Length - _at;

    /// <exception cref="PickleException">There are not that many.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count > Remaining)
        {
            throw new PickleException("its pickle breaks off");
        }

        ReadOnlySpan<byte> taken = bytes.Span.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>That many bytes of UTF-8.</summary>
    /// <exception cref="PickleException">They are not there, or not UTF-8.</exception>
    public string Text(long count)
    {
        try
        {
            return Strict.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException("a string of its pickle is not UTF-8");
        }
    }

    /// <summary>The text up to the next line feed: half of a global's name.</summary>
    /// <exception cref="PickleException">There is no line feed, or the text is no name.</exception>
    public string Line()
    {
        ReadOnlySpan<byte> rest = bytes.Span.Slice(_at, Math.Min(Remaining, LongestLine));
        int length = rest.IndexOf((byte)'\n');
        if (length < 1 || rest[..length].IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
        {
            throw new PickleException("its pickle asks for something without a name");
        }

        _at += length + 1;
        return Encoding.ASCII.GetString(rest[..length]);
    }
}
