using System.Globalization;
using GrokVerify.Runs;
using SkiaSharp;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class ReproduceTests : CommandLineTests
{
    private static readonly string[] Plots =
    [
        "grokking.png", "accuracy.png", "embedding-spectrum.png", "neuron-logit-map-spectrum.png", "alpha-spectrum.png",
    ];

    [Test]
    public void Writes_the_numbers_the_plots_and_the_summary()
    {
        CommandLineResult result = Run(["reproduce", .. TinyNetwork, "--epochs", "200", "--out", In("report")]);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().ContainAll("Phases, in epochs", "memorization", "Ablations", $"of {Claims.ClaimCatalog.OfOneRun.Count} claims hold", $"report: {In("report/summary.md")}");
        result.Output.Should().NotContain("published", "the paper's numbers are of p = 113");
        var run = TrainingRun.Open(result.Output.TrimEnd().Split("run: ")[^1]);
        Csv("metrics.csv").Skip(1).Select(row => row[1]).Should().Equal(run.Rows.Select(row => row.TrainLoss.ToString("R", CultureInfo.InvariantCulture)));
        Csv("measures.csv").Skip(1).Select(row => row[0]).Should().Equal("0", "50", "100", "150", "200");
        Csv("alpha.csv").Should().HaveCount(6).And.OnlyContain(row => row.Length == 4);
        Csv("spectra.csv").Skip(1).Select(row => row[0]).Should().Equal("1", "2", "3");
        Csv("phases.csv").Skip(1).Select(row => row[0]).Should().Equal("memorization", "circuit_formation", "cleanup");
        Csv("claims.csv").Skip(1).Select(row => row[0]).Distinct().Should().Equal(Claims.ClaimCatalog.OfOneRun.Select(claim => claim.Id));
        Csv("ablations.csv").Select(row => row[0]).Should().Contain("attention_skip_mean");
        File.ReadAllText(In("report/summary.md")).Should().ContainAll(Plots).And.ContainAll("| measure | measured |", Path.GetFileName(run.Folder));
        foreach (string plot in Plots)
        {
            ShouldShowItsTitle(Path.Combine(Folder, "report", plot));
        }
    }

    private string[][] Csv(string name) => [.. File.ReadAllLines(Path.Combine(Folder, "report", name)).Select(line => line.Split(','))];

    /// <summary>Without a font, text is drawn as nothing: the strip above the axes would be white.</summary>
    private static void ShouldShowItsTitle(string file)
    {
        const int strip = 50;
        using SKBitmap image = SKBitmap.Decode(file);
        int dark = 0;
        for (int x = 0; x < image.Width; x++)
        {
            for (int y = 0; y < strip; y++)
            {
                dark += image.GetPixel(x, y).Red < 128 ? 1 : 0;
            }
        }

        dark.Should().BeGreaterThan(500, $"{Path.GetFileName(file)} has a title");
    }
}
