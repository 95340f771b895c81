using VerifyTests;

namespace OfflineVerify.Naming;

/// <summary>The files of one verification: where each target is received and verified, and which verified files already exist.</summary>
internal sealed class SnapshotFiles
{
    private readonly Func<string, string> _received;
    private readonly Func<string, string> _verified;
    private readonly bool _uniqueDirectory;

    private SnapshotFiles(
        string directory, IReadOnlyList<string> existingVerified, bool uniqueDirectory, Func<string, string> received, Func<string, string> verified)
    {
        Directory = directory;
        ExistingVerified = existingVerified;
        _uniqueDirectory = uniqueDirectory;
        _received = received;
        _verified = verified;
    }

    public string Directory { get; }

    public IReadOnlyList<string> ExistingVerified { get; }

    /// <summary>Resolves the names, claims the prefix, and removes received files that an earlier run left behind.</summary>
    public static SnapshotFiles Prepare(SnapshotIdentity test, VerifySettings settings)
    {
        NamingSettings naming = settings.Naming;
        SharedSettings shared = VerifierSettings.Shared;
        string directory = ResolveDirectory(test, naming);
        System.IO.Directory.CreateDirectory(directory);

        bool forRuntime = naming.Uniqueness.RuntimeAndVersion || shared.Uniqueness.RuntimeAndVersion;
        string unique = Uniqueness.Suffix(naming.Uniqueness, shared.Uniqueness, test.TestAssembly);
        string verifiedUnique = forRuntime ? unique + Uniqueness.RuntimeSuffix : unique;
        string receivedUnique = forRuntime || AttributeReader.TargetsSeveralFrameworks(test.TestAssembly) ? unique + Uniqueness.RuntimeSuffix : unique;

        var parameters = new ParameterText(test.ParameterNames, naming);
        string verifiedPrefix = (naming.FileName ?? TypeAndMethod(test, naming) + parameters.Verified) + verifiedUnique;
        string receivedPrefix = (naming.FileName ?? TypeAndMethod(test, naming) + parameters.Received) + receivedUnique;

        return naming.UniqueDirectory
            ? InUniqueDirectory(Path.Combine(directory, verifiedPrefix), directory)
            : InSharedDirectory(directory, receivedPrefix, verifiedPrefix, naming);
    }

    /// <param name="target">One target of the verification.</param>
    /// <param name="index">Its number among those of the same name and extension; null where it is the only one.</param>
    public FilePair For(Target target, int? index)
    {
        string number = index?.ToString("D2", System.Globalization.CultureInfo.InvariantCulture) ?? "";
        string suffix = _uniqueDirectory
            ? target.NameOrTarget + (index is null ? "" : "#" + number)
            : (target.Name, index) switch
            {
                (null, null) => "",
                (null, _) => "#" + number,
                (_, null) => "#" + target.Name,
                _ => $"#{target.Name}.{number}",
            };
        return new FilePair(
            target.Extension, $"{_received(suffix)}.received.{target.Extension}", $"{_verified(suffix)}.verified.{target.Extension}");
    }

    private static SnapshotFiles InSharedDirectory(string directory, string receivedPrefix, string verifiedPrefix, NamingSettings naming)
    {
        string received = Path.Combine(directory, receivedPrefix);
        string verified = Path.Combine(directory, verifiedPrefix);
        if (!naming.UniquePrefixDisabled && !VerifierSettings.Shared.UniquePrefixDisabled)
        {
            VerifierSettings.Shared.Prefixes.Claim(received);
        }

        foreach (string stale in Find(directory, receivedPrefix, "received").ToList())
        {
            File.Delete(stale);
        }

        return new SnapshotFiles(
            directory, [.. Find(directory, verifiedPrefix, "verified")], false, suffix => received + suffix, suffix => verified + suffix);
    }

    private static SnapshotFiles InUniqueDirectory(string folder, string directory)
    {
        System.IO.Directory.CreateDirectory(folder);
        foreach (string stale in System.IO.Directory.GetFiles(folder, "*.received.*", SearchOption.AllDirectories))
        {
            File.Delete(stale);
        }

        Func<string, string> inFolder = suffix => Path.Combine(folder, suffix);
        return new SnapshotFiles(directory, System.IO.Directory.GetFiles(folder, "*.verified.*", SearchOption.AllDirectories), true, inFolder, inFolder);
    }

    private static string ResolveDirectory(SnapshotIdentity test, NamingSettings naming)
    {
        string source = Path.GetDirectoryName(test.SourceFile)!;
        string? chosen = naming.Directory ?? test.PathInfo.Directory;
        return chosen is null ? source : Path.Combine(source, chosen);
    }

    private static string TypeAndMethod(SnapshotIdentity test, NamingSettings naming)
    {
        string type = naming.TypeName ?? test.PathInfo.TypeName ?? test.TypeName;
        string method = naming.MethodName ?? test.PathInfo.MethodName ?? test.MethodName;
        return type.Length == 0 ? method : $"{type}.{method}";
    }

    /// <summary>Files of exactly this prefix: Model.Test must not find those of Model.Test_p=5 or Model.Test2.</summary>
    private static IEnumerable<string> Find(string directory, string prefix, string kind)
    {
        foreach (string path in System.IO.Directory.EnumerateFiles(directory, $"*.{kind}.*").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(path);
            if (name.StartsWith($"{prefix}.{kind}.", StringComparison.Ordinal) || name.StartsWith($"{prefix}#", StringComparison.Ordinal))
            {
                yield return path;
            }
        }
    }
}
