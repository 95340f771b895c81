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
        if (!File.Exists(file.VerifiedPath))
        {
            return Left(file, bytes, Verdict.New, null);
        }

        byte[] verified = await File.ReadAllBytesAsync(file.VerifiedPath);
        if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).SequenceEqual(verified))
        {
            return new Outcome(file, Verdict.Equal);
        }

        if (bypassComparers || verified.Length == 0 || !settings.Comparing.TryFindStream(file.Extension, out StreamCompare? compare))
        {
            return Left(file, bytes, Verdict.NotEqual, null);
        }

        using var verifiedStream = new MemoryStream(verified, writable: false);
        bytes.Position = 0;
        CompareResult result = await compare(bytes, verifiedStream, settings.Context);
        return result.IsEqual ? new Outcome(file, Verdict.Equal) : Left(file, bytes, Verdict.NotEqual, result.Message);
    }

    private static Outcome Left(FilePair file, MemoryStream bytes, Verdict verdict, string? message)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.ReceivedPath)!);
        File.WriteAllBytes(file.ReceivedPath, bytes.ToArray());
        return new Outcome(file, verdict, message);
    }
}
