namespace GrokVerify.Tests.Snapshots;

/// <summary>A row of the table: files and target before, files and message after.</summary>
/// <param name="Situation">The name of the case.</param>
/// <param name="Before">Files on disk.</param>
/// <param name="Verify">The verification.</param>
/// <param name="After">Files on disk.</param>
/// <param name="Message">The whole failure text below its first line "Directory: FOLDER"; null where the verification passes.</param>
/// <param name="Attached">Names of the files that a build server attaches.</param>
public sealed record SnapshotCase(
    string Situation,
    IReadOnlyDictionary<string, string> Before,
    Func<VerifySettings, Task<VerifyResult>> Verify,
    IReadOnlyDictionary<string, string> After,
    string? Message = null,
    params string[] Attached)
{
    public override string ToString() => Situation;
}
