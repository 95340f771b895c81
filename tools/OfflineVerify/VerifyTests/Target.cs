using System.Text;
using EmptyFiles;

namespace VerifyTests;

/// <summary>One file of a snapshot: text for text extensions, a stream for all others.</summary>
public readonly struct Target
{
    private readonly StringBuilder? _text;
    private readonly Stream? _stream;

    public Target(string extension, string data, string? name = null)
        : this(extension, new StringBuilder(data), name)
    {
    }

    public Target(string extension, StringBuilder data, string? name = null)
        : this(extension, name)
    {
        if (!FileExtensions.IsTextExtension(extension))
        {
            throw new ArgumentException(
                $"'{extension}' is not a text extension: pass a stream, or call FileExtensions.AddTextExtension(\"{extension}\") first", nameof(extension));
        }

        _text = data;
    }

    public Target(string extension, Stream data, string? name = null)
        : this(extension, name)
    {
        if (FileExtensions.IsTextExtension(extension))
        {
            throw new ArgumentException($"'{extension}' is a text extension: pass a string or a StringBuilder", nameof(extension));
        }

        _stream = data;
    }

    private Target(string extension, string? name)
    {
        if (string.IsNullOrWhiteSpace(extension) || extension.StartsWith('.'))
        {
            throw new ArgumentException($"'{extension}' is not a file extension: give one without its dot, for example \"csv\"", nameof(extension));
        }

        if (name is not null && string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("a target's name is null or has at least one letter", nameof(name));
        }

        Extension = extension;
        Name = name;
    }

    public string Extension { get; }

    public string? Name { get; }

    public string NameOrTarget => Name ?? "target";

    public bool IsString => _text is not null;

    public bool IsStream => _stream is not null;

    public Stream StreamData => _stream ?? throw new InvalidOperationException("this target is text: it has no stream");

    /// <summary>Where this target differs, the targets after it are compared to the byte.</summary>
    public bool BypassComparersForSubsequentOnDifference { get; init; }

    internal StringBuilder Text => _text ?? throw new InvalidOperationException("this target is a stream: it has no text");
}
