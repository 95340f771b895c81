using GrokVerify.Expectations;
using GrokVerify.Formats;
using GrokVerify.Golden;
using GrokVerify.Tests.CommandLine;

namespace GrokVerify.Tests.Expectations;

/// <summary>The line that a test in another repository has, and how it fails.</summary>
[Category("Fast")]
public class ExpectedClaimsTests : CommandLineTests
{
    private static readonly string Checkpoints = Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints");

    private string Network => In("adder.safetensors");

    private string Expectations => In("claims.json");

    /// <summary>A small network that has memorized by epoch 250, and generalized and cleaned up by epoch 6,875.</summary>
    private static string Of(int epoch) => Path.Combine(Checkpoints, "p31", "checkpoints", $"epoch-{epoch:00000000}.safetensors");

    [SetUp]
    public void Record()
    {
        File.Copy(Of(6875), Network);
        Run("expect", Network, "--out", Expectations).ExitCode.Should().Be(0);
    }

    [Test]
    public void Changes_of_a_network_that_is_as_it_was_are_none() => Assert.That(ExpectedClaims.Changes(Network, Expectations), Is.Empty);

    [Test]
    public void Changes_of_another_network_are_the_lines_that_check_prints_and_a_failing_test_shows_them()
    {
        File.Copy(Of(250), Network, overwrite: true);

        IReadOnlyList<ClaimChange> changes = ExpectedClaims.Changes(Network, Expectations);

        changes.Select(change => change.ToString()).Should().Equal(Run("check", Network, "--expect", Expectations).Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        changes.Should().Contain(change => change.Expected == "holds" && change.Found.StartsWith("does not hold: ", StringComparison.Ordinal));
        using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
        {
            Action test = () => Assert.That(changes, Is.Empty);
            test.Should().Throw<AssertionException>().WithMessage($"*{changes[0]}*");
        }
    }

    [Test]
    public void A_relative_path_is_looked_for_in_the_folders_above_the_program() =>
        FluentActions.Invoking(() => ExpectedClaims.Changes("golden/checkpoints/mainline-memorized.safetensors", Expectations))
            .Should().Throw<ExpectationsException>().WithMessage($"{Path.Combine(Checkpoints, "mainline-memorized.safetensors")}: nothing is recorded of it in {Expectations}; *");

    [Test]
    public void What_is_nowhere_is_named_as_it_was_given()
    {
        FluentActions.Invoking(() => ExpectedClaims.Changes(Network, "no-such.json")).Should().Throw<ExpectationsException>().WithMessage("no-such.json: does not exist; *");
        File.Delete(Network);
        FluentActions.Invoking(() => ExpectedClaims.Changes(Network, Expectations)).Should().Throw<CheckpointException>().WithMessage($"{Network}: *");
    }
}
