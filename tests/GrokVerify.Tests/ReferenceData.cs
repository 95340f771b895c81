namespace GrokVerify.Tests;

/// <summary>
/// Data for tests that is not part of the repository: the folder shared/reference beside the repository's root.
/// </summary>
internal static class ReferenceData
{
    public const string AbsentReason = "shared/reference is not beside the repository";

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared", "reference"));

    public static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GrokVerify.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above the test assembly holds GrokVerify.sln");
    }
}
