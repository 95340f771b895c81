using System.Text;
using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>Turns what a test hands over into the text that is compared.</summary>
internal static class ReceivedText
{
    /// <summary>A string verified without an extension: no byte order mark, and a word for nothing.</summary>
    public static string OfBareString(string? target)
    {
        string text = (target ?? "null").TrimStart('\uFEFF');
        return text.Length == 0 ? "emptyString" : text;
    }

    public static string Normalize(StringBuilder text) =>
        text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>
    /// Verify replaces these folders by placeholders. The stand-in has no scrubbers, so a text that holds one of them is refused:
    /// it would be another text under the real package, and on another machine.
    /// </summary>
    public static void ThrowIfItNamesThisMachine(string text, System.Reflection.Assembly testAssembly)
    {
        AttributeReader.TryGetSolutionDirectory(testAssembly, out string? solution);
        AttributeReader.TryGetProjectDirectory(testAssembly, out string? project);
        ReadOnlySpan<(string? Path, string Placeholder)> folders =
        [
            (project, "{ProjectDirectory}"),
            (solution, "{SolutionDirectory}"),
            (Environment.CurrentDirectory, "{CurrentDirectory}"),
            (Path.GetTempPath(), "{TempPath}"),
            (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "{UserProfile}"),
        ];
        foreach ((string? path, string placeholder) in folders)
        {
            string? folder = path is null ? null : Path.TrimEndingDirectorySeparator(path);
            if (!string.IsNullOrEmpty(folder) && folder != Path.GetPathRoot(folder) && Names(text, folder))
            {
                throw new NotSupportedException(
                    $"the snapshot names the folder {folder}, which Verify would replace by {placeholder}: keep absolute paths out of snapshots");
            }
        }
    }

    private static bool Names(string text, string folder)
    {
        for (int at = text.IndexOf(folder, StringComparison.Ordinal); at >= 0; at = text.IndexOf(folder, at + 1, StringComparison.Ordinal))
        {
            int end = at + folder.Length;
            bool begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            if (begins && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
