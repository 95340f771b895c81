using System.Globalization;
using GrokVerify.Runs;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class ReproduceTests : CommandLineTests
{
    [Test]
    public void Writes_the_numbers_and_the_report()
    {
        CommandLineResult result = Run(["reproduce", .. TinyNetwork, "--epochs", "200", "--out", In("report")]);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        result.Output.Should().ContainAll("Phases, in epochs", "memorization", "Ablations", $"of {Claims.ClaimCatalog.OfOneRun.Count} claims hold", $"report: {In("report/report.html")}");
        result.Output.Should().NotContain("published", "the paper's numbers are of p = 113");
        var run = TrainingRun.Open(result.Output.TrimEnd().Split("run: ")[^1]);
        Csv("metrics.csv").Skip(1).Select(row => row[1]).Should().Equal(run.Rows.Select(row => row.TrainLoss.ToString("R", CultureInfo.InvariantCulture)));
        Csv("measures.csv").Skip(1).Select(row => row[0]).Should().Equal("0", "50", "100", "150", "200");
        Csv("alpha.csv").Should().HaveCount(6).And.OnlyContain(row => row.Length == 4);
        Csv("spectra.csv").Skip(1).Select(row => row[0]).Should().Equal("1", "2", "3");
        Csv("phases.csv").Skip(1).Select(row => row[0]).Should().Equal("memorization", "circuit_formation", "cleanup");
        Csv("claims.csv").Skip(1).Select(row => row[0]).Distinct().Should().Equal(Claims.ClaimCatalog.OfOneRun.Select(claim => claim.Id));
        Csv("ablations.csv").Select(row => row[0]).Should().Contain("attention_skip_mean");
        File.ReadAllText(In("report/report.html")).Should().ContainAll("(a + b) mod 7", Path.GetFileName(run.Folder), "id=\"losses\"", "id=\"embedding-spectrum\"");
    }

    private string[][] Csv(string name) => [.. File.ReadAllLines(Path.Combine(Folder, "report", name)).Select(line => line.Split(','))];
}
