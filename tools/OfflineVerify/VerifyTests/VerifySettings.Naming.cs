using OfflineVerify.Naming;

namespace VerifyTests;

/// <content>What decides the names of the files.</content>
public partial class VerifySettings
{
    public void UseDirectory(string directory)
    {
        FileNameCharacters.ThrowIfBadDirectory(directory);
        Naming.Directory = directory;
    }

    public void UseFileName(string fileName)
    {
        FileNameCharacters.ThrowIfBadFileName(fileName);
        ThrowIf(Naming.TypeName is not null || Naming.MethodName is not null, nameof(UseFileName), $"{nameof(UseMethodName)} or {nameof(UseTypeName)}");
        Naming.FileName = fileName;
    }

    public void UseTypeName(string name)
    {
        FileNameCharacters.ThrowIfBadFileName(name);
        ThrowIfFileNamed(nameof(UseTypeName));
        Naming.TypeName = name;
    }

    public void UseMethodName(string name)
    {
        FileNameCharacters.ThrowIfBadFileName(name);
        ThrowIfFileNamed(nameof(UseMethodName));
        Naming.MethodName = name;
    }

    public void UseParameters(params object?[] parameters)
    {
        ThrowIfFileNamed(nameof(UseParameters));
        ThrowIf(Naming.ParametersText is not null, nameof(UseParameters), nameof(UseTextForParameters));
        Naming.Parameters = parameters;
    }

    public void UseTextForParameters(string parametersText)
    {
        FileNameCharacters.ThrowIfBadExtension(parametersText);
        ThrowIf(Naming.Parameters is not null, nameof(UseTextForParameters), nameof(UseParameters));
        Naming.ParametersText = parametersText;
    }

    /// <summary>Leaves parameters out of the verified file's name; all of them where none is named.</summary>
    public void IgnoreParameters(params string[] parameterNames) => Naming.IgnoredParameters = parameterNames.ToHashSet();

    /// <summary>Leaves all parameters out of the verified file's name, so that several cases share one.</summary>
    public void IgnoreParametersForVerified(params object?[] parameters)
    {
        if (parameters.Length > 0)
        {
            UseParameters(parameters);
        }

        Naming.IgnoreParametersForVerified = true;
    }

    public void UseUniqueDirectory() => Naming.UniqueDirectory = true;

    public void DisableRequireUniquePrefix() => Naming.UniquePrefixDisabled = true;

    public void UniqueForAssemblyConfiguration() => Naming.Uniqueness.AssemblyConfiguration = true;

    public void UniqueForArchitecture() => Naming.Uniqueness.Architecture = true;

    public void UniqueForOSPlatform() => Naming.Uniqueness.OSPlatform = true;

    public void UniqueForRuntimeAndVersion() => Naming.Uniqueness.RuntimeAndVersion = true;

    private void ThrowIfFileNamed(string caller) => ThrowIf(Naming.FileName is not null, caller, nameof(UseFileName));

    private static void ThrowIf(bool clashes, string caller, string other)
    {
        if (clashes)
        {
            throw new InvalidOperationException($"{caller} is not compatible with {other}.");
        }
    }
}
