using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>Base class of fixtures whose verifications share settings.</summary>
[TestFixture]
public abstract class VerifyBase
{
    private readonly VerifySettings? _settings;
    private readonly string _sourceFile;

    protected VerifyBase(VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        if (string.IsNullOrWhiteSpace(sourceFile))
        {
            throw new InvalidOperationException("VerifyBase.ctor must be called explicitly.");
        }

        _settings = settings;
        _sourceFile = sourceFile;
    }

    [Pure]
    public SettingsTask Verify(string? target, VerifySettings? settings = null) =>
        Verifier.Verify(target, settings ?? _settings, _sourceFile);

    [Pure]
    public SettingsTask Verify(string? target, string extension, VerifySettings? settings = null) =>
        Verifier.Verify(target, extension, settings ?? _settings, _sourceFile);

    [Pure]
    public SettingsTask Verify(Task<string> target, string extension, VerifySettings? settings = null) =>
        Verifier.Verify(target, extension, settings ?? _settings, _sourceFile);

    [Pure]
    public SettingsTask Verify(byte[]? target, string extension, VerifySettings? settings = null) =>
        Verifier.Verify(target, extension, settings ?? _settings, null, _sourceFile);

    [Pure]
    public SettingsTask Verify(Stream? target, string extension, VerifySettings? settings = null) =>
        Verifier.Verify(target, extension, settings ?? _settings, null, _sourceFile);

    [Pure]
    public SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null) =>
        Verifier.Verify(targets, settings ?? _settings, _sourceFile);
}
