using GrokVerify.Engines;
using GrokVerify.Golden;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>The mainline at the paper's length. Made on demand, because it trains for one to two hours; <see cref="PaperLengthTests"/> holds seed 0 against it.</summary>
[Explicit("trains nine networks for 40,000 epochs: dotnet test tests/GrokVerify.ClaimTests --filter TestCategory=PaperLength")]
[Category("PaperLength")]
public class PaperLengthGolden
{
    private const int SeedCount = 9;

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Measures(CancellationToken cancellation)
    {
        IReadOnlyList<TrainingRun> runs = Runs(cancellation);
        var csv = new NumericCsvWriter(
        [
            ("epoch", ColumnTolerance.Exact), ("claim", ColumnTolerance.Exact), ("statistic", ColumnTolerance.Exact),
            .. runs.Select(run => ($"seed {run.Config.Seed}", CalibrationTests.Measured)),
        ]);
        foreach (long epoch in PaperLength.Epochs)
        {
            (string Claim, string Statistic, double Measured)[][] seeds = [.. runs.Select(run => PaperLength.Measures(run, epoch).ToArray())];
            for (int statistic = 0; statistic < seeds[0].Length; statistic++)
            {
                csv.AddRow([epoch, seeds[0][statistic].Claim, seeds[0][statistic].Statistic, .. seeds.Select(seed => (object)seed[statistic].Measured)]);
            }
        }

        return Verify(csv.ToString(), "csv");
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Weights(CancellationToken cancellation)
    {
        var csv = new NumericCsvWriter(("seed", ColumnTolerance.Exact), ("epoch", ColumnTolerance.Exact), ("sha256", ColumnTolerance.Exact));
        foreach (TrainingRun run in Runs(cancellation))
        {
            foreach (long epoch in PaperLength.Epochs)
            {
                csv.AddRow(run.Config.Seed, epoch, run.ReadCheckpoint(epoch).Weights.Sha256());
            }
        }

        return Verify(csv.ToString(), "csv");
    }

    private static IReadOnlyList<TrainingRun> Runs(CancellationToken cancellation) => RunTraining.Sweep.Train(
        [.. Enumerable.Range(0, SeedCount).Select(seed => new RunRequest(new TrainingConfig { Seed = seed }, PaperLength.Schedule))], cancellation);
}
