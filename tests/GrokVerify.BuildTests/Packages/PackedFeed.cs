using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>This repository, packed once for all tests here, into a folder that is a feed.</summary>
/// <remarks>
/// Restores go to a package cache of their own and take what is not ours from the machine's, which they only read: nothing is downloaded twice, and no version of ours is ever found there.
/// </remarks>
[SetUpFixture]
public sealed class PackedFeed
{
    private static string? _root;

    /// <summary>A version that no other session and no release has.</summary>
    internal static string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    internal static string Folder => Path.Combine(Root, "feed");

    internal static string PackageCacheFolder => Path.Combine(Root, "packages");

    internal static string Library => Path.Combine(Folder, $"GrokVerify.{Version}.nupkg");

    internal static string Symbols => Path.Combine(Folder, $"GrokVerify.{Version}.snupkg");

    internal static string Tool => Path.Combine(Folder, $"GrokVerify.Tool.{Version}.nupkg");

    internal static (string Name, string Value)[] Variables => [("NUGET_PACKAGES", PackageCacheFolder), ("NUGET_FALLBACK_PACKAGES", PackageCache.Folder)];

    private static string Root => _root ?? throw new InvalidOperationException("the set-up did not run");

    [OneTimeSetUp]
    public async Task Pack()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(10));
        _root = Directory.CreateTempSubdirectory("grokverify-packages-").FullName;
        ProcessOutput pack = await Dotnet.RunAsync(ThrowAwayRepository.FindRepository(), "pack", ["GrokVerify.sln", "-p:PackageOutputPath=" + Folder, "-p:PackageVersion=" + Version], limit.Token);
        pack.ExitCode.Should().Be(0, pack.Text);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        if (_root is not null)
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}
