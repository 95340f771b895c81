using System.Text;
using GrokVerify.Analysis;
using GrokVerify.Cli.Reports;
using GrokVerify.Formats;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Cli.Reproduction;

/// <summary>The CSV behind every number and every plot of a reproduction.</summary>
internal static class ReproductionData
{
    /// <param name="reproduction">What was found.</param>
    /// <param name="folder">Where the files go; exists.</param>
    /// <exception cref="StorageException">A file could not be written.</exception>
    public static void Write(ReproductionResult reproduction, string folder)
    {
        void Csv(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows) => CsvFile.Write(Path.Combine(folder, name), header, rows);
        RunEvidence evidence = reproduction.Evidence;
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
            Comparison.Of(reproduction).Select(line => Beside(reproduction, line.Published, line.Name, line.Measured)));
        Csv(
            "ablations.csv",
            ["intervention", "loss", "accuracy", "published", "source"],
            evidence.Ablations.Select(entry => Beside(
                reproduction, PublishedMainline.Ablations.GetValueOrDefault(entry.Key, PublishedValue.None), entry.Key.Name, entry.Value.Loss, entry.Value.Accuracy)));
        WritePhases(Csv, reproduction);
        Csv(
            "claims.csv",
            ["claim", "verdict", "statistic", "measured", "rule", "published", "holds", "absence", "source"],
            from result in reproduction.Judged
            from finding in result.Findings
            select new object?[]
            {
                result.Claim.Id, result.Verdict == Verdict.Holds ? "holds" : "does_not_hold", finding.Statistic.Name, finding.Measured, finding.Statistic.Rule,
                reproduction.IsMainline ? finding.Statistic.Published : null, finding.Holds, finding.Absence, result.Claim.Source,
            });
    }

    private delegate void CsvWriting(string name, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<object?>> rows);

    private static object?[] Beside(ReproductionResult reproduction, PublishedValue published, params object?[] cells) =>
        reproduction.IsMainline && published != PublishedValue.None ? [.. cells, published.Value, published.Source] : [.. cells, null, null];

    private static void WriteSpectra(CsvWriting csv, RunEvidence evidence)
    {
        NetworkEvidence last = evidence.Network;
        csv(
            "spectra.csv",
            ["frequency", "is_key", "alpha", "embedding_norm", "neuron_logit_map_norm"],
            Enumerable.Range(1, last.Measures.Alpha.Count).Select(k => new object?[]
            {
                k, evidence.KeyFrequencies.Frequencies.Contains(k), last.Measures.Alpha[k - 1], last.Embedding.FrequencyNorms[k - 1], last.NeuronAbsence is null ? last.NeuronLogitMap.FrequencyNorms[k - 1] : null,
            }));
    }

    private static void WritePhases(CsvWriting csv, ReproductionResult reproduction)
    {
        object?[] Row(string name, Phase phase, PublishedValue published) => Beside(reproduction, published, name, phase.Begin, phase.End, phase.Absence);
        csv(
            "phases.csv",
            ["phase", "begin_epoch", "end_epoch", "absence", "published", "source"],
            [
                Row("memorization", reproduction.Phases.Memorization, PublishedMainline.Memorization),
                Row("circuit_formation", reproduction.Phases.CircuitFormation, PublishedMainline.CircuitFormation),
                Row("cleanup", reproduction.Phases.Cleanup, PublishedMainline.Cleanup),
            ]);
    }
}
