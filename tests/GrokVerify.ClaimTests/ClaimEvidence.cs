using GrokVerify.Analysis;
using GrokVerify.Judging;

namespace GrokVerify.ClaimTests;

/// <summary>Leaves what a claim was judged on under artifacts/claims/ID/RUN, attached to the test's result: claim.json and the curves.</summary>
internal static class ClaimEvidence
{
    public static void Attach(ClaimResult result, ExampleRun run)
    {
        string folder = Path.Combine(RunTraining.ArtifactsFolder, "claims", result.Claim.Id, run.Name.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-'));
        Directory.CreateDirectory(folder);
        Write(folder, "claim.json", ClaimJson.Of(result, run.Run), "the claim's statistics, rules and verdict");
        Write(folder, "measures.csv", MeasuresCsv.Of(run.Evidence.Curve), "progress measures of every checkpoint");
        TestContext.Out.WriteLine($"{run.Name}: {result}");
    }

    private static void Write(string folder, string name, string text, string description)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        TestContext.AddTestAttachment(path, description);
    }
}
