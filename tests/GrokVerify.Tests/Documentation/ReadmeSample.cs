using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Documentation;

/// <summary>The library's sample in README.md. <see cref="DocumentationTests"/> holds the README against these lines.</summary>
[Category("Fast")]
public class ReadmeSample
{
    [Test]
    public void Measures_and_judges_a_network()
    {
        string path = Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", "mainline-grokked.safetensors");

        // Sample begins.
        var file = NetworkFile.Read(path);
        var evidence = NetworkEvidence.Measure(file);
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(evidence);

        Console.WriteLine($"key frequencies: {string.Join(", ", evidence.KeyFrequencies.Frequencies)}");
        Console.WriteLine($"loss: {evidence.Measures.All.Loss:g3}, restricted: {evidence.Measures.Restricted?.Loss:g3}");
        foreach (CheckedClaim claim in claims)
        {
            Console.WriteLine($"{claim.Result?.Verdict.ToString() ?? claim.NotApplicable}: {claim.Claim.Sentence}");
        }

        // Sample ends.
        evidence.KeyFrequencies.Frequencies.Should().Equal(14, 35, 41, 42, 52);
        claims.Count(claim => claim.Result?.Verdict == Verdict.Holds).Should().Be(13);
    }
}
