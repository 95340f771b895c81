using System.Text;
using EmptyFiles;
using OfflineVerify.Naming;

namespace VerifyTests;

/// <summary>One file of a snapshot: text for text extensions, whose streams are read to their ends, and bytes for all others.</summary>
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
            if (data.CanSeek)
            {
                data.Position = 0;
            }

            using var reader = new StreamReader(data);
            _text = new StringBuilder(reader.ReadToEnd());
        }
        else
        {
            _stream = data;
        }
    }

    private Target(string extension, string? name)
    {
        FileNameCharacters.ThrowIfBadExtension(extension);
        Extension = extension;
        Name = name is null ? null : FileNameCharacters.InPath(name);
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
