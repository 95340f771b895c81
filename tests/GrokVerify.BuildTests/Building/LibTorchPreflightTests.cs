namespace GrokVerify.BuildTests.Building;

/// <summary>A program whose libtorch is broken in one way or another: it says so in one line and ends, before TorchSharp says more.</summary>
[TestFixture]
[Category("Build")]
[Platform("Linux")]
[NonParallelizable]
public sealed class LibTorchPreflightTests
{
    private const int Minute = 60_000;
    private readonly ThrowAwayRepository _repository = SharedClone.Repository;
    private readonly string _program;
    private readonly string _libraries;

    public LibTorchPreflightTests()
    {
        _program = Path.Combine(_repository.Root, "program");
        _libraries = Path.Combine(_repository.Root, "libraries");
    }

    [OneTimeSetUp]
    public async Task Build()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        ProcessOutput publish = await Dotnet.RunAsync(_repository.App, "publish", ["-o", _program, $"-p:LibTorchPath={PackageCache.LibTorchFolder}"], limit.Token);
        publish.ExitCode.Should().Be(0, publish.Text);
    }

    [SetUp]
    public void LinkWholeLibraries()
    {
        Directory.CreateDirectory(_libraries);
        foreach (string file in Directory.GetFiles(PackageCache.LibTorchFolder))
        {
            File.CreateSymbolicLink(Path.Combine(_libraries, Path.GetFileName(file)), file);
        }
    }

    [TearDown]
    public void DeleteLibraries() => Directory.Delete(_libraries, recursive: true);

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Runs_with_the_libtorch_of_a_folder_and_carries_none_itself(CancellationToken token)
    {
        ProcessOutput run = await RunAsync(token);

        run.Lines.Should().Equal("sum of squares 14");
        File.Exists(Path.Combine(_program, "libtorch_cpu.so")).Should().BeFalse();
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public Task Names_a_missing_library(CancellationToken token)
    {
        File.Delete(Path.Combine(_libraries, "libtorch_cpu.so"));
        return ExpectAsync("*libtorch_cpu.so is missing: give the lib folder of a PyTorch installation", token);
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public Task Names_a_library_that_another_one_needs(CancellationToken token)
    {
        File.Delete(Path.Combine(_libraries, "libgomp-98b21ff3.so.1"));
        return ExpectAsync("*libtorch_cpu.so needs libgomp-98b21ff3.so.1, which is missing*", token);
    }

    [TestCase(100_000, "*libc10.so is truncated: it has 100000 of at least *")]
    [TestCase(100, "*libc10.so is truncated: it has 100 of at least *")]
    [TestCase(0, "*libc10.so is damaged or made for another system than linux-x64*")]
    [CancelAfter(2 * Minute)]
    public Task Names_a_truncated_library(int length, string message, CancellationToken token)
    {
        Replace("libc10.so", "libc10.so", bytes => bytes[..length]);
        return ExpectAsync(message, token);
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public Task Names_a_library_of_another_processor(CancellationToken token)
    {
        const int machine = 18;
        const byte arm64 = 0xb7;
        Replace("libc10.so", "libc10.so", bytes => [.. bytes[..machine], arm64, .. bytes[(machine + 1)..]]);
        return ExpectAsync("*libc10.so is damaged or made for another system than linux-x64*", token);
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public Task Says_when_libtorch_is_another_version(CancellationToken token)
    {
        // A library of the right kind without the symbols that TorchSharp needs.
        Replace("libtorch_cpu.so", "libtorch.so", bytes => bytes);
        return ExpectAsync("*needs the symbol *, which the libtorch that was loaded does not have: use libtorch 2.10*", token);
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Says_when_the_folder_does_not_exist(CancellationToken token)
    {
        ProcessOutput run = await Dotnet.ExecuteAsync(Path.Combine(_program, "app.dll"), ["/no/such/folder"], token);

        run.Lines.Should().Equal("GROKV0001: the libtorch folder /no/such/folder does not exist: give the lib folder of a PyTorch");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Refuses_a_second_libtorch(CancellationToken token)
    {
        string own = Path.Combine(_program, "libtorch_cpu.so");
        File.CreateSymbolicLink(own, Path.Combine(PackageCache.LibTorchFolder, "libtorch_cpu.so"));
        try
        {
            await ExpectAsync("*but the program has one of its own*", token);
        }
        finally
        {
            File.Delete(own);
        }
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Names_a_symbol_version_that_the_system_lacks(CancellationToken token)
    {
        string system = LibTorchRelax.SystemLibrary.Find("libstdc++.so.6")!;
        Assume.That(
            LibTorchRelax.SymbolVersions.DefinedBy(new LibTorchRelax.ElfImage(await File.ReadAllBytesAsync(system, token))),
            Does.Not.Contain("GLIBCXX_3.4.32"),
            "this system's libstdc++ has the version");
        string adapted = Path.Combine(_program, "libLibTorchSharp.so");
        byte[] kept = await File.ReadAllBytesAsync(adapted, token);
        File.Delete(adapted);
        File.Copy(PackageCache.LibTorchSharp, adapted);
        try
        {
            await ExpectAsync("*libLibTorchSharp.so needs GLIBCXX_3.4.32, which this system's libstdc++.so.6 does not have*", token);
        }
        finally
        {
            File.Delete(adapted);
            await File.WriteAllBytesAsync(adapted, kept, token);
        }
    }

    private Task<ProcessOutput> RunAsync(CancellationToken token) =>
        Dotnet.ExecuteAsync(Path.Combine(_program, "app.dll"), [_libraries], token);

    private async Task ExpectAsync(string message, CancellationToken token)
    {
        ProcessOutput run = await RunAsync(token);
        run.Lines.Should().ContainSingle(run.Text).Which.Should().StartWith("GROKV0001: ").And.Match(message);
        run.ExitCode.Should().Be(2);
    }

    private void Replace(string name, string original, Func<byte[], byte[]> change)
    {
        string path = Path.Combine(_libraries, name);
        File.Delete(path);
        File.WriteAllBytes(path, change(File.ReadAllBytes(Path.Combine(PackageCache.LibTorchFolder, original))));
    }
}
