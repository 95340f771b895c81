using System.Globalization;
using System.Text;
using GrokVerify.Analysis;
using GrokVerify.Loop;

namespace GrokVerify.Judging;

/// <summary>Leaves what a claim was judged on in a folder of its own, ID below the one given: JSON of statistics, rules and verdict, and the curves as CSV.</summary>
/// <param name="folder">The folder of all claims.</param>
internal sealed class EvidenceFiles(string folder)
{
    /// <summary>The name of evidence from runs that were sabotaged to see whether the claim notices: no evidence of the claim.</summary>
    public const string OfControl = "control";

    /// <summary>The verdict over seeds, and for each seed its result and the measures of its checkpoints.</summary>
    /// <returns>The files, each with what it is.</returns>
    public IReadOnlyList<(string Path, string Description)> Write(SeedVerdict verdict) =>
        [Write(verdict.Claim, "", "seeds.json", ClaimJson.Of(verdict), "how the seeds decide the claim"), .. WriteRuns(verdict)];

    /// <summary>The same without the verdict: for runs that were spoiled to see whether the claim notices.</summary>
    /// <returns>The files, each with what it is.</returns>
    public IReadOnlyList<(string Path, string Description)> WriteRuns(SeedVerdict verdict) =>
    [
        .. verdict.Judged.SelectMany(seed => new[]
        {
            Write(verdict.Claim, seed.Run.Name, "claim.json", ClaimJson.Of(seed.Result, seed.Run.Run), "the claim's statistics, rules and verdict"),
            Write(verdict.Claim, seed.Run.Name, "measures.csv", MeasuresCsv.Of(seed.Run.Evidence.Curve), "progress measures of every checkpoint"),
        }),
    ];

    /// <summary>The result of a claim about a family of runs, and the runs' curves.</summary>
    /// <param name="result">The result.</param>
    /// <param name="runs">The runs that it was judged on.</param>
    /// <param name="name">Which of several families it is; empty where there is one.</param>
    /// <returns>The files, each with what it is.</returns>
    public IReadOnlyList<(string Path, string Description)> Write(ClaimResult result, IReadOnlyList<TrainedCurve> runs, string name = "") =>
    [
        Write(result.Claim, name, "claim.json", ClaimJson.Of(result, runs), "the claim's statistics, rules and verdict"),
        Write(result.Claim, name, "curves.csv", Curves(runs), "logged rows of every run"),
    ];

    /// <summary>The result of a claim about several runs together that leave evidence of their own.</summary>
    /// <returns>The file, with what it is.</returns>
    public IReadOnlyList<(string Path, string Description)> Write(ClaimResult result) =>
        [Write(result.Claim, "", "claim.json", ClaimJson.Of(result, []), "the claim's statistics, rules and verdict")];

    /// <summary>The folder of a run, or of a family, below its claim's: its name without commas and spaces.</summary>
    internal static string FolderName(string run) => run.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');

    private static string Curves(IReadOnlyList<TrainedCurve> runs)
    {
        var csv = new StringBuilder("run,epoch,train_loss,test_loss,train_accuracy,test_accuracy,sum_squared_weights\n");
        foreach (TrainedCurve run in runs)
        {
            foreach (MetricsRow row in run.Rows)
            {
                csv.Append(CultureInfo.InvariantCulture, $"\"{run.Plan.Name}\",{row.Epoch},{row.TrainLoss:R},{row.TestLoss:R},{row.TrainAccuracy:R},{row.TestAccuracy:R},{row.SumSquaredWeights:R}\n");
            }
        }

        return csv.ToString();
    }

    private (string Path, string Description) Write(Claim claim, string run, string name, string text, string description)
    {
        string place = Path.Combine(folder, claim.Id, FolderName(run));
        Directory.CreateDirectory(place);
        string path = Path.Combine(place, name);
        File.WriteAllText(path, text);
        return (path, description);
    }
}
