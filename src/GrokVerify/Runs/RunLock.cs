using GrokVerify.Formats;

namespace GrokVerify.Runs;

/// <summary>
/// The right to write a run folder: a file that is open without sharing. The system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string FileName = "run.lock";
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>The lock of an existing folder; null when another process, or another call in this one, has it.</summary>
    /// <exception cref="IOException">The lock file cannot be made.</exception>
    public static RunLock? TryTake(string folder)
    {
        try
        {
            return new RunLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is WindowsSharingViolation or LinuxWouldBlock or MacWouldBlock)
        {
            return null;
        }
    }

    /// <summary>Waits until the lock is free.</summary>
    /// <param name="folder">The run folder; made when absent.</param>
    /// <param name="poll">Time between two tries.</param>
    /// <param name="onWait">Called once if there is anything to wait for.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    /// <exception cref="StorageException">The folder or the lock file cannot be made.</exception>
    public static RunLock Take(string folder, TimeSpan poll, Action onWait, CancellationToken cancellation)
    {
        bool hasWaited = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            RunLock? taken;
            try
            {
                Directory.CreateDirectory(folder);
                taken = TryTake(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageException(Path.Combine(folder, FileName), null, exception);
            }

            if (taken is not null)
            {
                return taken;
            }

            if (!hasWaited)
            {
                hasWaited = true;
                onWait();
            }

            cancellation.WaitHandle.WaitOne(poll);
        }
    }

    /// <summary>True when some process holds the lock of this folder.</summary>
    public static bool IsHeld(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            // Shared, so that two who ask do not take each other for the holder.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}
