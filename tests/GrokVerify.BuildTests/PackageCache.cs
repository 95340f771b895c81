namespace GrokVerify.BuildTests;

/// <summary>The NuGet packages that the natives come from, where restore puts them.</summary>
internal static class PackageCache
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string LibTorchSharp { get; } = Path.Combine(Folder, "torchsharp", "0.107.0", "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    public static string LibTorchFolder { get; } = Path.Combine(Folder, "libtorch-cpu-linux-x64", "2.10.0", "runtimes", "linux-x64", "native");
}
