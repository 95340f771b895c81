using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>Every claim about one run on every control: which of its statistics refute it. A cell that stops refuting, or begins to, fails.</summary>
[Category("Claim")]
[Category("Control")]
public class ControlMatrixGolden
{
    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Of_every_claim(CancellationToken cancellation)
    {
        if (TrainingTier.IsNightly)
        {
            Assert.Ignore("the matrix is that of seed 0; the nightly tier trains others");
        }

        return Verify(Table(cancellation), "csv");
    }

    private static string Table(CancellationToken cancellation)
    {
        var csv = new NumericCsvWriter(("claim", ColumnTolerance.Exact), ("control", ColumnTolerance.Exact), ("refuted by statistics", ColumnTolerance.Exact));
        foreach (RunClaim claim in ClaimCatalog.OfOneRun)
        {
            foreach (Control control in Enum.GetValues<Control>())
            {
                ClaimResult result = claim.Judge(RunTraining.Mainline.Spoiled(control, cancellation).Evidence);
                csv.AddRow(claim.Id, control.ToString(), ControlMatrix.Cell(result));
                TestContext.Out.WriteLine($"{control}: {result}");
            }
        }

        return csv.ToString();
    }
}
