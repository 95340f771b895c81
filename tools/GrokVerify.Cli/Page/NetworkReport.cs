using GrokVerify.Analysis;
using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Fourier;
using GrokVerify.Judging;

namespace GrokVerify.Cli.Page;

/// <summary>The report of one network without its run: everything that weights alone can tell.</summary>
internal static class NetworkReport
{
    public static ReportContent Of(MeasuredNetwork measured)
    {
        NetworkSpectra network = measured.Network;
        var shown = ShownParts.Of(network);
        var analysis = ModelAnalysis.Analyze(network, measured.Split, measured.File.Facts.Epoch);
        IReadOnlyList<CheckedClaim> claims = NetworkCheck.Of(NetworkEvidence.Measure(network, measured.Split));
        ClaimResult[] judged = [.. claims.Select(claim => claim.Result).OfType<ClaimResult>()];
        int holding = judged.Count(result => result.Verdict == Verdict.Holds);
        bool isComparable = network.Weights.Config == new Model.TransformerConfig();
        IReadOnlyList<ClaimRow> rows = ClaimRows.Of(claims, evidence: null, isComparable, seed: null, replay: null);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(measured.File.Path));
        string keys = network.KeyFrequencies.Exist ? $"it works with {network.KeyFrequencies.Frequencies.Count} key frequencies, {string.Join(", ", network.KeyFrequencies.Frequencies)}" : network.KeyFrequencies.AbsenceReason!;
        return new ReportContent(
            FormattableString.Invariant($"{name}: (a + b) mod {network.Task.Prime}"),
            $"This network answers {analysis.Accuracy.ToString("0.0%", System.Globalization.CultureInfo.InvariantCulture)} of all pairs rightly; {keys}; {holding} of the {judged.Length} claims that a network alone can answer hold.",
            holding == judged.Length,
            [
                new PageSection("inside", "Inside the network", measured.Hint()) { Charts = [.. NetworkCharts.Of(network, shown, [NetworkFrame.Of(measured.File.Facts.Epoch, network, shown)])] },
                new PageSection("numbers", "The numbers")
                {
                    Content = [.. new[] { AnalysisTables.Measures(analysis), AnalysisTables.KeyFrequencies(analysis), AnalysisTables.Ablations(analysis) }.OfType<ReportTable>().Select(PageTables.Of)],
                },
                ClaimSection.Of(rows),
                RunReport.SeedSection(rows),
                new PageSection("provenance", "What this is") { Content = [PageTables.Facts(ProvenanceFacts.Of(measured))] },
            ]);
    }
}
