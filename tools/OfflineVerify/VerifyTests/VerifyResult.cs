namespace VerifyTests;

/// <summary>The snapshot of a verification that passed.</summary>
public class VerifyResult
{
    private readonly IReadOnlyList<FilePair> _files;

    internal VerifyResult(IReadOnlyList<FilePair> files, object? target)
    {
        _files = files;
        Target = target;
    }

    /// <summary>The string that was verified, where there was one.</summary>
    public object? Target { get; }

    public IEnumerable<string> Files => _files.Select(file => file.VerifiedPath);

    public IEnumerable<string> TextFiles => _files.Where(file => file.IsText).Select(file => file.VerifiedPath);

    /// <summary>The content of the only text file.</summary>
    public string Text => File.ReadAllText(TextFiles.Single());
}
