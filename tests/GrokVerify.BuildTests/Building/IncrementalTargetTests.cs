namespace GrokVerify.BuildTests.Building;

/// <summary>When the solution's targets do their work again, what they hand on to the programs, and how they fail.</summary>
[TestFixture]
[Category("Build")]
[Platform("Linux")]
[NonParallelizable]
public sealed class IncrementalTargetTests
{
    private const int Minute = 60_000;
    private readonly StandIns _repository = new();

    [OneTimeSetUp]
    public async Task Restore()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        ProcessOutput restore = await Dotnet.RunAsync(_repository.Repository.Root, "build", ["GrokVerify.sln"], limit.Token);
        restore.ExitCode.Should().Be(0, restore.Text);
    }

    [SetUp]
    public void ForgetEarlierTests()
    {
        _repository.Asked();
        if (Directory.Exists(_repository.PathOf("artifacts")))
        {
            Directory.Delete(_repository.PathOf("artifacts"), recursive: true);
        }
    }

    [OneTimeTearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task Results_are_made_again_when_a_source_a_property_or_the_results_themselves_changed(CancellationToken token)
    {
        const string asked = "reproduce --out ROOT/artifacts/reproduce |";
        (await SucceedAsync(token, "-t:Reproduce")).Should().Equal(asked);
        (await SucceedAsync(token, "-t:Reproduce")).Should().BeEmpty("nothing changed");

        File.SetLastWriteTimeUtc(_repository.PathOf("src/GrokVerify/Claims/ClaimCatalog.cs"), DateTime.UtcNow);
        (await SucceedAsync(token, "-t:Reproduce")).Should().Equal([asked], "a source is newer");

        (await SucceedAsync(token, "-t:Reproduce", "-p:ReproduceOptions=--seed 1")).Should().Equal(["reproduce --out ROOT/artifacts/reproduce --seed 1 |"], "a property is another");
        (await SucceedAsync(token, "-t:Reproduce", "-p:ReproduceOptions=--seed 1", "-p:ReproduceOutput=artifacts/elsewhere")).Should().Equal("reproduce --out ROOT/artifacts/elsewhere --seed 1 |");

        File.Delete(_repository.PathOf("artifacts/elsewhere/report.html"));
        (await SucceedAsync(token, "-t:Reproduce", "-p:ReproduceOptions=--seed 1", "-p:ReproduceOutput=artifacts/elsewhere")).Should().HaveCount(1, "the result is gone");
        (await SucceedAsync(token, "-t:Reproduce", "-p:ReproduceOptions=--seed 1", "-p:ReproduceOutput=artifacts/elsewhere", "-p:Force=true")).Should().HaveCount(1, "it is asked for");
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task A_source_that_was_deleted_is_noticed(CancellationToken token)
    {
        string source = _repository.PathOf("src/GrokVerify/Added.cs");
        await File.WriteAllTextAsync(source, "", token);
        await SucceedAsync(token, "-t:Reproduce");

        File.Delete(source);

        (await SucceedAsync(token, "-t:Reproduce")).Should().HaveCount(1);
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task A_failure_has_a_code_and_leaves_nothing_that_passes_for_a_success(CancellationToken token)
    {
        await SucceedAsync(token, "-t:Reproduce");
        using (_repository.Failing("reproduce-fails"))
        {
            await FailAsync(["-t:Reproduce", "-p:Force=true"], "error GROKV0006: reproduce ended with exit code 1", token);
            await FailAsync(["-t:Reproduce"], "error GROKV0006: ", token);
        }

        File.Exists(_repository.PathOf("artifacts/reproduce/.reproduced")).Should().BeFalse();
        _repository.Asked();
        (await SucceedAsync(token, "-t:Reproduce")).Should().HaveCount(1, "what failed is tried again");
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task A_GPU_and_a_libtorch_of_ones_own_reach_the_programs(CancellationToken token)
    {
        (await SucceedAsync(token, "-t:Reproduce", "-p:TrainingDevice=cuda", "-p:TorchBackend=cuda", "-p:LibTorchPath=/opt/torch/lib")).Should()
            .Equal("reproduce --out ROOT/artifacts/reproduce --device cuda | cuda /opt/torch/lib");
        (await SucceedAsync(token, "-t:VerifyClaims", "-p:TrainingDevice=cuda", "-p:TorchBackend=cuda", "-p:LibTorchPath=/opt/torch/lib")).Should().Equal(
            "test claim tier default device cuda",
            "report --out ROOT/artifacts/report/report.html --claims artifacts/claims | cuda /opt/torch/lib");
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task Claims_are_verified_once_and_end_in_a_report(CancellationToken token)
    {
        (await SucceedAsync(token, "-t:VerifyClaims")).Should().Equal(
            "test claim tier default device cpu",
            "report --out ROOT/artifacts/report/report.html --claims artifacts/claims |");
        ProcessOutput second = await _repository.BuildAsync(token, "-t:VerifyClaims");
        second.Lines.Should().ContainSingle(line => line.StartsWith("VerifyClaims: nothing changed since ", StringComparison.Ordinal))
            .And.ContainSingle(line => line.StartsWith("Report: nothing changed since ", StringComparison.Ordinal));
        _repository.Asked().Should().BeEmpty();

        (await SucceedAsync(token, "-t:VerifyClaims", "-p:Tier=nightly"))[0].Should().Be("test claim tier nightly device cpu");
        (await File.ReadAllTextAsync(_repository.PathOf("artifacts/inputs/claims.txt"), token)).Should().Contain($"Day={DateTime.UtcNow:yyyy-MM-dd}", "fresh seeds are drawn each day");
        await FailAsync(["-t:VerifyClaims", "-p:Tier=weekly"], "error GROKV0007: Tier=weekly is unknown: give default or nightly", token);
        await FailAsync(["-t:VerifyClaims", "-p:TrainingDevice=tpu"], "error GROKV0007: TrainingDevice=tpu is unknown: give cpu or cuda", token);
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task A_claim_that_fails_is_reported_before_the_error(CancellationToken token)
    {
        using (_repository.Failing("claims-fail"))
        {
            await FailAsync(["-t:VerifyClaims"], "error GROKV0007: a claim was not verified", token);
        }

        _repository.Asked().Should().Equal("test claim tier default device cpu", "report --out ROOT/artifacts/report/report.html --claims artifacts/claims |");
        File.Exists(_repository.PathOf("artifacts/claims/claim/seeds.json")).Should().BeTrue("evidence against a claim is evidence");
        File.Exists(_repository.PathOf("artifacts/claims/.verified")).Should().BeFalse();
        using (_repository.Failing("report-fails"))
        {
            await FailAsync(["-t:VerifyClaims"], "error GROKV0009: report ended with exit code 1", token);
        }

        _repository.Asked().Should().HaveCount(2, "the claim that failed is judged again");
        (await SucceedAsync(token, "-t:VerifyClaims")).Should().ContainSingle("the claims held meanwhile, and the report was not made").Which.Should().StartWith("report ");
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task A_report_is_made_again_when_a_run_or_evidence_came_or_went(CancellationToken token)
    {
        (await SucceedAsync(token, "-t:Report")).Should().Equal(["report --out ROOT/artifacts/report/report.html |"], "there is no evidence");
        (await SucceedAsync(token, "-t:Report")).Should().BeEmpty();

        _repository.Repository.Write("artifacts/runs/p31/run.json", "{}");
        (await SucceedAsync(token, "-t:Report")).Should().HaveCount(1, "a run came");
        _repository.Repository.Write("artifacts/claims/claim/seed-0/claim.json", "{}");
        (await SucceedAsync(token, "-t:Report")).Should().HaveCount(1, "evidence came");
        Directory.Delete(_repository.PathOf("artifacts/runs/p31"), recursive: true);
        (await SucceedAsync(token, "-t:Report")).Should().HaveCount(1, "a run went");
        (await SucceedAsync(token, "-t:Report")).Should().BeEmpty();
    }

    [Test]
    [CancelAfter(3 * Minute)]
    public async Task Golden_files_are_accepted_once_and_never_on_a_CI_server(CancellationToken token)
    {
        _repository.Repository.Write("golden/Fixture/Test.received.txt", "new");
        await FailAsync(["-t:AcceptGolden", "-p:CI=true"], "error GROKV0020", token);

        ProcessOutput first = await _repository.BuildAsync(token, "-t:AcceptGolden", "-p:CI=");
        ProcessOutput second = await _repository.BuildAsync(token, "-t:AcceptGolden", "-p:CI=");

        first.Text.Should().Contain("AcceptGolden: in: ").And.Contain("AcceptGolden: new ");
        second.Text.Should().Contain("AcceptGolden: no received file under golden/: nothing to accept");
        (await File.ReadAllTextAsync(_repository.PathOf("golden/Fixture/Test.verified.txt"), token)).Should().Be("new");
    }

    /// <returns>What the programs were asked for.</returns>
    private async Task<string[]> SucceedAsync(CancellationToken token, params string[] arguments)
    {
        ProcessOutput build = await _repository.BuildAsync(token, arguments);
        build.ExitCode.Should().Be(0, build.Text);
        return _repository.Asked();
    }

    private async Task FailAsync(string[] arguments, string error, CancellationToken token)
    {
        ProcessOutput build = await _repository.BuildAsync(token, arguments);
        build.ExitCode.Should().NotBe(0, build.Text);
        build.Text.Should().Contain(error);
    }
}
