using GrokVerify.Formats;

namespace GrokVerify.Cli.Running;

/// <summary>Where runs and reports go.</summary>
internal static class ArtifactPaths
{
    private const string RunsVariable = "GROKVERIFY_RUNS";
    private const string RepositoryMark = "GrokVerify.sln";
    private const string Probe = ".grokverify-";

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

    /// <summary>Makes sure, before any work is done, that a folder can be written to. Leaves it as it was, but for what killed processes left there.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">It cannot.</exception>
    public static void RequireWritable(string folder, string option)
    {
        string probe = Path.Combine(folder, $"{Probe}{Guid.NewGuid():N}");
        string[] made = [.. Missing(folder)];
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            AtomicFile.RemoveStale(folder);
            AtomicFile.RemoveStale(folder, $"{Probe}????????????????????????????????");
            Array.ForEach(made, Directory.Delete);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{folder}: cannot be written to ({problem.Message.TrimEnd('.')}); give another folder with {option}", problem);
        }
    }

    /// <summary>The folders that have to be made for this one, it first.</summary>
    private static IEnumerable<string> Missing(string folder)
    {
        for (string? above = Path.GetFullPath(folder); above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(above))
        {
            yield return above;
        }
    }
}
