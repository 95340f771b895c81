using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using OfflineVerify.Engine;
using OfflineVerify.Naming;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>Compares what a test computes with a file that a person has accepted. To be called inside a test method, and awaited.</summary>
public static partial class Verifier
{
    [Pure]
    public static SettingsTask Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        OfText(() => Task.FromResult(target), null, settings, sourceFile);

    [Pure]
    public static SettingsTask Verify(string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        OfText(() => Task.FromResult(target), extension, settings, sourceFile);

    [Pure]
    public static SettingsTask Verify(Task<string> target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        OfText(async () => await target, null, settings, sourceFile);

    [Pure]
    public static SettingsTask Verify(Task<string> target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        OfText(async () => await target, extension, settings, sourceFile);

    /// <summary>Verifies bytes; null verifies that there is nothing.</summary>
    [Pure]
    public static SettingsTask Verify(
        byte[]? target, string extension, VerifySettings? settings = null, AbsentInfo? info = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target is null ? null : new MemoryStream(target), extension, settings, info, sourceFile);

    /// <summary>Verifies a stream and disposes of it; null verifies that there is nothing.</summary>
    [Pure]
    public static SettingsTask Verify(
        Stream? target, string extension, VerifySettings? settings = null, AbsentInfo? info = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => target is null ? [] : [new Target(extension, target)]);

    [Pure]
    public static SettingsTask Verify(Target target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => [target]);

    [Pure]
    public static SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => [.. targets]);

    [Pure]
    public static SettingsTask VerifyFile(
        string path, VerifySettings? settings = null, AbsentInfo? info = null, string? extension = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => [new Target(extension ?? Path.GetExtension(path).TrimStart('.'), File.OpenRead(path))]);

    private static SettingsTask OfText(Func<Task<string?>> text, string? extension, VerifySettings? settings, string sourceFile) =>
        new(settings, async current =>
        {
            string? value = await text();
            return extension is null
                ? await Run(current, sourceFile, [new Target("txt", ReceivedText.OfBareString(value))], value)
                : await Run(current, sourceFile, [new Target(extension, value ?? "null")], null);
        });

    private static SettingsTask Start(VerifySettings? settings, string sourceFile, Func<IReadOnlyList<Target>> targets) =>
        new(settings, async current => await Run(current, sourceFile, targets(), null));

    private static Task<VerifyResult> Run(VerifySettings settings, string sourceFile, IReadOnlyList<Target> targets, string? root)
    {
        SnapshotIdentity test = RunningTest.Identify(sourceFile, settings);
        return SnapshotEngine.Run(test, settings, targets, root, path => TestContext.AddTestAttachment(path));
    }
}
