using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LibTorchRelax;

namespace GrokVerify.BuildTests.Building;

/// <summary>A program with UsesLibTorch=true, built from a clean copy.</summary>
[TestFixture]
[Category("Build")]
[Platform("Linux")]
[NonParallelizable]
public sealed class LibTorchBuildTests
{
    private const int Minute = 60_000;
    private static readonly string[] LargeLibraries = ["libtorch_cpu.so", "libtorch.so", "libc10.so"];
    private readonly ThrowAwayRepository _repository = SharedClone.Repository;

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Runs_a_tensor_operation(CancellationToken token)
    {
        ProcessOutput run = await Dotnet.ExecuteAsync(Path.Combine(_repository.Output, "app"), [], token);

        run.Lines.Should().Equal("sum of squares 14");
    }

    [Test]
    public void Says_in_one_line_what_became_of_the_native_library() =>
        SharedClone.FirstBuild.Lines.Where(line => line.Contains("GLIBCXX", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().StartWith("app: libLibTorchSharp.so: ");

    [Test]
    public void Takes_no_disk_space_for_libtorch()
    {
        foreach (string name in LargeLibraries)
        {
            Inode(Path.Combine(_repository.Output, name)).Should().Be(Inode(Path.Combine(PackageCache.LibTorchFolder, name)), $"{name} is a link");
        }
    }

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task Does_nothing_the_second_time_and_repairs_an_output_that_was_linked_back_to_the_package_cache(CancellationToken token)
    {
        string library = Path.Combine(_repository.Output, "libLibTorchSharp.so");
        string program = Path.Combine(_repository.Output, "app.dll");
        string cached = Hash(PackageCache.LibTorchSharp);
        (DateTime, DateTime, string) before = (File.GetLastWriteTimeUtc(library), File.GetLastWriteTimeUtc(program), Hash(library));

        ProcessOutput second = await Dotnet.RunAsync(_repository.App, "build", ["--no-restore"], token);

        second.ExitCode.Should().Be(0, second.Text);
        second.Text.Should().NotContain("GLIBCXX");
        (File.GetLastWriteTimeUtc(library), File.GetLastWriteTimeUtc(program), Hash(library)).Should().Be(before);

        File.Delete(library);
        File.CreateSymbolicLink(library, PackageCache.LibTorchSharp);
        ProcessOutput third = await Dotnet.RunAsync(_repository.App, "build", ["--no-restore"], token);

        third.ExitCode.Should().Be(0, third.Text);
        Hash(library).Should().Be(before.Item3);
        Hash(PackageCache.LibTorchSharp).Should().Be(cached, "the package cache is only read");
    }

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task Publishes_a_folder_that_runs_without_dotnet(CancellationToken token)
    {
        string folder = Path.Combine(_repository.Root, "published");
        string cached = Hash(PackageCache.LibTorchSharp);

        ProcessOutput publish = await Dotnet.RunAsync(_repository.App, "publish", ["-r", "linux-x64", "--self-contained", "-o", folder, "-p:RelaxGlibcxx=always"], token);
        publish.ExitCode.Should().Be(0, publish.Text);
        ProcessOutput run = await Dotnet.ExecuteAsync(Path.Combine(folder, "app"), [], token);

        File.Exists(Path.Combine(folder, "libcoreclr.so")).Should().BeTrue();
        SymbolVersions.NeededBy(new ElfImage(await File.ReadAllBytesAsync(Path.Combine(folder, "libLibTorchSharp.so"), token)))
            .Where(need => need.IsWeak).Select(need => need.Version).Should().Equal("GLIBCXX_3.4.32");
        run.Lines.Should().Equal("sum of squares 14");
        Hash(PackageCache.LibTorchSharp).Should().Be(cached, "the package cache is only read");
    }

    [TestCase("TorchBackend=foo", "error GROKV0002: TorchBackend=foo is unknown: give cpu or cuda")]
    [TestCase("LibTorchPath=/usr", "error GROKV0003: LibTorchPath=/usr holds no libtorch_cpu.so")]
    [TestCase("RelaxGlibcxx=perhaps", "error GROKV0004: RelaxGlibcxx=perhaps is unknown")]
    [CancelAfter(2 * Minute)]
    public async Task Stops_with_a_coded_error_at_a_property_it_cannot_use(string property, string error, CancellationToken token)
    {
        ProcessOutput build = await Dotnet.RunAsync(_repository.App, "build", ["--no-restore", $"-p:{property}"], token);

        build.ExitCode.Should().NotBe(0);
        build.Text.Should().Contain(error);
    }

    /// <summary>What is built for other systems cannot be run here; which files it would take can be asked.</summary>
    [TestCase("win-x64", "cpu", "", ".dll", "libtorch-cpu-win-x64")]
    [TestCase("osx-arm64", "cpu", "lib", ".dylib", "libtorch-cpu-osx-arm64")]
    [TestCase("linux-x64", "cpu", "lib", ".so", "libtorch-cpu-linux-x64")]
    [TestCase("win-x64", "cuda", "", ".dll", "TorchSharp-cuda-windows")]
    [TestCase("linux-x64", "cuda", "lib", ".so", "TorchSharp-cuda-linux")]
    [CancelAfter(2 * Minute)]
    public async Task Takes_each_systems_own_libraries(string system, string backend, string prefix, string suffix, string package, CancellationToken token)
    {
        ProcessOutput asked = await Dotnet.RunAsync(
            _repository.App, "build", ["-getProperty:LibTorchPrefix", "-getProperty:LibTorchSuffix", "-getItem:PackageReference", $"-p:RuntimeIdentifier={system}", $"-p:TorchBackend={backend}"], token);

        JsonNode answer = JsonNode.Parse(asked.Text)!;
        answer["Properties"]!["LibTorchPrefix"]!.GetValue<string>().Should().Be(prefix);
        answer["Properties"]!["LibTorchSuffix"]!.GetValue<string>().Should().Be(suffix);
        answer["Items"]!["PackageReference"]!.AsArray().Select(item => item!["Identity"]!.GetValue<string>()).Where(name => name.Contains("torch", StringComparison.OrdinalIgnoreCase)).Should().Equal(package);
    }

    /// <summary>A package is signed by the hash of its archive; the archive beside the files says what they were.</summary>
    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Leaves_the_package_cache_as_it_was_downloaded(CancellationToken token)
    {
        string package = Path.Combine(PackageCache.Folder, "torchsharp", "0.107.0", "torchsharp.0.107.0.nupkg");
        await using ZipArchive archive = await ZipFile.OpenReadAsync(package, token);
        await using Stream original = await archive.GetEntry("runtimes/linux-x64/native/libLibTorchSharp.so")!.OpenAsync(token);

        Hash(PackageCache.LibTorchSharp).Should().Be(Convert.ToHexString(await SHA256.HashDataAsync(original, token)));
    }

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    // Device and inode of the file that a path leads to: the same for two paths only when no byte is stored twice.
    private static string Inode(string path)
    {
        using System.Diagnostics.Process stat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("stat", ["-L", "-c", "%d:%i", path]) { RedirectStandardOutput = true })!;
        string inode = stat.StandardOutput.ReadToEnd().Trim();
        stat.WaitForExit();
        return inode.Length > 0 ? inode : throw new FileNotFoundException($"{path} is not there");
    }
}
