using System.Security.Cryptography;
using GrokVerify.Golden;

namespace GrokVerify.Tests.External;

/// <summary>
/// Networks that others trained, none of them part of the repository: those under shared/reference/published beside it, and those in the
/// folder that GROKVERIFY_MODELS names. Each goes by the first 12 digits of its file's SHA-256.
/// </summary>
internal static class ExternalModels
{
    private const int Digits = 12;
    private const string GoldenName = $"{nameof(ExternalModelGolden)}/{nameof(ExternalModelGolden.Claims)}_model=";
    private const string FolderVariable = "GROKVERIFY_MODELS";
    private static readonly string[] Endings = [".pth", ".pt", ".bin", ".safetensors"];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Paths = new(() => Folders()
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
        .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
        .DistinctBy(Name)
        .ToDictionary(Name));

    /// <summary>A test case for each, and an ignored one for each that golden files know and that is not here.</summary>
    public static IEnumerable<TestCaseData> Cases
    {
        get
        {
            TestCaseData[] cases =
            [
                .. Paths.Value.Keys.Select(name => new TestCaseData(name)),
                .. Known.Except(Paths.Value.Keys).Select(name => new TestCaseData(name).Ignore($"{ReferenceData.AbsentReason}, and {FolderVariable} names no folder that has this network")),
                .. NamedFolder is { } named && !Directory.Exists(named) ? [new TestCaseData(FolderVariable)] : (TestCaseData[])[],
            ];
            return cases;
        }
    }

    private static IEnumerable<string> Known => GoldenFolder.OfThisRepository.Files
        .Where(file => file.StartsWith(GoldenName, StringComparison.Ordinal)).Select(file => file[GoldenName.Length..(GoldenName.Length + Digits)]);

    private static string? NamedFolder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    /// <exception cref="DirectoryNotFoundException">The variable names a folder that is not there.</exception>
    public static string PathOf(string name) => name == FolderVariable
        ? throw new DirectoryNotFoundException($"{FolderVariable}={NamedFolder}: there is no such folder; correct the variable, or unset it")
        : Paths.Value[name];

    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(ReferenceData.Folder, "published");
        if (NamedFolder is { } folder)
        {
            yield return folder;
        }
    }

    private static string Name(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream))[..Digits];
    }
}
