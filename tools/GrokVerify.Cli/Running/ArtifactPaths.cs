namespace GrokVerify.Cli.Running;

/// <summary>Where runs and reports go.</summary>
internal static class ArtifactPaths
{
    private const string RunsVariable = "GROKVERIFY_RUNS";
    private const string RepositoryMark = "GrokVerify.sln";

    /// <summary>The root of the repository that the current folder lies in; null outside of one.</summary>
    public static string? Repository()
    {
        for (DirectoryInfo? folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RepositoryMark)))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    /// <summary>A folder for what is made: artifacts/name in the repository, or in the current folder outside of one.</summary>
    public static string Artifacts(string name) => Path.Combine(Repository() ?? Environment.CurrentDirectory, "artifacts", name);

    /// <summary>The folder of stored runs: the one given, or that of GROKVERIFY_RUNS, or artifacts/runs.</summary>
    public static string Runs(string? given, Func<string, string?> variable)
    {
        string? folder = given ?? variable(RunsVariable);
        return string.IsNullOrWhiteSpace(folder) ? Artifacts("runs") : Path.GetFullPath(folder);
    }

    /// <summary>Makes sure, before any work is done, that a folder can be written to.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void RequireWritable(string folder)
    {
        string probe = Path.Combine(folder, $".grokverify-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{folder}: cannot be written to ({problem.Message.TrimEnd('.')}); give another folder with --out", problem);
        }
    }
}
