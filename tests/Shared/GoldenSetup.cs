using System.Runtime.CompilerServices;
using DiffEngine;

namespace GrokVerify.Golden;

/// <summary>The one place where snapshots are wired: folder, encoding, comparer, acceptance.</summary>
internal static class GoldenSetup
{
    [ModuleInitializer]
    public static void Initialize()
    {
        // A diff tool would open windows, and an empty verified file beside each new one. Accepting is a command: golden/README.md.
        DiffRunner.Disabled = true;
        VerifierSettings.UseUtf8NoBom();
        VerifierSettings.RegisterStringComparer("csv", NumericCsvComparer.Compare);
        VerifierSettings.OnVerifyMismatch((files, _, _) =>
            files.Extension == "csv" ? DifferenceAttachment.Attach(files.ReceivedPath, files.VerifiedPath) : Task.CompletedTask);
        DerivePathInfo((_, _, type, method) =>
            new PathInfo(Path.Combine(GoldenFolder.OfThisRepository.Path, GoldenFolder.NameOf(type)), typeName: "", methodName: method.Name));
        if (IsAcceptanceAsked(Environment.GetEnvironmentVariable))
        {
            VerifierSettings.AutoVerify(
                (_, _, file) => file.StartsWith(GoldenFolder.OfThisRepository.Path, StringComparison.Ordinal), includeBuildServer: false);
        }
    }

    /// <summary>GROKVERIFY_ACCEPT=1 accepts whatever the tests produce, but never on a server: there nobody looks at what changed.</summary>
    public static bool IsAcceptanceAsked(Func<string, string?> environment) =>
        environment("GROKVERIFY_ACCEPT") == "1" && string.IsNullOrEmpty(environment("CI"));
}
