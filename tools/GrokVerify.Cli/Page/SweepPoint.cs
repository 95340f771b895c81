using System.Globalization;
using CsvHelper;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Page;

/// <summary>What one run of a sweep came to.</summary>
/// <param name="Prime">p.</param>
/// <param name="TrainFraction">Share of the pairs.</param>
/// <param name="WeightDecay">Of AdamW.</param>
/// <param name="HasRule">False for shuffled labels.</param>
/// <param name="GoesOn">Whether it goes on from a network that has grokked.</param>
/// <param name="IsPlain">Whether nothing else sets it apart from the paper's training.</param>
/// <param name="Fit">Epoch from which the train loss is below 1e-2; null for never.</param>
/// <param name="Generalization">Epoch from which the test loss is; null for never.</param>
/// <param name="TestAccuracy">In the end.</param>
/// <param name="SumSquaredWeights">In the end.</param>
internal sealed record SweepPoint(
    int Prime, double TrainFraction, double WeightDecay, bool HasRule, bool GoesOn, bool IsPlain, double? Fit, double? Generalization, double TestAccuracy, double SumSquaredWeights)
{
    public double Pairs => Math.Round(TrainFraction * Prime * Prime);

    /// <summary>The sweeps of the default tier as they are accepted in the repository; their bits are the same on every machine.</summary>
    public static IReadOnlyList<SweepPoint> Accepted()
    {
        using CsvReader reader = AcceptedSeeds.Table("Sweeps.csv");
        _ = reader.Read();
        string[] columns = reader.Current.ToArray();
        var points = new List<SweepPoint>();
        while (reader.Read())
        {
            string[] row = reader.Current.ToArray();
            points.Add(Of(name => row[Array.IndexOf(columns, name)]));
        }

        return points;
    }

    /// <summary>The run of a claim's plan, as it was trained.</summary>
    public static SweepPoint Of(TrainedCurve run)
    {
        TrainingConfig config = run.Plan.Config;
        bool isPlain = config == new TrainingConfig { Model = config.Model, TrainFraction = config.TrainFraction, WeightDecay = config.WeightDecay, LabelRule = config.LabelRule, Seed = config.Seed } && run.Plan.At is null;
        return new SweepPoint(
            config.Model.Prime, config.TrainFraction, config.WeightDecay, config.LabelRule == LabelRule.Sum, run.Plan.From is not null, isPlain,
            run.Fit, run.Generalization, run.Last.TestAccuracy, run.Last.SumSquaredWeights);
    }

    private static SweepPoint Of(Func<string, string> cell)
    {
        double Number(string name) => double.Parse(cell(name), CultureInfo.InvariantCulture);
        double? Epoch(string name) => cell(name) == "never" ? null : Number(name);
        return new SweepPoint(
            (int)Number("p"),
            Number("train_fraction"),
            Number("weight_decay"),
            cell("labels") == nameof(LabelRule.Sum),
            cell("goes_on_from_fraction") != "none",
            cell("at_frequencies") == "the same" && cell("loss_precision") == nameof(LossForm.Log1p) && cell("initial_scale") == "1" && cell("constant_norm") == "no" && cell("at_epoch") is "none" or "last",
            Epoch("epoch_train_loss_below_1e-2"),
            Epoch("epoch_test_loss_below_1e-2"),
            Number("last_test_accuracy"),
            Number("last_sum_squared_weights"));
    }
}
