using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.ClaimTests;

/// <summary>Families of runs as a table: a row for each run, with its setting and what became of it.</summary>
internal static class SweepTable
{
    private static readonly string[] Columns =
    [
        "p", "train_fraction", "labels", "weight_decay", "at_frequencies", "loss_precision", "initial_scale", "constant_norm", "goes_on_from_fraction", "at_epoch", "epochs",
        "epoch_train_loss_below_1e-2", "epoch_test_loss_below_1e-2", "largest_test_loss", "last_train_loss", "last_test_loss", "last_train_accuracy", "last_test_accuracy",
        "initial_sum_squared_weights", "last_sum_squared_weights", "spikes",
    ];

    public static string Of(IEnumerable<TrainedCurve> runs)
    {
        var csv = new NumericCsvWriter([.. Columns.Select(name => (name, ColumnTolerance.Exact))]);
        foreach (TrainedCurve run in runs)
        {
            csv.AddRow(
                run.Plan.Config.Model.Prime,
                run.Plan.Config.TrainFraction,
                run.Plan.Config.LabelRule.ToString(),
                run.Plan.Config.WeightDecay,
                run.Plan.Config.FrequencyDecay?.ToString() ?? "the same",
                run.Plan.Config.LossForm.ToString(),
                run.Plan.Config.InitialScale ?? 1,
                run.Plan.Config.ConstantNorm ? "yes" : "no",
                Written(run.Plan.From?.Config.TrainFraction, "none"),
                Written(run.Plan.At, run.Plan.From is null ? "none" : "last"),
                run.Last.Epoch,
                Written(run.Fit, "never"),
                Written(run.Generalization, "never"),
                run.LargestTestLoss,
                run.Last.TrainLoss,
                run.Last.TestLoss,
                run.Last.TrainAccuracy,
                run.Last.TestAccuracy,
                run.First.SumSquaredWeights,
                run.Last.SumSquaredWeights,
                LossSpikes.Of(run.Rows).Count);
        }

        return csv.ToString();
    }

    private static object Written(double? value, string absence) => value is double number ? number : absence;
}
