namespace GrokVerify.Tests.Networks;

/// <summary>The files that a real PyTorch wrote: Networks/Files, with how they were made.</summary>
internal static class TorchFiles
{
    public static string Folder { get; } = Path.Combine(ReferenceData.RepositoryRoot(), "tests", "GrokVerify.Tests", "Networks", "Files");

    public static string Of(string name) => Path.Combine(Folder, name);
}
