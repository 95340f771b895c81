using System.Globalization;
using System.Text;
using GrokVerify.Claims;
using GrokVerify.Measures;

namespace GrokVerify.ClaimTests;

/// <summary>Leaves what a claim was judged on under artifacts/claims/ID/RUN, attached to the test's result: claim.json and the curves.</summary>
internal static class ClaimEvidence
{
    public static void Attach(ClaimResult result, ExampleRun run)
    {
        string folder = Path.Combine(ExampleRuns.ArtifactsFolder, "claims", result.Claim.Id, run.Name.Replace(' ', '-'));
        Directory.CreateDirectory(folder);
        Write(folder, "claim.json", ClaimJson.Of(result, run.Run), "the claim's statistics, rules and verdict");
        Write(folder, "measures.csv", Measures(run.Evidence.Curve), "progress measures of every checkpoint");
        TestContext.Out.WriteLine($"{run.Name}: {result}");
    }

    private static void Write(string folder, string name, string text, string description)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        TestContext.AddTestAttachment(path, description);
    }

    private static string Measures(MeasureCurve curve)
    {
        var csv = new StringBuilder("epoch,train_loss,test_loss,test_accuracy,restricted_loss,excluded_loss_train,gini_embedding,sum_squared_weights\n");
        foreach ((long epoch, ProgressMeasures measures) in curve.Points)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{epoch},{measures.Train?.Loss:R},{measures.Test?.Loss:R},{measures.Test?.Accuracy:R},{measures.Restricted?.Loss:R},{measures.ExcludedTrain?.Loss:R},{measures.GiniEmbedding:R},{measures.SumSquaredWeights:R}\n");
        }

        return csv.ToString();
    }
}
