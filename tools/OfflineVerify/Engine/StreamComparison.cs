using EmptyFiles;
using VerifyTests;

namespace OfflineVerify.Engine;

/// <summary>Holds received bytes against their verified file and leaves the received file behind where they differ.</summary>
internal static class StreamComparison
{
    public static async Task<Outcome> Compare(FilePair file, Stream received, VerifySettings settings, bool bypassComparers)
    {
        using var bytes = new MemoryStream();
        if (received.CanSeek)
        {
            received.Position = 0;
        }

        await received.CopyToAsync(bytes);
        bytes.Position = 0;
        Verdict verdict = Verdict.New;
        string? message = null;
        if (File.Exists(file.VerifiedPath))
        {
            CompareResult result = await CompareBytes(file, bytes, settings, bypassComparers);
            if (result.IsEqual)
            {
                return new Outcome(file, Verdict.Equal);
            }

            (verdict, message) = (Verdict.NotEqual, result.Message);
        }

        // An empty file says nothing, so it cannot be accepted. Verify names the file that the data came from, where there is one.
        if (received is FileStream { Length: 0 } source)
        {
            throw Empty(source.Name);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file.ReceivedPath)!);
        await File.WriteAllBytesAsync(file.ReceivedPath, bytes.ToArray());
        return bytes.Length == 0 ? throw Empty(file.ReceivedPath) : new Outcome(file, verdict, message);
    }

    /// <summary>A comparer decides alone, of equal bytes too. The empty file that a diff tool was given in place of a verified one equals nothing.</summary>
    private static async Task<CompareResult> CompareBytes(FilePair file, MemoryStream received, VerifySettings settings, bool bypassComparers)
    {
        if (AllFiles.IsEmptyFile(file.VerifiedPath))
        {
            return CompareResult.NotEqual();
        }

        byte[] verified = await File.ReadAllBytesAsync(file.VerifiedPath);
        if (bypassComparers || !settings.Comparing.TryFindStream(file.Extension, out StreamCompare? compare))
        {
            return new CompareResult(received.ToArray().AsSpan().SequenceEqual(verified));
        }

        using var verifiedStream = new MemoryStream(verified, writable: false);
        return await compare(received, verifiedStream, settings.Context);
    }

    private static InvalidOperationException Empty(string path) => new($"Empty data is not allowed. Path: {path}");
}
