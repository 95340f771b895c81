namespace GrokVerify.Tests.Golden.Example;

/// <summary>A fixture for the rule that every golden file is claimed by a test; abstract, so that nobody runs it.</summary>
public abstract class Spectra
{
    private static readonly int[] MorePrimes = [59];

    [Test]
    public Task Of_a_checkpoint() => Task.CompletedTask;

    [TestCase(113)]
    [TestCaseSource(nameof(MorePrimes))]
    public Task Of_a_prime(int p) => Task.FromResult(p);

    [Test]
    public void Not_awaited() => MorePrimes.Should().ContainSingle();

    public static Task Not_a_test() => Task.CompletedTask;
}
