using System.Diagnostics.CodeAnalysis;

namespace VerifyTests;

/// <summary>
/// The comparers of one verification and the order in which they are looked for: by extension, then for all, then the
/// process-wide one of the extension, then (text only) the process-wide default.
/// </summary>
internal sealed class ComparerSettings
{
    private readonly Dictionary<string, StringCompare> _strings = [];
    private readonly Dictionary<string, StreamCompare> _streams = [];
    private StringCompare? _string;
    private StreamCompare? _stream;

    public ComparerSettings()
    {
    }

    public ComparerSettings(ComparerSettings other)
    {
        _strings = new(other._strings);
        _streams = new(other._streams);
        _string = other._string;
        _stream = other._stream;
    }

    public void UseStringComparer(StringCompare compare, ReadOnlySpan<string> extensions)
    {
        if (extensions.IsEmpty)
        {
            _string = compare;
        }

        foreach (string extension in extensions)
        {
            _strings[extension] = compare;
        }
    }

    public void UseStreamComparer(StreamCompare compare, ReadOnlySpan<string> extensions)
    {
        if (extensions.IsEmpty)
        {
            _stream = compare;
        }

        foreach (string extension in extensions)
        {
            _streams[extension] = compare;
        }
    }

    public bool TryFindString(string extension, [NotNullWhen(true)] out StringCompare? compare)
    {
        SharedSettings shared = VerifierSettings.Shared;
        compare = _strings.GetValueOrDefault(extension)
            ?? _string
            ?? shared.StringComparers.GetValueOrDefault(extension)
            ?? shared.DefaultStringComparer;
        return compare is not null;
    }

    public bool TryFindStream(string extension, [NotNullWhen(true)] out StreamCompare? compare)
    {
        compare = _streams.GetValueOrDefault(extension)
            ?? _stream
            ?? VerifierSettings.Shared.StreamComparers.GetValueOrDefault(extension);
        return compare is not null;
    }
}
