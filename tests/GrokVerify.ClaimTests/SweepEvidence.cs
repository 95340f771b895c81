using System.Globalization;
using System.Text;
using GrokVerify.Judging;
using GrokVerify.Loop;

namespace GrokVerify.ClaimTests;

/// <summary>Leaves what a claim about a family of runs was judged on under artifacts/claims/ID, attached to the test's result: claim.json and the runs' curves.</summary>
internal static class SweepEvidence
{
    public static void Attach(ClaimResult result, Sweep sweep)
    {
        TestContext.Out.WriteLine($"{sweep.Spoiled} {result}".TrimStart());
        if (sweep.Spoiled.Length > 0)
        {
            return;
        }

        string folder = Path.Combine(RunTraining.ArtifactsFolder, "claims", result.Claim.Id);
        Directory.CreateDirectory(folder);
        Write(folder, "claim.json", ClaimJson.Of(result, sweep.Runs), "the claim's statistics, rules and verdict");
        Write(folder, "curves.csv", Curves(sweep), "logged rows of every run");
    }

    private static string Curves(Sweep sweep)
    {
        var csv = new StringBuilder("run,epoch,train_loss,test_loss,train_accuracy,test_accuracy,sum_squared_weights\n");
        foreach (TrainedCurve run in sweep.Runs)
        {
            foreach (MetricsRow row in run.Rows)
            {
                csv.Append(CultureInfo.InvariantCulture, $"\"{run.Plan.Name}\",{row.Epoch},{row.TrainLoss:R},{row.TestLoss:R},{row.TrainAccuracy:R},{row.TestAccuracy:R},{row.SumSquaredWeights:R}\n");
            }
        }

        return csv.ToString();
    }

    private static void Write(string folder, string name, string text, string description)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        TestContext.AddTestAttachment(path, description);
    }
}
