using System.Text.Json.Nodes;
using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>Another repository that references the package: its build fails when a claim stops holding on its network.</summary>
[TestFixture]
[Category("Build")]
[NonParallelizable]
public sealed class ConsumerTests
{
    private const int Minute = 60_000;
    private readonly ConsumerRepository _repository = ConsumerRepository.ToBeSpoiled();

    [OneTimeSetUp]
    public async Task RestoreAndRecord()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        ProcessOutput restore = await _repository.RunAsync(["restore"], limit.Token);
        restore.ExitCode.Should().Be(0, restore.Text);
        ProcessOutput expect = await _repository.GrokVerifyAsync(["expect", ConsumerRepository.Network], limit.Token);
        expect.ExitCode.Should().Be(0, expect.Text);
    }

    [SetUp]
    public void UseTheRecordedNetwork() => _repository.Use("mainline-grokked");

    [OneTimeTearDown]
    public void Delete() => _repository.Dispose();

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task VerifyModels_passes_and_the_second_call_checks_nothing(CancellationToken token)
    {
        ProcessOutput first = await _repository.VerifyAsync(token);

        first.ExitCode.Should().Be(0, first.Text);
        first.Lines.Should().Contain($"VerifyModels: in: {ConsumerRepository.Network}; claims.json").And.Contain($"{ConsumerRepository.Network}: as expected: 13 claims hold, 0 do not, 9 are not applicable");
        ProcessOutput second = await _repository.VerifyAsync(token);
        second.ExitCode.Should().Be(0, second.Text);
        second.Lines.Should().Contain(line => line.StartsWith("VerifyModels: nothing to do: ")).And.NotContain(line => line.Contains("as expected: 13"));
    }

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task VerifyModels_fails_at_the_item_of_a_network_on_which_claims_no_longer_hold_until_they_are_accepted(CancellationToken token)
    {
        _repository.Use("mainline-memorized");

        ProcessOutput build = await _repository.VerifyAsync(token);

        build.ExitCode.Should().NotBe(0);
        string[] recorded = await File.ReadAllLinesAsync(_repository.In("claims.json"), token);
        int line = 1 + Array.FindIndex(recorded, text => text.Contains("\"neuron-purity\"", StringComparison.Ordinal));
        string change = build.Lines.First(text => text.Contains("error GROKV0101", StringComparison.Ordinal) && text.Contains(" neuron-purity: ", StringComparison.Ordinal));
        change.Should().StartWith($"{_repository.In("consumer.csproj")}({ConsumerRepository.ItemLine}): error GROKV0101: {ConsumerRepository.Network}: neuron-purity: does not hold: share of neurons with an FVE above 0.85 by one frequency: 0 (rule: from 0.5 to 1)")
            .And.Contain($"expected: holds, claims.json({line}); since then the network has changed; to accept it: grokverify expect \"{ConsumerRepository.Network}\" --force");
        (await _repository.VerifyAsync(token)).ExitCode.Should().NotBe(0, "a failure is not remembered as done");

        byte[] before = await File.ReadAllBytesAsync(_repository.In("claims.json"), token);
        ProcessOutput accept = await _repository.GrokVerifyAsync(["expect", ConsumerRepository.Network, "--force"], token);
        accept.ExitCode.Should().Be(0, accept.Text);
        (await _repository.VerifyAsync(token)).ExitCode.Should().Be(0);
        await File.WriteAllBytesAsync(_repository.In("claims.json"), before, token);
    }

    [TestCase("Models=none/*.pth", "consumer.csproj : error GROKV0105: there is no GrokModel item, or its Include matches no file")]
    [TestCase("Models=gone.pth", "consumer.csproj(12): error GROKV0102: gone.pth: does not exist")]
    [TestCase("NoExpectations=true", "consumer.csproj : error GROKV0106: models/my adder.safetensors: its GrokModel item has no Expect")]
    [TestCase("Expectations=gone.json", "consumer.csproj(12): error GROKV0103: gone.json: does not exist; record what holds now: grokverify expect NETWORK --out gone.json")]
    [TestCase("Models=models/../nuget.config", "consumer.csproj(12): error GROKV0102: models/../nuget.config: is neither a file of torch.save nor a safetensors file")]
    [CancelAfter(2 * Minute)]
    public async Task What_is_not_there_or_cannot_be_read_is_a_coded_error(string property, string error, CancellationToken token)
    {
        ProcessOutput build = await _repository.VerifyAsync(token, property);

        build.ExitCode.Should().NotBe(0);
        build.Lines.Should().Contain(line => line.StartsWith(_repository.In(error), StringComparison.Ordinal), build.Text);
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task A_split_other_than_the_network_s_own_is_taken_with_a_warning(CancellationToken token)
    {
        ProcessOutput build = await _repository.VerifyAsync(token, "Seed=1");

        build.Text.Should().Contain("models/my adder.safetensors: was trained with --split python --seed 0 --fraction 0.3 by its own word, and is looked at with --split python --seed 1 --fraction 0.3, as you say");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task A_network_of_which_nothing_is_recorded_is_a_coded_error(CancellationToken token)
    {
        File.Copy(_repository.In(ConsumerRepository.Network), _repository.In("models/new.safetensors"));
        ProcessOutput build;
        try
        {
            build = await _repository.VerifyAsync(token);
        }
        finally
        {
            File.Delete(_repository.In("models/new.safetensors"));
        }

        build.ExitCode.Should().NotBe(0);
        build.Lines.Should().Contain(
            $"{_repository.In("consumer.csproj")}({ConsumerRepository.ItemLine}): error GROKV0103: models/new.safetensors: nothing is recorded of it in claims.json; record what holds now: grokverify expect models/new.safetensors");
    }

    [Test]
    [CancelAfter(2 * Minute)]
    public async Task Items_with_expectations_of_their_own_are_all_checked_in_one_call(CancellationToken token)
    {
        Directory.CreateDirectory(_repository.In("other"));
        File.Copy(_repository.In(ConsumerRepository.Network), _repository.In("other/a.pth"));
        ProcessOutput build;
        try
        {
            build = await _repository.VerifyAsync(token);
        }
        finally
        {
            Directory.Delete(_repository.In("other"), recursive: true);
        }

        build.ExitCode.Should().NotBe(0);
        build.Lines.Should().Contain(line => line.StartsWith($"{_repository.In("consumer.csproj")}({ConsumerRepository.ItemLine - 1}): error GROKV0103: other.json: does not exist; "))
            .And.Contain(line => line.StartsWith($"{ConsumerRepository.Network}: as expected: "));
    }

    [Test]
    public void Nothing_of_torch_is_restored()
    {
        JsonObject libraries = JsonNode.Parse(File.ReadAllText(_repository.In("obj/project.assets.json")))!["libraries"]!.AsObject();

        libraries.Select(library => library.Key.Split('/')[0]).Where(name => name.Contains("torch", StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
        libraries.Should().ContainKey($"GrokVerify/{PackedFeed.Version}");
    }
}
