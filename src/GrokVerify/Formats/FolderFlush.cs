using System.Runtime.InteropServices;
using System.Text;

namespace GrokVerify.Formats;

/// <summary>
/// Flushes a folder to the disk: on Unix a file that was renamed may have its old name again after a power failure until its folder was, too. .NET opens no folders.
/// </summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0; // O_RDONLY

    /// <summary>Advice to the system: where a file system cannot do it, nothing is lost that was there before.</summary>
    public static void Of(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle >= 0)
        {
            _ = Flush(handle);
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
