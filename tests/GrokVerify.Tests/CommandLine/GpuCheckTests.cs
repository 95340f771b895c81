namespace GrokVerify.Tests.CommandLine;

/// <summary>What is run on a machine with a GPU, run dry.</summary>
[NonParallelizable]
public class GpuCheckTests : CommandLineTests
{
    [Test]
    public void Without_a_GPU_the_whole_check_runs_on_tiny_networks()
    {
        CommandLineResult result = Run("gpu-check", "--emulated");

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().Contain("The exact engine on this GPU").And.NotContain("WRONG");
        foreach (string row in new[] { "bits, loss in float32", "bits, constant norm", "a step of 2", "launches of a step", "fleet of 2 seeds", "analysis of a checkpoint", "2 of 2 have the exact engine's bits" })
        {
            result.Output.Should().Contain(row);
        }
    }
}
