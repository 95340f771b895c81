using System.Diagnostics.Contracts;

namespace VerifyTests;

/// <content>The settings of a verification, chained.</content>
public partial class SettingsTask
{
    [Pure]
    public SettingsTask AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        With(settings => settings.AutoVerify(includeBuildServer, throwException));

    [Pure]
    public SettingsTask AutoVerify(AutoVerify autoVerify, bool includeBuildServer = true, bool throwException = false) =>
        With(settings => settings.AutoVerify(autoVerify, includeBuildServer, throwException));

    [Pure]
    public SettingsTask DisableDiff() => With(settings => settings.DisableDiff());

    [Pure]
    public SettingsTask OnFirstVerify(FirstVerify firstVerify) => With(settings => settings.OnFirstVerify(firstVerify));

    [Pure]
    public SettingsTask OnVerifyMismatch(VerifyMismatch verifyMismatch) => With(settings => settings.OnVerifyMismatch(verifyMismatch));

    [Pure]
    public SettingsTask OnDelete(VerifyDelete verifyDelete) => With(settings => settings.OnDelete(verifyDelete));

    [Pure]
    public SettingsTask OnVerify(Action before, Action after) => With(settings => settings.OnVerify(before, after));

    [Pure]
    public SettingsTask UseStringComparer(StringCompare compare, params ReadOnlySpan<string> extensions)
    {
        CurrentSettings.UseStringComparer(compare, extensions);
        return this;
    }

    [Pure]
    public SettingsTask UseStreamComparer(StreamCompare compare, params ReadOnlySpan<string> extensions)
    {
        CurrentSettings.UseStreamComparer(compare, extensions);
        return this;
    }

    [Pure]
    public SettingsTask UseDirectory(string directory) => With(settings => settings.UseDirectory(directory));

    [Pure]
    public SettingsTask UseFileName(string fileName) => With(settings => settings.UseFileName(fileName));

    [Pure]
    public SettingsTask UseTypeName(string name) => With(settings => settings.UseTypeName(name));

    [Pure]
    public SettingsTask UseMethodName(string name) => With(settings => settings.UseMethodName(name));

    [Pure]
    public SettingsTask UseParameters(params object?[] parameters) => With(settings => settings.UseParameters(parameters));

    [Pure]
    public SettingsTask UseTextForParameters(string parametersText) => With(settings => settings.UseTextForParameters(parametersText));

    [Pure]
    public SettingsTask IgnoreParameters(params string[] parameterNames) => With(settings => settings.IgnoreParameters(parameterNames));

    [Pure]
    public SettingsTask IgnoreParametersForVerified(params object?[] parameters) =>
        With(settings => settings.IgnoreParametersForVerified(parameters));

    [Pure]
    public SettingsTask UseUniqueDirectory() => With(settings => settings.UseUniqueDirectory());

    [Pure]
    public SettingsTask DisableRequireUniquePrefix() => With(settings => settings.DisableRequireUniquePrefix());

    [Pure]
    public SettingsTask UniqueForAssemblyConfiguration() => With(settings => settings.UniqueForAssemblyConfiguration());

    [Pure]
    public SettingsTask UniqueForArchitecture() => With(settings => settings.UniqueForArchitecture());

    [Pure]
    public SettingsTask UniqueForOSPlatform() => With(settings => settings.UniqueForOSPlatform());

    [Pure]
    public SettingsTask UniqueForRuntimeAndVersion() => With(settings => settings.UniqueForRuntimeAndVersion());

    private SettingsTask With(Action<VerifySettings> change)
    {
        change(CurrentSettings);
        return this;
    }
}
