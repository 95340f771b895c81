using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>The source file of the caller.</summary>
public static class CurrentFile
{
    public static string Path([CallerFilePath] string file = "") => file;

    public static string Directory([CallerFilePath] string file = "") => System.IO.Path.GetDirectoryName(file)!;

    public static string Relative(string relative, [CallerFilePath] string file = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, relative);
}
