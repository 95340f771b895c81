using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>The command line as a tool: installed from the feed, without a checkout and without libtorch.</summary>
[TestFixture]
[Category("Build")]
[NonParallelizable]
public sealed class ToolTests
{
    private const int Minute = 60_000;

    private static readonly string[] TinyTraining =
        ["train", "--p", "7", "--fraction", "0.6", "--d-model", "16", "--heads", "2", "--d-mlp", "32", "--log-every", "10", "--checkpoint-every", "50", "--epochs", "50", "--out", "runs"];

    private readonly ConsumerRepository _repository = ConsumerRepository.ToBeSpoiled();

    private string Program => _repository.In(OperatingSystem.IsWindows() ? "tools/grokverify.exe" : "tools/grokverify");

    [OneTimeSetUp]
    public async Task Install()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        ProcessOutput install = await Dotnet.CommandAsync(
            _repository.Root, ["tool", "install", "GrokVerify.Tool", "--tool-path", "tools", "--add-source", PackedFeed.Folder, "--version", PackedFeed.Version], limit.Token, PackedFeed.Variables);
        install.ExitCode.Should().Be(0, install.Text);
    }

    [OneTimeTearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Tells_its_verbs(CancellationToken token)
    {
        ProcessOutput help = await RunAsync(["--help"], token);

        help.ExitCode.Should().Be(0, help.Text);
        help.Text.Should().Contain("grokverify [command] [options]").And.Contain("expect <FILE>").And.Contain("reproduce ");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Records_what_holds_and_checks_it(CancellationToken token)
    {
        ProcessOutput expect = await RunAsync(["expect", ConsumerRepository.Network], token);
        expect.ExitCode.Should().Be(0, expect.Text);

        (await RunAsync(["check", ConsumerRepository.Network, "--expect", "claims.json"], token)).ExitCode.Should().Be(0);
        _repository.Use("mainline-memorized");
        ProcessOutput changed = await RunAsync(["check", ConsumerRepository.Network, "--expect", "claims.json"], token);
        _repository.Use("mainline-grokked");
        changed.ExitCode.Should().Be(1);
        changed.Lines.Should().Contain(line => line.StartsWith($"{ConsumerRepository.Network}: logits-as-cosines: does not hold: "));
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Trains_with_the_exact_engine(CancellationToken token)
    {
        ProcessOutput train = await RunAsync(TinyTraining, token);

        train.ExitCode.Should().Be(0, train.Text);
        train.Text.Should().Contain("trained: epoch 50");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Says_in_one_line_what_the_engine_torch_needs(CancellationToken token)
    {
        ProcessOutput train = await RunAsync([.. TinyTraining, "--engine", "torch"], token);

        train.ExitCode.Should().Be(1);
        train.Lines.Should().ContainSingle(line => line.Contains("GROKV0001", StringComparison.Ordinal))
            .Which.Should().Contain("several layers and the engine torch need libtorch; name the lib folder of a PyTorch in GROKVERIFY_LIBTORCH");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    [Platform("Linux", Reason = "takes the libtorch that was restored for Linux")]
    public async Task Trains_and_checks_two_layers_where_a_libtorch_is_named_and_asks_for_one_elsewhere(CancellationToken token)
    {
        ProcessOutput train = await RunAsync([.. TinyTraining, "--layers", "2"], token, ("GROKVERIFY_LIBTORCH", PackageCache.LibTorchFolder));
        train.ExitCode.Should().Be(0, train.Text);
        string network = Directory.GetFiles(_repository.In("runs"), "epoch-00000050.safetensors", SearchOption.AllDirectories).Single(file => file.Contains("layers2", StringComparison.Ordinal));

        (await RunAsync(["check", network], token, ("GROKVERIFY_LIBTORCH", PackageCache.LibTorchFolder))).ExitCode.Should().Be(0);
        ProcessOutput without = await RunAsync(["check", network], token);
        without.ExitCode.Should().Be(1);
        without.Lines.Should().ContainSingle().Which.Should().StartWith("GROKV0001: ").And.Contain("name the lib folder of a PyTorch in GROKVERIFY_LIBTORCH");
    }

    private Task<ProcessOutput> RunAsync(string[] arguments, CancellationToken token, params (string Name, string Value)[] variables) =>
        Dotnet.ExecuteAsync(_repository.Root, Program, arguments, token, variables);
}
