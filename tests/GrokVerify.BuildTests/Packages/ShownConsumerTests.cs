using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>The files of docs/package.md, as they stand there: the steps that it tells a newcomer work, and the error that it shows is the one that comes.</summary>
[TestFixture]
[Category("Build")]
[NonParallelizable]
public sealed class ShownConsumerTests
{
    private const int Minute = 60_000;
    private readonly ConsumerRepository _repository = ConsumerRepository.OfThePage();

    [OneTimeTearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task Pass_until_a_claim_stops_holding_and_then_build_and_test_fail(CancellationToken token)
    {
        ProcessOutput restore = await _repository.RunAsync(["restore"], token);
        restore.ExitCode.Should().Be(0, restore.Text);
        ProcessOutput expect = await _repository.GrokVerifyAsync(["expect", "models/adder.safetensors"], token);
        expect.ExitCode.Should().Be(0, expect.Text);
        (await File.ReadAllTextAsync(_repository.In("claims.json"), token)).Should().StartWith(ConsumerRepository.Shown("json"));
        ProcessOutput passing = await _repository.RunAsync(["test", "--no-restore"], token);
        passing.ExitCode.Should().Be(0, passing.Text);
        _repository.Use("mainline-memorized");

        ProcessOutput failing = await _repository.RunAsync(["test", "--no-build"], token);
        ProcessOutput build = await _repository.VerifyAsync(token);

        failing.ExitCode.Should().NotBe(0);
        failing.Text.Should().Contain("Failed Computes_as_recorded").And.Contain("models/adder.safetensors: key-frequency-sparsity: does not hold: spectral contrast: ").And.Contain("since then the network has changed");
        build.ExitCode.Should().NotBe(0);
        build.Lines.Should().Contain(_repository.In(ConsumerRepository.Shown("text").Trim().ReplaceLineEndings(" ")));
        Directory.EnumerateFiles(_repository.In("bin"), "*torch*", new EnumerationOptions { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive }).Should().BeEmpty();
    }
}
