namespace GrokVerify.Formats;

/// <summary>A file could not be written: the disk is full, or the folder does not allow it. What was there before is unharmed.</summary>
public sealed class StorageException : IOException
{
    /// <summary>ENOSPC, and EDQUOT of Linux and of macOS; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.</summary>
    private static readonly int[] NoSpace = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <param name="file">The file that could not be written.</param>
    /// <param name="bytesNeeded">Its size; null where unknown.</param>
    /// <param name="cause">What the system said.</param>
    public StorageException(string file, long? bytesNeeded, Exception cause)
        : base(Describe(file, bytesNeeded, cause), cause)
    {
        File = file;
        BytesNeeded = bytesNeeded;
    }

    public string File { get; }

    public long? BytesNeeded { get; }

    private static string Describe(string file, long? bytesNeeded, Exception cause)
    {
        string need = bytesNeeded is null ? "" : $" ({bytesNeeded} bytes needed{Free(file)})";
        return $"{file}: cannot be written{need}: {cause.Message.TrimEnd('.')}; {Remedy(file, cause)}, then repeat the command: a run goes on from its newest checkpoint";
    }

    private static string Remedy(string file, Exception cause) =>
        Directory.Exists(file) ? "a folder has its name: move it away"
        : NoSpace.Contains(cause.HResult) ? "free some space or choose another folder"
        : "check the folder and its permissions, or choose another folder";

    private static string Free(string file)
    {
        try
        {
            // The file itself may not exist yet.
            return $", {new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace} free";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }
}
