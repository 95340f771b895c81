using System.Text;
using GrokVerify.Cli.Reports;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Judging;

namespace GrokVerify.Tests.CommandLine;

/// <summary>The tables that reproduce prints and its report shows, of the committed run of a small network.</summary>
[Category("Fast")]
[Category("Golden")]
public class ReproductionTablesGolden
{
    [Test]
    public Task Of_the_small_run()
    {
        var reproduction = ReproductionResult.Of(SmallRun.Open(), RunEvidence.Measure(SmallRun.Open()));
        var text = new StringBuilder();
        foreach (ReportTable table in ReproductionTables.All(reproduction))
        {
            MarkdownTables.Append(text, table);
        }

        return Verify(text.ToString().TrimEnd('\n'), "md");
    }
}
