using System.Runtime.InteropServices;

namespace LibTorchRelax;

/// <summary>Finds the file behind a shared library's name, as the loader of this very system resolves it.</summary>
public static class SystemLibrary
{
    /// <summary>
    /// The path of the library that a .NET process gets for that name; null when there is none. The answer is read from
    /// this process's own memory map, so LD_LIBRARY_PATH and the loader's cache count as they will for the program.
    /// </summary>
    public static string? Find(string name)
    {
        if (!NativeLibrary.TryLoad(name, out _))
        {
            return null;
        }

        foreach (string line in File.ReadLines("/proc/self/maps"))
        {
            int start = line.IndexOf('/', StringComparison.Ordinal);
            if (start >= 0 && IsVersionOf(Path.GetFileName(line[start..]), name) && File.Exists(line[start..]))
            {
                return line[start..];
            }
        }

        return null;
    }

    // The map shows the file behind the symbolic links: libstdc++.so.6 is libstdc++.so.6.0.30.
    private static bool IsVersionOf(string file, string name) =>
        file == name || file.StartsWith(name + ".", StringComparison.Ordinal);
}
