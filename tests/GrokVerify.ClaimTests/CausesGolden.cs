using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>
/// What the claims about causes measure at the paper's scale: what weight decay does, on branches of the mainline, and what memorizing costs. Made on demand, because it trains for an hour; rules were fixed on
/// seed 0, seed 2 only measures.
/// </summary>
[Explicit("trains for an hour: dotnet test tests/GrokVerify.ClaimTests --filter TestCategory=Causes")]
[Category("Causes")]
public class CausesGolden
{
    private static readonly int[] Seeds = [0, 2];
    private IReadOnlyList<Sweep>? _sweeps;

    [Test]
    [CancelAfter(6 * TimeLimits.Training)]
    public Task Measures(CancellationToken cancellation)
    {
        var csv = new NumericCsvWriter([("claim", ColumnTolerance.Exact), ("statistic", ColumnTolerance.Exact), .. Seeds.Select(seed => ($"seed {seed}", CalibrationTests.Measured))]);
        foreach (IGrouping<string, Sweep> claim in Sweeps(cancellation).GroupBy(sweep => sweep.Claim.Id))
        {
            ClaimResult[] results = [.. claim.Select(sweep => sweep.Judge())];
            for (int statistic = 0; statistic < results[0].Findings.Count; statistic++)
            {
                csv.AddRow([claim.Key, results[0].Findings[statistic].Statistic.Name, .. results.Select(result => (object)(result.Findings[statistic].Measured ?? double.NaN))]);
            }
        }

        return Verify(csv.ToString(), "csv");
    }

    [Test]
    [CancelAfter(6 * TimeLimits.Training)]
    public Task Runs(CancellationToken cancellation)
    {
        var csv = new NumericCsvWriter(
            [.. new[] { "claim", "seed", "run", "epochs", "epoch_test_accuracy_0.99", "last_train_loss", "last_test_accuracy", "last_sum_squared_weights" }.Select(name => (name, ColumnTolerance.Exact))]);
        foreach (Sweep sweep in Sweeps(cancellation))
        {
            foreach (TrainedCurve run in sweep.Runs)
            {
                object generalized = run.FirstEpoch(row => row.TestAccuracy >= TrainedCurve.GeneralizedTestAccuracy) is double epoch ? epoch : "never";
                csv.AddRow(sweep.Claim.Id, run.Plan.Config.Seed, run.Plan.Name, run.Last.Epoch, generalized, run.Last.TrainLoss, run.Last.TestAccuracy, run.Last.SumSquaredWeights);
            }
        }

        return Verify(csv.ToString(), "csv");
    }

    private IReadOnlyList<Sweep> Sweeps(CancellationToken cancellation)
    {
        if (_sweeps is null)
        {
            PlannedRun[] mainline = [.. Seeds.Select(seed => Mainline.Plan(seed))];
            SweepClaim[] claims =
            [
                .. mainline.Zip(RunTraining.Sweep.Train([.. mainline.Select(plan => plan.Request)], cancellation), (plan, run) => WeightDecayDrivesCleanup.Of(JudgedRun.Measure(plan, run, cancellation))),
                .. Seeds.Select(seed => new CriticalNumberOfPairs(SweepScale.Paper, seed)),
            ];
            var family = new SweepFamily(RunTraining.Sweep, claims);
            _sweeps = [.. claims.Select(claim => family.Of(claim, cancellation))];
        }

        return _sweeps;
    }
}
