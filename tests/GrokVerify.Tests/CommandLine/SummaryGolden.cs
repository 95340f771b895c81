using GrokVerify.Cli.Plots;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Formats;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Tests.CommandLine;

/// <summary>summary.md of a reproduction, written from the committed run of a small network.</summary>
[Category("Fast")]
[Category("Golden")]
public class SummaryGolden : CommandLineTests
{
    [Test]
    public async Task Of_the_small_run()
    {
        TrainingRun run = SmallRun.Open();
        var reproduction = ReproductionResult.Measure(run, new Progress<MeasurePoint>(), new Progress<CheckpointException>(), CancellationToken.None);

        SummaryFile.Write(reproduction, ReproductionTables.All(reproduction), [.. CurvePlots.Of(reproduction), .. SpectrumPlots.Of(reproduction)], Folder);

        await Verify(await File.ReadAllTextAsync(In(SummaryFile.Name)), "md");
    }
}
