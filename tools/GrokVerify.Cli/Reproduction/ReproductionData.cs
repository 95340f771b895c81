using System.Text;
using GrokVerify.Analysis;
using GrokVerify.Claims;
using GrokVerify.Cli.Reports;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Reproduction;

/// <summary>The CSV behind every number and every plot of a reproduction.</summary>
internal static class ReproductionData
{
    /// <param name="findings">What was found.</param>
    /// <param name="folder">Where the files go; exists.</param>
    /// <exception cref="RunStorageException">A file could not be written.</exception>
    public static void Write(Findings findings, string folder)
    {
        void Csv(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows) => CsvFile.Write(Path.Combine(folder, name), header, rows);
        RunEvidence evidence = findings.Evidence;
        Csv(
            "metrics.csv",
            ["epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "sum_squared_weights"],
            evidence.Rows.Select(row => new object[] { row.Epoch, row.TrainLoss, row.TestLoss, row.TrainAccuracy, row.TestAccuracy, row.SumSquaredWeights }));
        AtomicFile.Write(Path.Combine(folder, "measures.csv"), Encoding.UTF8.GetBytes(MeasuresCsv.Of(evidence.Curve)));
        Csv(
            "alpha.csv",
            ["epoch", .. Enumerable.Range(1, evidence.FinalMeasures.Alpha.Count).Select(k => $"alpha_{k}")],
            evidence.Curve.Points.Select(point => (object?[])[point.Epoch, .. point.Measures.Alpha.Cast<object>()]));
        WriteSpectra(Csv, evidence);
        Csv(
            "comparison.csv",
            ["quantity", "measured", "published", "source"],
            Comparison.Of(findings).Select(line => Beside(findings, line.Published, line.Name, line.Measured)));
        Csv(
            "ablations.csv",
            ["intervention", "loss", "accuracy", "published", "source"],
            evidence.Ablations.Select(entry => Beside(
                findings, PublishedMainline.Ablations.GetValueOrDefault(entry.Key, PublishedValue.None), entry.Key, entry.Value.Loss, entry.Value.Accuracy)));
        WritePhases(Csv, findings);
        Csv(
            "claims.csv",
            ["claim", "verdict", "statistic", "measured", "rule", "published", "holds", "absence", "source"],
            from result in findings.Claims
            from finding in result.Findings
            select new object?[]
            {
                result.Claim.Id, result.Verdict == Verdict.Holds ? "holds" : "does_not_hold", finding.Statistic.Name, finding.Measured, finding.Statistic.Rule,
                findings.IsMainline ? finding.Statistic.Published : null, finding.Holds, finding.Absence, result.Claim.Source,
            });
    }

    private delegate void CsvWriting(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows);

    private static object?[] Beside(Findings findings, PublishedValue published, params object?[] cells) =>
        findings.IsMainline && published != PublishedValue.None ? [.. cells, published.Value, published.Source] : [.. cells, null, null];

    private static void WriteSpectra(CsvWriting csv, RunEvidence evidence)
    {
        NetworkEvidence last = evidence.Network;
        csv(
            "spectra.csv",
            ["frequency", "is_key", "alpha", "embedding_norm", "neuron_logit_map_norm"],
            Enumerable.Range(1, last.Measures.Alpha.Count).Select(k => new object[]
            {
                k, evidence.KeyFrequencies.Frequencies.Contains(k), last.Measures.Alpha[k - 1], last.Embedding.FrequencyNorms[k - 1], last.NeuronLogitMap.FrequencyNorms[k - 1],
            }));
    }

    private static void WritePhases(CsvWriting csv, Findings findings)
    {
        object?[] Row(string name, Phase phase, PublishedValue published) => Beside(findings, published, name, phase.Begin, phase.End, phase.Absence);
        csv(
            "phases.csv",
            ["phase", "begin_epoch", "end_epoch", "absence", "published", "source"],
            [
                Row("memorization", findings.Phases.Memorization, PublishedMainline.Memorization),
                Row("circuit_formation", findings.Phases.CircuitFormation, PublishedMainline.CircuitFormation),
                Row("cleanup", findings.Phases.Cleanup, PublishedMainline.Cleanup),
            ]);
    }
}
