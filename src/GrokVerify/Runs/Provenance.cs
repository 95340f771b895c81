using System.Reflection;
using System.Runtime.InteropServices;

namespace GrokVerify.Runs;

/// <summary>What a run was made with: code, libraries, machine. Nothing in it names a host or a user.</summary>
public sealed record Provenance
{
    private const int CommitDigits = 40;
    private const string LocalChanges = "LocalChanges";

    /// <summary>The commit that GrokVerify was built from, 40 hexadecimal digits; null where it was built outside a repository.</summary>
    public required string? GitCommit { get; init; }

    /// <summary>True when its sources differed from that commit; null where nobody knows.</summary>
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

    /// <summary>Looks at the machine, and at what the build left in this assembly.</summary>
    /// <param name="threads">Threads given to training; null where it chooses by itself.</param>
    public static Provenance Collect(int? threads = null)
    {
        Assembly library = typeof(Provenance).Assembly;
        (string? commit, bool? dirty) = Source(
            library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
            library.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(item => item.Key == LocalChanges)?.Value);
        return new Provenance
        {
            GitCommit = commit,
            GitDirty = dirty,
            LibraryVersion = library.GetName().Version?.ToString() ?? "unknown",
            Runtime = RuntimeInformation.FrameworkDescription,
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            CpuModel = Processor.ReadModel(),
            InstructionSets = Processor.InstructionSets,
            LogicalCores = Environment.ProcessorCount,
            Threads = threads,
        };
    }

    /// <param name="version">As the build writes it, e.g. "0.1.0+" and the commit.</param>
    /// <param name="localChanges">"true" or "false"; anything else where the build did not find out.</param>
    internal static (string? Commit, bool? Dirty) Source(string? version, string? localChanges)
    {
        string commit = version?.Split('+', 2) is [_, string built] ? built : "";
        return commit.Length == CommitDigits && commit.All(char.IsAsciiHexDigitLower)
            ? (commit, bool.TryParse(localChanges, out bool isChanged) ? isChanged : null)
            : (null, null);
    }
}
