using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using System.Text;
using EmptyFiles;
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
        Start(settings, sourceFile, async () => target is null ? [] : [await TargetOf(target, extension)]);

    [Pure]
    public static SettingsTask Verify(Target target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => Task.FromResult<IReadOnlyList<Target>>([target]));

    [Pure]
    public static SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, () => Task.FromResult<IReadOnlyList<Target>>([.. targets]));

    [Pure]
    public static SettingsTask VerifyFile(
        string path, VerifySettings? settings = null, AbsentInfo? info = null, string? extension = null, [CallerFilePath] string sourceFile = "") =>
        Start(settings, sourceFile, async () => [await TargetOf(File.OpenRead(path), extension ?? Path.GetExtension(path).TrimStart('.'))]);

    private static SettingsTask OfText(Func<Task<string?>> text, string? extension, VerifySettings? settings, string sourceFile) =>
        new(settings, async current =>
        {
            string? value = await text();
            return extension is null
                ? await Run(current, sourceFile, [new Target("txt", ReceivedText.OfBareString(value))], value)
                : await Run(current, sourceFile, [new Target(extension, value ?? "null")], null);
        });

    private static SettingsTask Start(VerifySettings? settings, string sourceFile, Func<Task<IReadOnlyList<Target>>> targets) =>
        new(settings, async current => await Run(current, sourceFile, await targets(), null));

    private static Task<VerifyResult> Run(VerifySettings settings, string sourceFile, IReadOnlyList<Target> targets, string? root)
    {
        SnapshotIdentity test = RunningTest.Identify(sourceFile, settings);
        return SnapshotEngine.Run(test, settings, targets, root, path => TestContext.AddTestAttachment(path));
    }

    private static async Task<Target> TargetOf(Stream stream, string extension)
    {
        if (!FileExtensions.IsTextExtension(extension))
        {
            return new Target(extension, stream);
        }

        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return new Target(extension, await reader.ReadToEndAsync());
    }
}
