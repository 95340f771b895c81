using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>Reads what the build wrote into a test assembly (OfflineVerify.props): the folders and names of its project and solution.</summary>
public static class AttributeReader
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string GetProjectDirectory() => GetProjectDirectory(Assembly.GetCallingAssembly());

    public static string GetProjectDirectory(Assembly assembly) => Get(assembly, "Verify.ProjectDirectory");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryGetProjectDirectory([NotNullWhen(true)] out string? projectDirectory) =>
        TryGetProjectDirectory(Assembly.GetCallingAssembly(), out projectDirectory);

    public static bool TryGetProjectDirectory(Assembly assembly, [NotNullWhen(true)] out string? projectDirectory) =>
        TryGet(assembly, "Verify.ProjectDirectory", out projectDirectory);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string GetProjectName() => GetProjectName(Assembly.GetCallingAssembly());

    public static string GetProjectName(Assembly assembly) => Get(assembly, "Verify.ProjectName");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string GetSolutionDirectory() => GetSolutionDirectory(Assembly.GetCallingAssembly());

    public static string GetSolutionDirectory(Assembly assembly) => Get(assembly, "Verify.SolutionDirectory");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryGetSolutionDirectory([NotNullWhen(true)] out string? solutionDirectory) =>
        TryGetSolutionDirectory(Assembly.GetCallingAssembly(), out solutionDirectory);

    public static bool TryGetSolutionDirectory(Assembly assembly, [NotNullWhen(true)] out string? solutionDirectory) =>
        TryGet(assembly, "Verify.SolutionDirectory", out solutionDirectory);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string GetSolutionName() => GetSolutionName(Assembly.GetCallingAssembly());

    public static string GetSolutionName(Assembly assembly) => Get(assembly, "Verify.SolutionName");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string GetIntermediateDirectory() => GetIntermediateDirectory(Assembly.GetCallingAssembly());

    public static string GetIntermediateDirectory(Assembly assembly) => Get(assembly, "Verify.IntermediateDirectory");

    /// <summary>True unless the assembly says that its project has one target framework.</summary>
    internal static bool TargetsSeveralFrameworks(Assembly assembly) =>
        !TryGet(assembly, "Verify.TargetFrameworks", out string? frameworks) || frameworks.Contains(';', StringComparison.Ordinal);

    private static string Get(Assembly assembly, string key) =>
        TryGet(assembly, key, out string? value)
            ? value
            : throw new InvalidOperationException(
                $"{assembly.GetName().Name} has no AssemblyMetadata attribute {key}: import OfflineVerify.props in its project");

    private static bool TryGet(Assembly assembly, string key, [NotNullWhen(true)] out string? value)
    {
        value = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == key)?.Value;
        return value is not null;
    }
}
