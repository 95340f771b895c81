namespace GrokVerify.BuildTests.Building;

/// <summary>dotnet build GrokVerify.sln -t:Reproduce with the real program, on a network that trains in seconds.</summary>
[TestFixture]
[Category("Build")]
[Platform("Linux")]
[NonParallelizable]
public sealed class ReproduceTargetTests
{
    private const int Minute = 60_000;
    private static readonly string[] Short = ["-t:Reproduce", "-p:ReproduceOptions=--p 31 --epochs 200"];
    private readonly ThrowAwayRepository _repository = SharedClone.Repository;
    private ProcessOutput _first = new(-1, "");
    private string _log = "";

    [OneTimeSetUp]
    public async Task Reproduce()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        _repository.Copy("tools/GrokVerify.Cli");
        _repository.Copy("golden");
        _repository.AddSolution("GrokVerify.Training", "GrokVerify.Exact", "GrokVerify.Exact.Gpu", "GrokVerify", "LibTorchRelax", "GrokVerify.Cli");
        _log = Path.Combine(_repository.Root, "first.binlog");
        _first = await Dotnet.RunAsync(_repository.Root, "build", ["GrokVerify.sln", .. Short, $"-bl:{_log}"], limit.Token);
        _first.ExitCode.Should().Be(0, _first.Text);
    }

    [Test]
    public void The_first_call_says_what_it_reads_and_writes_and_trains_a_network()
    {
        _first.Lines.Should().Contain($"Reproduce: in: src, tools/GrokVerify.Cli, configuration {Dotnet.Configuration}, device cpu, stored runs in artifacts/runs");
        _first.Lines.Should().ContainInConsecutiveOrder("Reproduce: out: artifacts/reproduce").And.Contain("Reproduce: done, see artifacts/reproduce");
        _first.Text.Should().Contain("epoch 200");
        File.Exists(Path.Combine(_repository.Root, "artifacts", "reproduce", "report.html")).Should().BeTrue();
        Directory.GetDirectories(Path.Combine(_repository.Root, "artifacts", "runs")).Should().ContainSingle();
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task The_second_call_trains_nothing_and_says_so(CancellationToken token)
    {
        (string, DateTime)[] before = _repository.Files("artifacts");

        ProcessOutput second = await Dotnet.RunAsync(_repository.Root, "build", ["GrokVerify.sln", .. Short], token);

        second.ExitCode.Should().Be(0, second.Text);
        second.Lines.Should().ContainSingle(line => line.StartsWith("Reproduce: nothing changed since ", StringComparison.Ordinal));
        second.Text.Should().NotContain("Reproduce: in:").And.NotContain("epoch");
        _repository.Files("artifacts").Should().Equal(before, "not even a time stamp changed");
    }

    [Test]
    public void No_target_of_the_solution_and_no_compilation_runs_twice()
    {
        BuildLog log = new(_log, _repository.Root);

        log.Executed("GrokVerify.sln", "Reproduce", "CheckReproduce", "RunReproduce", "BuildCommandLine").Should().OnlyContain(target => target.Times == 1).And.HaveCount(4);
        log.Executed("GrokVerify.Cli.csproj", "CoreCompile").Should().Equal(("CoreCompile", 1));
        log.Twice.Should().BeEmpty();
    }
}
