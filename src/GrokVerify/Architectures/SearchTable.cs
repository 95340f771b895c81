using System.Globalization;
using System.Text;
using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Architectures;

/// <summary>
/// The search's outcomes as CSV: a header, then a row for each finished trial; numbers in invariant culture with all their digits, lists of frequencies with spaces between,
/// nothing where there is no value. Rows name their trial; what the trial is stands in the budget.
/// </summary>
public static class SearchTable
{
    private static readonly string[] Columns =
    [
        "trial", "architecture", "p", "fraction", "heads", "d_model", "d_mlp", "weight_decay", "labels", "seed", "horizon",
        "epoch", "memorized", "generalized", "train_accuracy", "best_test_accuracy", "test_accuracy", "test_loss",
        "key_frequencies", "spectral_contrast", "logit_fve", "head_frequencies", "mean_head_fve",
    ];

    /// <summary>The whole text, lines ending in a line feed.</summary>
    public static string Render(IEnumerable<TrialOutcome> outcomes)
    {
        var text = new StringBuilder().AppendJoin(',', Columns).Append('\n');
        foreach (TrialOutcome outcome in outcomes)
        {
            text.AppendJoin(',', Cells(outcome)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The finished trials of a table, in the order of the rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="trials">The trials that a row may be of.</param>
    /// <exception cref="RunFormatException">The file is no such table, or a row is of another trial; names the line.</exception>
    public static IReadOnlyList<TrialOutcome> Read(string path, IReadOnlyList<ArchitectureTrial> trials)
    {
        string[] lines = AtomicFile.ReadText(path).TrimEnd('\n').Split('\n');
        if (lines[0] != string.Join(',', Columns))
        {
            throw new RunFormatException(path, "line 1 does not name the columns of a table of the architecture search", "give another file, or delete it");
        }

        Dictionary<string, ArchitectureTrial> known = trials.ToDictionary(trial => trial.Name);
        return [.. lines.Skip(1).Select((line, index) => ReadRow(line, path, $"line {index + 2}", known))];
    }

    private static IEnumerable<string> Cells(TrialOutcome outcome)
    {
        ArchitectureTrial trial = outcome.Trial;
        return
        [
            .. TrialCells(trial),
            Text(outcome.Epoch), Text(outcome.Memorized), Text(outcome.Generalized),
            Text(outcome.TrainAccuracy), Text(outcome.BestTestAccuracy), Text(outcome.TestAccuracy), Text(outcome.TestLoss),
            Text(outcome.KeyFrequencies), Text(outcome.SpectralContrast), Text(outcome.LogitFve),
            Text(outcome.Heads?.Frequencies ?? []), Text(outcome.Heads?.MeanFve),
        ];
    }

    private static string[] TrialCells(ArchitectureTrial trial) =>
    [
        trial.Name, ArchitectureNames.Of(trial.Architecture), Text(trial.Config.Model.Prime), Text(trial.Config.TrainFraction), Text(trial.Config.Model.Heads),
        Text(trial.Config.Model.DModel), Text(trial.Neurons), Text(trial.Config.WeightDecay),
        trial.Config.LabelRule.ToString().ToLowerInvariant(), Text(trial.Config.Seed), Text(trial.Epochs),
    ];

    private static TrialOutcome ReadRow(string line, string path, string where, Dictionary<string, ArchitectureTrial> known)
    {
        string[] cells = line.Split(',');
        if (cells.Length != Columns.Length)
        {
            throw new RunFormatException(path, $"{where} has {cells.Length} cells, not {Columns.Length}", "delete the line to train its trial again");
        }

        if (!known.TryGetValue(cells[0], out ArchitectureTrial? trial) || !cells.Take(TrialCells(trial).Length).SequenceEqual(TrialCells(trial)))
        {
            throw new RunFormatException(path, $"{where} is of {cells[0]}, which the budget does not have, or not so", "delete the line");
        }

        try
        {
            string[] result = [.. cells.Skip(TrialCells(trial).Length)];
            return new TrialOutcome(
                trial,
                Whole(result[0]) ?? throw new FormatException("no epoch"),
                Whole(result[1]),
                Whole(result[2]),
                Required(result[3]),
                Required(result[4]),
                Required(result[5]),
                Required(result[6]),
                List(result[7]),
                Required(result[8]),
                Number(result[9]),
                Number(result[11]) is double fve ? new HeadFrequencies(List(result[10]), fve) : null);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw new RunFormatException(path, $"{where}: {problem.Message.TrimEnd('.')}", "delete the line to train its trial again", problem);
        }
    }

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<int> values) => string.Join(' ', values);

    private static long? Whole(string cell) => cell.Length == 0 ? null : long.Parse(cell, CultureInfo.InvariantCulture);

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static double Required(string cell) => Number(cell) ?? throw new FormatException("a number is absent");

    private static int[] List(string cell) => [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(k => int.Parse(k, CultureInfo.InvariantCulture))];
}
