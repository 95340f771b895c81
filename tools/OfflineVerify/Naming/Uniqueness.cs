using System.Reflection;
using System.Runtime.InteropServices;

namespace OfflineVerify.Naming;

/// <summary>Which properties of the process become part of a file name, for results that differ with them.</summary>
internal sealed class Uniqueness
{
    public Uniqueness()
    {
    }

    public Uniqueness(Uniqueness other)
    {
        AssemblyConfiguration = other.AssemblyConfiguration;
        Architecture = other.Architecture;
        OSPlatform = other.OSPlatform;
        RuntimeAndVersion = other.RuntimeAndVersion;
    }

    public static string RuntimeSuffix => FormattableString.Invariant($".DotNet{Environment.Version.Major}_{Environment.Version.Minor}");

    public bool AssemblyConfiguration { get; set; }

    public bool Architecture { get; set; }

    public bool OSPlatform { get; set; }

    public bool RuntimeAndVersion { get; set; }

    /// <summary>The suffix of received and verified names, without the runtime: configuration, architecture, system, in this order.</summary>
    public static string Suffix(Uniqueness one, Uniqueness all, Assembly testAssembly)
    {
        string suffix = "";
        if (one.AssemblyConfiguration || all.AssemblyConfiguration)
        {
            string? configuration = testAssembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration;
            suffix += "." + (configuration ?? throw new InvalidOperationException(
                "UniqueForAssemblyConfiguration used but no `AssemblyConfigurationAttribute` found."));
        }

        if (one.Architecture || all.Architecture)
        {
            suffix += "." + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        }

        if (one.OSPlatform || all.OSPlatform)
        {
            suffix += OperatingSystem.IsWindows() ? ".Windows" : OperatingSystem.IsMacOS() ? ".OSX" : ".Linux";
        }

        return suffix;
    }
}
