using System.Globalization;
using GrokVerify.Engines;

namespace GrokVerify.Judging;

/// <summary>What came of a question's trainings as CSV: a row for each, numbers with all their digits, nothing where there is no value. No cell has a comma.</summary>
internal static class TrialTable
{
    private static readonly string[] Settings = ["run", "p", "pairs", "d_model", "heads", "d_mlp", "weight_decay", "labels", "seed", "goes_on_from", "horizon"];

    private static readonly string[] Outcomes =
    [
        "epoch", "memorized", "generalized", "train_accuracy", "test_accuracy", "best_test_accuracy", "largest_fall", "last_change", "train_loss", "test_loss", "largest_test_loss",
        "sum_squared_weights",
    ];

    public static string Write(QuestionClaim claim, IEnumerable<Trial> trials) =>
        string.Concat(trials.Select(Cells).Prepend([.. Settings, .. Outcomes, .. claim.Columns]).Select(row => $"{string.Join(',', row)}\n"));

    /// <summary>The rows of a table, each with the planned run of its name.</summary>
    /// <exception cref="FormatException">The table is of other columns or runs: the claim's plan changed after it was made.</exception>
    public static IReadOnlyList<Trial> Read(QuestionClaim claim, string text)
    {
        string[][] rows = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split(','))];
        string[] header = [.. Settings, .. Outcomes, .. claim.Columns];
        int read = 1;
        IReadOnlyList<Trial> trials = claim.Follow(due =>
        {
            string[][] next = [.. rows.Skip(read).Take(due.Count)];
            read += next.Length;
            return next.Select(row => string.Join(',', row.Take(Settings.Length))).SequenceEqual(due.Select(plan => string.Join(',', SettingsOf(plan))))
                ? [.. due.Zip(next, (plan, row) => Read(plan, row[Settings.Length..]))]
                : throw Another();
        });
        return rows[0].SequenceEqual(header) && read == rows.Length ? trials : throw Another();

        FormatException Another() => new($"the table of {claim.Id} is not that of its plan: make it anew with the verb question");
    }

    private static Trial Read(PlannedRun plan, string[] cells) => new(
        plan,
        Count(cells[0])!.Value,
        Count(cells[1]),
        Count(cells[2]),
        Number(cells[3])!.Value,
        Number(cells[4])!.Value,
        Number(cells[5])!.Value,
        Number(cells[6])!.Value,
        Number(cells[7])!.Value,
        Number(cells[8])!.Value,
        Number(cells[9])!.Value,
        Number(cells[10])!.Value,
        Number(cells[11])!.Value,
        [.. cells.Skip(Outcomes.Length).Select(Number)]);

    private static string[] Cells(Trial trial) =>
    [
        .. SettingsOf(trial.Plan),
        .. new object?[]
        {
            trial.Epoch, trial.Memorized, trial.Generalized, trial.TrainAccuracy, trial.TestAccuracy, trial.BestTestAccuracy, trial.LargestFall, trial.LastChange, trial.TrainLoss, trial.TestLoss,
            trial.LargestTestLoss, trial.SumSquaredWeights,
        }.Concat(trial.Measures.Cast<object?>()).Select(Cell),
    ];

    private static IEnumerable<string> SettingsOf(PlannedRun plan)
    {
        TrainingConfig config = plan.Config;
        return new object?[]
        {
            plan.Name, config.Model.Prime, config.CreateSplit().Train.Length, config.Model.DModel, config.Model.Heads, config.Model.DMlp, config.WeightDecay, config.LabelRule.ToString().ToLowerInvariant(),
            config.Seed, plan.From?.Name, plan.Schedule.Epochs,
        }.Select(Cell);
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    private static long? Count(string cell) => cell.Length == 0 ? null : long.Parse(cell, CultureInfo.InvariantCulture);
}
