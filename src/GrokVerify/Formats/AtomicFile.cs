using System.Text;

namespace GrokVerify.Formats;

/// <summary>
/// Writes a file whole or not at all: into a temporary file of the same folder, flushed to the disk, then renamed over the old one, and the folder flushed.
/// </summary>
internal static class AtomicFile
{
    private const string TemporarySuffix = ".grokverify-tmp";

    /// <summary>Between its last byte and its new name a file is nobody's for an instant; whoever has not renamed it after so long is dead.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(1);

    // Files that begin with a point are hidden; a question mark is one character, as the pattern says.
    private static readonly EnumerationOptions EveryFile = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.None };

    /// <param name="path">The file to make or replace.</param>
    /// <param name="bytesNeeded">Its size, for the error message; null where unknown.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="StorageException">The file could not be written; what was there before is still there.</exception>
    public static void Write(string path, long? bytesNeeded, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
        try
        {
            RemoveStale(folder, $"{Path.GetFileName(path)}.*{TemporarySuffix}");
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            FolderFlush.Of(folder);
        }
        catch (Exception exception)
        {
            TryDelete(temporary);
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageException(path, bytesNeeded, exception);
            }

            throw;
        }
    }

    public static void Write(string path, ReadOnlyMemory<byte> content) =>
        Write(path, content.Length, stream => stream.Write(content.Span));

    /// <summary>Reads a file that may be replaced or appended to meanwhile: without sharing for that, Windows would refuse the writer.</summary>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    public static string ReadText(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Removes what a killed process left behind. Only for a folder whose lock is held.</summary>
    public static void RemoveTemporaryFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*" + TemporarySuffix))
        {
            TryDelete(file);
        }
    }

    /// <summary>Removes what killed processes left in a folder that others may be writing to: files that nobody has open, and that are old.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static void RemoveStale(string folder, string pattern = "*" + TemporarySuffix)
    {
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles(pattern, EveryFile).Where(file => DateTime.UtcNow - file.LastWriteTimeUtc > Stale))
        {
            try
            {
                // Whoever writes it has it open without sharing.
                using (file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                }

                file.Delete();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process's, or gone by now.
            }
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A leftover costs space only; the error that led here is the one to tell.
        }
    }
}
