using GrokVerify.Claims;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class SearchTests : CommandLineTests
{
    [Test]
    public void Lists_the_trials_that_begin_so()
    {
        CommandLineResult result = Run("search", "--list", "--only", "two-layers-p");

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n').Should().Equal(
            ArchitectureBudget.Trials.Where(trial => trial.Config.Model is { Layers: 2, AttentionOnly: false }).Select(trial => trial.Name));
    }

    [Test]
    public void Refuses_a_name_that_no_trial_has() =>
        Run("search", "--only", "three-layers").Should().BeEquivalentTo(
            new { ExitCode = 2, Output = "", Error = $"--only three-layers: no trial has a name that begins so; --list prints them{Environment.NewLine}" });
}
