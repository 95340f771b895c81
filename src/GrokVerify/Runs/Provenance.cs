using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GrokVerify.Runs;

/// <summary>What a run was made with: code, libraries, machine. Nothing in it names a host or a user.</summary>
public sealed record Provenance
{
    private const string CommitLine = "# branch.oid ";

    /// <summary>The commit of the repository, 40 hexadecimal digits; null outside a repository or without git.</summary>
    public required string? GitCommit { get; init; }

    /// <summary>True when tracked files differ from that commit; null where the commit is.</summary>
    public required bool? GitDirty { get; init; }

    /// <summary>Version of GrokVerify itself.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>E.g. ".NET 10.0.1".</summary>
    public required string Runtime { get; init; }

    public required string OperatingSystem { get; init; }

    /// <summary>Architecture of the process, e.g. "X64".</summary>
    public required string Architecture { get; init; }

    /// <summary>The processor's own name; null where the system does not tell.</summary>
    public required string? CpuModel { get; init; }

    /// <summary>Vector instruction sets that the runtime uses here, e.g. "AVX2", "FMA".</summary>
    public required IReadOnlyList<string> InstructionSets { get; init; }

    public required int LogicalCores { get; init; }

    /// <summary>Threads that training was given; null where it chose by itself.</summary>
    public required int? Threads { get; init; }

    /// <summary>Looks at the machine and the repository.</summary>
    /// <param name="repositoryFolder">A folder inside the git working tree; null for none.</param>
    /// <param name="threads">Threads given to training; null where it chooses by itself.</param>
    public static Provenance Collect(string? repositoryFolder = null, int? threads = null)
    {
        (string? commit, bool? dirty) = repositoryFolder is null ? (null, null) : ReadGit(repositoryFolder);
        return new Provenance
        {
            GitCommit = commit,
            GitDirty = dirty,
            LibraryVersion = typeof(Provenance).Assembly.GetName().Version?.ToString() ?? "unknown",
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            CpuModel = Processor.ReadModel(),
            InstructionSets = Processor.InstructionSets,
            LogicalCores = Environment.ProcessorCount,
            Threads = threads,
        };
    }

    private static (string? Commit, bool? Dirty) ReadGit(string folder)
    {
        string? answer = CommandOutput.Read(
            "git", "-C", folder, "--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=no");
        string[] lines = answer?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
        string? commit = lines.FirstOrDefault(line => line.StartsWith(CommitLine, StringComparison.Ordinal))?[CommitLine.Length..];
        return commit is null || !commit.All(char.IsAsciiHexDigit) ? (null, null) : (commit, lines.Any(line => line[0] != '#'));
    }
}

/// <summary>What another program prints.</summary>
internal static class CommandOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Its standard output; null when there is no such program, it fails, or it takes longer than ten seconds.</summary>
    public static string? Read(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!Task.WaitAll([output, errors], Patience) || !process.WaitForExit(Patience))
            {
                process.Kill();
                return null;
            }

            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
