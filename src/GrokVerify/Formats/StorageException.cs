namespace GrokVerify.Formats;

/// <summary>A file of a run could not be written: the disk is full, or the folder does not allow it. What was there before is unharmed.</summary>
public sealed class StorageException : IOException
{
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
        return $"{file}: cannot be written{need}: {cause.Message.TrimEnd('.')}; free some space or choose another folder, "
            + "then repeat the command: a run goes on from its newest checkpoint";
    }

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
