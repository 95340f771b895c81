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

    /// <summary>That many bytes, to be kept: a part of the file's, not a copy.</summary>
    /// <exception cref="PickleException">There are not that many.</exception>
    public PickleBuffer Buffer(ulong count)
    {
        int begin = _at;
        Take((long)Math.Min(count, long.MaxValue));
        return new PickleBuffer(bytes[begin.._at]);
    }

    public byte Byte() => Take(1)[0];

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <summary>That many bytes of UTF-8.</summary>
    /// <exception cref="PickleException">They are not there, or not UTF-8.</exception>
    public string Text(ulong count)
    {
        try
        {
            return Strict.GetString(Take((long)Math.Min(count, long.MaxValue)));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException("a string of its pickle is not UTF-8");
        }
    }

    /// <summary>Whether a text can be a name: not empty or endless, and of visible ASCII characters, so that it may stand in a message.</summary>
    public static bool IsName(string text) => text.Length is > 0 and < LongestLine && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>The text up to the next line feed: half of a global's name.</summary>
    /// <exception cref="PickleException">There is no line feed, or the text is no name.</exception>
    public string Line()
    {
        ReadOnlySpan<byte> rest = bytes.Span.Slice(_at, Math.Min(Remaining, LongestLine));
        int length = rest.IndexOf((byte)'\n');
        if (length < 1 || !IsName(Encoding.ASCII.GetString(rest[..length])))
        {
            throw new PickleException("its pickle asks for something without a name");
        }

        _at += length + 1;
        return Encoding.ASCII.GetString(rest[..length]);
    }
}
