using GrokVerify.Claims;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.ClaimTests;

/// <summary>
/// The mainline long after cleanup, to the 40,000 epochs that the paper trained: what the claims about one network measure there. They are judged where cleanup ends, and some no longer hold later.
/// </summary>
internal static class PaperLength
{
    /// <summary>So long that every calibrated seed has cleaned up before the first of them.</summary>
    public static IReadOnlyList<long> Epochs { get; } = [20_000, 30_000, 40_000];

    public static TrainingSchedule Schedule { get; } = Mainline.UntilGrokked with { UntilGrokked = false };

    /// <summary>The logged row's numbers, then every statistic of every claim about one network, at an epoch of a run.</summary>
    /// <param name="run">The run, trained by <see cref="Schedule"/>.</param>
    /// <param name="epoch">One of <see cref="Epochs"/>.</param>
    /// <returns>Claim, "run" where it is none, statistic, and what was measured; NaN where it does not exist.</returns>
    public static IEnumerable<(string Claim, string Statistic, double Measured)> Measures(TrainingRun run, long epoch)
    {
        MetricsRow row = run.Rows.Single(row => row.Epoch == epoch);
        yield return ("run", "test loss", row.TestLoss);
        yield return ("run", "sum of squared weights", row.SumSquaredWeights);
        yield return ("run", "least test accuracy since it reached 0.99", LeastSinceGeneralization(run.Rows, epoch));
        var network = NetworkEvidence.Measure(new NetworkSpectra(run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask()), run.Config.CreateSplit());
        foreach (NetworkClaim claim in ClaimCatalog.OfOneRun.OfType<NetworkClaim>())
        {
            foreach (Finding finding in claim.Judge(network).Findings)
            {
                yield return (claim.Id, finding.Statistic.Name, finding.Measured ?? double.NaN);
            }
        }
    }

    private static double LeastSinceGeneralization(IReadOnlyList<MetricsRow> rows, long epoch) =>
        rows.Where(row => row.Epoch <= epoch).SkipWhile(row => row.TestAccuracy < TrainedCurve.GeneralizedTestAccuracy).Select(row => row.TestAccuracy).DefaultIfEmpty(double.NaN).Min();
}
