using VerifyTests;

namespace VerifyNUnit;

/// <content>Where a project keeps its snapshots; set before the first verification.</content>
public static partial class Verifier
{
    public static void DerivePathInfo(DerivePathInfo derivePathInfo)
    {
        VerifierSettings.Shared.ThrowIfVerifyHasBeenRun();
        VerifierSettings.Shared.DerivePathInfo = derivePathInfo;
    }

    public static void UseProjectRelativeDirectory(string directory) =>
        DerivePathInfo((_, project, type, method) => new PathInfo(Path.Combine(project, directory), RunningTest.NameWithParent(type), method.Name));

    public static void UseSourceFileRelativeDirectory(string directory) =>
        DerivePathInfo((source, _, type, method) =>
            new PathInfo(Path.Combine(Path.GetDirectoryName(source)!, directory), RunningTest.NameWithParent(type), method.Name));
}
