using VerifyTests;

namespace OfflineVerify.Engine;

internal enum Verdict
{
    New,
    NotEqual,
    Equal,
}

/// <summary>What became of one target.</summary>
/// <param name="File">Its files.</param>
/// <param name="Verdict">New: there is no verified file.</param>
/// <param name="Message">The comparer's, where it left one.</param>
/// <param name="ReceivedText">Null for binary targets.</param>
/// <param name="VerifiedText">Null for binary targets and where nothing is verified yet.</param>
internal sealed record Outcome(
    FilePair File, Verdict Verdict, string? Message = null, string? ReceivedText = null, string? VerifiedText = null);
