using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>Holds a received text against its verified file and leaves the received file behind where they differ.</summary>
internal static class TextComparison
{
    public static async Task<Outcome> Compare(FilePair file, string received, VerifySettings settings, bool bypassComparers)
    {
        SharedSettings shared = VerifierSettings.Shared;
        var verifiedFile = new FileInfo(file.VerifiedPath);
        if (verifiedFile is { Exists: true, Length: 0 })
        {
            verifiedFile.Delete();
        }

        if (!File.Exists(file.VerifiedPath))
        {
            Write(file, received);
            return new Outcome(file, Verdict.New, null, received);
        }

        string verified = await File.ReadAllTextAsync(file.VerifiedPath, shared.Encoding);
        if (verified.Contains('\r', StringComparison.Ordinal))
        {
            if (!shared.FixNewlinesOnRead)
            {
                Write(file, received);
                throw new VerifiedLineEndingException(file.VerifiedPath, file.Extension);
            }

            verified = verified.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        bool forgiven = shared.IgnoreTrailingNewline && verified.Length == received.Length + 1 && verified[^1] == '\n';
        CompareResult result = await CompareTexts(file.Extension, received, forgiven ? verified[..^1] : verified, settings, bypassComparers);
        if (result.IsEqual)
        {
            return new Outcome(file, Verdict.Equal, null, received, verified);
        }

        Write(file, received);
        return new Outcome(file, Verdict.NotEqual, result.Message, received, verified);
    }

    private static Task<CompareResult> CompareTexts(
        string extension, string received, string verified, VerifySettings settings, bool bypassComparers)
    {
        bool equal = string.Equals(received, verified, StringComparison.Ordinal);
        return !equal && !bypassComparers && settings.Comparing.TryFindString(extension, out StringCompare? compare)
            ? compare(received, verified, settings.Context)
            : Task.FromResult(new CompareResult(equal));
    }

    private static void Write(FilePair file, string received)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.ReceivedPath)!);
        File.WriteAllText(file.ReceivedPath, received, VerifierSettings.Shared.Encoding);
    }
}
