using System.Runtime.CompilerServices;

namespace OfflineVerify.Naming;

/// <summary>
/// The characters that names may hold. What a test calls its files is refused as the system refuses it; values and
/// target names are rewritten, and alike on every system.
/// </summary>
internal static class FileNameCharacters
{
    private const string NotInPaths = "\"<>|:*?";
    private static readonly char[] NotInFileNames = Path.GetInvalidFileNameChars();
    private static readonly char[] NotInDirectories = [.. Path.GetInvalidPathChars(), .. NotInFileNames.Except(['/', '\\', ':'])];

    /// <summary>With "-" for what no file name may hold.</summary>
    public static string InName(string text) => Replace(text, NotInPaths + "\\/");

    /// <summary>With "-" for what no path may hold: separators stay, and lead into folders.</summary>
    public static string InPath(string text) => Replace(text, NotInPaths);

    public static void ThrowIfBadFileName(string name, [CallerArgumentExpression(nameof(name))] string argument = "") =>
        ThrowIfItHolds(NotInFileNames, name, "file name", argument);

    public static void ThrowIfBadDirectory(string name, [CallerArgumentExpression(nameof(name))] string argument = "") =>
        ThrowIfItHolds(NotInDirectories, name, "directory", argument);

    public static void ThrowIfBadExtension(string value, [CallerArgumentExpression(nameof(value))] string argument = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(value, argument);
        if (value.StartsWith('.'))
        {
            throw new ArgumentException("Must not start with a period ('.').", argument);
        }

        if (value.AsSpan().ContainsAny('\\', '/'))
        {
            throw new ArgumentException("Must not contain a directory separator.", argument);
        }
    }

    private static void ThrowIfItHolds(char[] invalid, string name, string what, string argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, argument);
        int at = name.IndexOfAny(invalid);
        if (at >= 0)
        {
            throw new ArgumentException($"Invalid character for {what}. Value: {name}. Char:{name[at]}", argument);
        }
    }

    private static string Replace(string text, string invalid) =>
        string.Concat(text.Select(character => character < ' ' || invalid.Contains(character, StringComparison.Ordinal) ? '-' : character));
}
