using FluentAssertions.Execution;
using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>The calibration's numbers are what this version of the code measures.</summary>
[Category("Claim")]
public class CalibrationTests
{
    /// <summary>Quotients of two losses, each within the 1e-8 of MainlineRunGolden; Gini, shares and epochs are closer.</summary>
    internal static readonly ColumnTolerance Measured = ColumnTolerance.Within(relative: 3e-8).OrNaN();

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public void The_trained_seeds_measure_what_the_calibration_has_of_them(CancellationToken cancellation)
    {
        if (TrainingTier.IsNightly)
        {
            Assert.Ignore("the nightly tier trains fresh seeds; the calibration has others");
        }

        using var scope = new AssertionScope();
        foreach (JudgedRun run in RunTraining.Mainline.Seeds(cancellation))
        {
            int seed = Calibration.OfThisRepository.Seeds.ToList().IndexOf(run.Run.Config.Seed);
            foreach (Finding finding in ClaimCatalog.OfOneRun.SelectMany(claim => claim.Judge(run.Evidence).Findings.Select(finding => (claim, finding))).Select(pair => Compare(pair.claim, pair.finding, seed)).OfType<Finding>())
            {
                Execute.Assertion.FailWith("{0}: {1} is not what the calibration has; make it anew as golden/README.md says", run.Name, finding.ToString());
            }
        }
    }

    private static Finding? Compare(RunClaim claim, Finding finding, int seed)
    {
        double expected = Calibration.OfThisRepository.Values(claim, finding.Statistic)[seed];
        double received = finding.Measured ?? double.NaN;
        bool isEqual = double.IsNaN(expected) ? double.IsNaN(received) : Math.Abs(received - expected) <= Measured.Allowed(expected);
        return isEqual ? null : finding;
    }
}
