using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>
/// Every statistic of every claim about one run, on many seeds of the mainline. Made on demand, because it trains for an hour or more;
/// <see cref="CalibrationTests"/> holds the tier's own seeds against it.
/// </summary>
[Explicit("trains 40 networks for an hour: dotnet test tests/GrokVerify.ClaimTests --filter TestCategory=Calibration")]
[Category("Calibration")]
public class CalibrationGolden
{
    /// <summary>
    /// The test run parameter "calibration-runs" names a folder of finished runs to measure again, whatever version trained them: the tier's seeds, which are trained by this one, show
    /// whether they are the same.
    /// </summary>
    [Test]
    [CancelAfter(6 * TimeLimits.Training)]
    public Task Of_the_mainline(CancellationToken cancellation) => Verify(Table(cancellation), "csv");

    private static string Table(CancellationToken cancellation)
    {
        PlannedRun[] plans = [.. Enumerable.Range(0, CalibratedSeeds.Count).Select(seed => Mainline.Plan(seed))];
        IReadOnlyList<TrainingRun> runs = TestContext.Parameters.Get("calibration-runs") is { } folder
            ? Kept(folder, plans)
            : RunTraining.Sweep.Train([.. plans.Select(plan => plan.Request)], cancellation);
        var measured = new List<IReadOnlyList<ClaimResult>>();
        foreach ((PlannedRun plan, TrainingRun run) in plans.Zip(runs))
        {
            RunEvidence evidence = JudgedRun.Measure(plan, run, cancellation).Evidence;
            measured.Add([.. ClaimCatalog.OfOneRun.Select(claim => claim.Judge(evidence))]);
            TestContext.Progress.WriteLine($"measured seed {run.Config.Seed} of {CalibratedSeeds.Count}, key frequencies {string.Join(' ', evidence.KeyFrequencies.Frequencies)}");
        }

        var csv = new NumericCsvWriter(
            [("claim", ColumnTolerance.Exact), ("statistic", ColumnTolerance.Exact), .. plans.Select(plan => (plan.Name, CalibrationTests.Measured))]);
        for (int claim = 0; claim < ClaimCatalog.OfOneRun.Count; claim++)
        {
            for (int statistic = 0; statistic < ClaimCatalog.OfOneRun[claim].Statistics.Count; statistic++)
            {
                csv.AddRow(
                    [
                        ClaimCatalog.OfOneRun[claim].Id,
                        ClaimCatalog.OfOneRun[claim].Statistics[statistic].Name,
                        .. measured.Select(results => (object)(results[claim].Findings[statistic].Measured ?? double.NaN)),
                    ]);
            }
        }

        return csv.ToString();
    }

    private static TrainingRun[] Kept(string folder, PlannedRun[] plans)
    {
        TrainingRun[] kept = [.. new RunStore(folder, new RunTrainer()).List().Where(run => run.Status == RunStatus.Complete)];
        return [.. plans.Select(plan => kept.FirstOrDefault(run => run.Config == plan.Config)
            ?? throw new DirectoryNotFoundException($"{folder} has no finished run of {plan.Name}"))];
    }
}
