using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Golden;

namespace GrokVerify.Tests.Exact;

/// <summary>Hashes of trained weights: a bit that moves here has moved in every run.</summary>
public class ExactWeightsGolden
{
    private static readonly TrainingConfig Mainline = new();
    private static readonly TrainingConfig Small = new() { Model = new() { Prime = 59 }, TrainFraction = 0.4 };

    [Test]
    [Category("Fast")]
    [Category("Golden")]
    public Task Of_the_first_epochs() => Verify(Hashes((Mainline, [0, 1, 10]), (Small, [0, 1, 10, 100])), "csv");

    [Test]
    [Category("Golden")]
    public Task Of_a_hundred_epochs() => Verify(Hashes((Mainline, [100])), "csv");

    /// <summary>In category Slow, not Golden, because of its time. MainlineRunGolden of the claims has the mainline at epoch 1,000 and further.</summary>
    [Test]
    [Category("Slow")]
    public Task Of_a_thousand_epochs() => Verify(Hashes((Small, [1000])), "csv");

    private static string Hashes(params (TrainingConfig Config, int[] Epochs)[] runs)
    {
        var csv = new NumericCsvWriter(
            ("p", ColumnTolerance.Exact),
            ("train_fraction", ColumnTolerance.Exact),
            ("seed", ColumnTolerance.Exact),
            ("epoch", ColumnTolerance.Exact),
            ("sha256", ColumnTolerance.Exact));
        foreach ((TrainingConfig config, int[] epochs) in runs)
        {
            using var engine = new ExactEngine(config, TrainingState.Initial(config));
            foreach (int epoch in epochs)
            {
                while (engine.Epoch < epoch)
                {
                    engine.Step();
                }

                csv.AddRow(config.Model.Prime, config.TrainFraction, config.Seed, epoch, engine.Capture().Weights.Sha256());
            }
        }

        return csv.ToString();
    }
}
