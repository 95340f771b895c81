using GrokVerify.Claims;
using GrokVerify.Golden;
using GrokVerify.Judging;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>What the claims about families of runs train and ask, at both scales: that of minutes and the paper's, which only the nightly tier trains.</summary>
[Category("Fast")]
[Category("Golden")]
internal sealed class SweepClaimsGolden
{
    private static readonly SweepScale[] Scales = Enum.GetValues<SweepScale>();

    [TestCaseSource(nameof(Scales))]
    public Task Runs(SweepScale scale)
    {
        var csv = new NumericCsvWriter([.. new[] { "claim", "run", "prime", "fraction", "labels", "weight_decay", "at_frequencies", "loss", "initial_scale", "constant_norm", "epochs", "until_grokked", "from", "at" }.Select(name => (name, ColumnTolerance.Exact))]);
        foreach (SweepClaim claim in ClaimCatalog.SweepsAt(scale, seed: 0))
        {
            foreach (PlannedRun run in claim.Plan)
            {
                csv.AddRow(
                    claim.Id, run.Name, run.Config.Model.Prime, run.Config.TrainFraction, run.Config.LabelRule.ToString(), run.Config.WeightDecay,
                    run.Config.FrequencyDecay?.ToString() ?? "the same", run.Config.LossForm.ToString(), run.Config.InitialScale ?? 1, run.Config.ConstantNorm,
                    run.Schedule.Epochs, run.Schedule.UntilGrokked, run.From?.Name ?? "", run.At is long at ? at : "");
            }
        }

        return Verify(csv.ToString(), "csv");
    }

    [TestCaseSource(nameof(Scales))]
    public Task Rules(SweepScale scale)
    {
        var csv = new NumericCsvWriter([.. new[] { "claim", "statistic", "rule", "published" }.Select(name => (name, ColumnTolerance.Exact))]);
        foreach (SweepClaim claim in ClaimCatalog.SweepsAt(scale, seed: 0))
        {
            foreach (Statistic statistic in claim.Statistics)
            {
                csv.AddRow(claim.Id, statistic.Name, statistic.Rule, statistic.Published ?? "");
            }
        }

        return Verify(csv.ToString(), "csv");
    }
}
