using EmptyFiles;

namespace VerifyTests;

/// <summary>A received file and the verified file that it is held against.</summary>
public readonly struct FilePair
{
    internal FilePair(string extension, string receivedPath, string verifiedPath)
    {
        Extension = extension;
        ReceivedPath = receivedPath;
        VerifiedPath = verifiedPath;
        IsText = FileExtensions.IsTextExtension(extension);
    }

    public string Extension { get; }

    public string ReceivedPath { get; }

    public string VerifiedPath { get; }

    public bool IsText { get; }
}
