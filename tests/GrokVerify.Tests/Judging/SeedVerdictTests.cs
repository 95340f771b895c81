using System.Text.Json.Nodes;
using GrokVerify.Judging;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;
using TestSummary;

namespace GrokVerify.Tests.Judging;

/// <summary>A claim that a run shows or not by its seed alone, judged on runs of some seeds.</summary>
[Category("Fast")]
public class SeedVerdictTests : RunFolderTests
{
    [TestCase(new long[] { 2, 4, 6 }, 3, true, "3 of 3 seeds show it, 3 of 5 have to: decided without the others, which were not trained")]
    [TestCase(new long[] { 1, 2, 4 }, 2, false, "2 of 3 seeds show it, 3 of 5 have to")]
    [TestCase(new long[] { 1, 3, 5 }, 0, false, "0 of 3 seeds show it, 3 of 5 have to: decided without the others, which were not trained")]
    [TestCase(new long[] { 1, 2, 3, 4, 6 }, 3, true, "3 of 5 seeds show it, 3 of 5 have to")]
    [TestCase(new long[] { 1, 2, 3, 4, 5 }, 2, false, "2 of 5 seeds show it, 3 of 5 have to")]
    public void Three_of_five_decide(long[] seeds, int showing, bool isReproduced, string decision)
    {
        SeedVerdict verdict = Judge(seeds);

        verdict.Showing.Should().Be(showing);
        verdict.IsReproduced.Should().Be(isReproduced);
        verdict.Decision.Should().Be(decision);
        verdict.ToString().Should().StartWith($"even-seed: {decision}\nseed {seeds[0]}: even-seed: {(seeds[0] % 2 == 0 ? "holds" : "does not hold")}\n  ");
    }

    [Test]
    public void The_worst_run_misses_most_rules() => Judge([2, 1, 4]).Worst.Name.Should().Be("seed 1");

    [Test]
    public void What_it_was_judged_on_is_left_in_a_folder_of_the_claim()
    {
        SeedVerdict verdict = Judge([1, 2, 4]);

        IReadOnlyList<(string Path, string Description)> files = new EvidenceFiles(In("claims")).Write(verdict);

        files.Select(file => Path.GetRelativePath(In("claims"), file.Path).Replace('\\', '/')).Should().Equal(
            ["even-seed/seeds.json", .. new[] { 1, 2, 4 }.SelectMany(seed => new[] { $"even-seed/seed-{seed}/claim.json", $"even-seed/seed-{seed}/measures.csv" })]);
        JsonNode seeds = JsonNode.Parse(File.ReadAllText(files[0].Path))!;
        seeds["verdict"]!.GetValue<string>().Should().Be("not_reproduced");
        seeds["decision"]!.GetValue<string>().Should().Be(verdict.Decision);
        seeds["seeds"]!.AsArray().Select(seed => (seed!["seed"]!.GetValue<long>(), seed["verdict"]!.GetValue<string>())).Should().Equal((1, "does_not_hold"), (2, "holds"), (4, "holds"));
        seeds["seeds"]![1]!["replay"]!.GetValue<string>().Should().Be(verdict.Judged[1].Run.Replay);
        JsonNode one = JsonNode.Parse(File.ReadAllText(files[1].Path))!;
        one["verdict"]!.GetValue<string>().Should().Be("does_not_hold");
        one["epochs"]!.GetValue<long>().Should().Be(40);
        one["findings"]!.AsArray().Select(finding => finding!["measured"]!.GetValue<double>()).Should().Equal(1, 1);
        File.ReadAllLines(files[2].Path).Should().HaveCount(1 + verdict.Judged[0].Run.Evidence.Curve.Points.Count, "a header and a row for each checkpoint");
    }

    [Test]
    public void Curves_of_a_family_have_a_line_for_each_row_of_each_run()
    {
        JudgedRun[] runs = [Run(1), Run(2)];
        TrainedCurve[] curves = [.. runs.Select(run => TrainedCurve.Of(run.Plan, run.Run))];

        IReadOnlyList<(string Path, string Description)> files = new EvidenceFiles(In("claims")).Write(new EvenSeed().Judge(runs[0].Evidence), curves, "two of them, alike");

        files.Select(file => Path.GetRelativePath(In("claims"), file.Path).Replace('\\', '/')).Should().Equal("even-seed/two-of-them-alike/claim.json", "even-seed/two-of-them-alike/curves.csv");
        JsonNode json = JsonNode.Parse(File.ReadAllText(files[0].Path))!;
        json["seeds"]!.AsArray().Select(seed => seed!.GetValue<long>()).Should().Equal(1, 2);
        json["runs"]!.AsArray().Select(run => (run!["name"]!.GetValue<string>(), run["epochs"]!.GetValue<long>())).Should().Equal(("seed 1", 40), ("seed 2", 40));
        string[] lines = File.ReadAllLines(files[1].Path);
        lines.Should().HaveCount(1 + curves.Sum(curve => curve.Rows.Count));
        lines[1].Should().StartWith("\"seed 1\",0,");
        lines[^1].Should().StartWith("\"seed 2\",40,");
    }

    /// <summary>What is left of the seeds' verdict, of a control and of a family, read as the summary of a CI job reads it.</summary>
    [Test]
    public void A_jobs_summary_finds_the_verdicts_in_the_evidence()
    {
        var evidence = new EvidenceFiles(In("claims"));
        SeedVerdict verdict = Judge([2, 4, 6]);
        evidence.Write(verdict);
        evidence.WriteRuns(Judge([1]));
        evidence.Write(new EvenSeed().Judge(verdict.Judged[0].Run.Evidence), [TrainedCurve.Of(Run(2).Plan, Run(2).Run)], "one of them");
        evidence.Write(new EvenSeed().Judge(Run(1).Evidence), [TrainedCurve.Of(Run(1).Plan, Run(1).Run)], "the other");
        evidence.Write(new EvenSeed().Judge(Run(1).Evidence), [TrainedCurve.Of(Run(1).Plan, Run(1).Run)], EvidenceFiles.OfControl);

        IReadOnlyList<ClaimVerdict> read = ClaimEvidence.Read(In("claims"));

        read.Select(claim => (claim.Id, claim.Holds, claim.How)).Should().Equal(
            ("even-seed", true, verdict.Decision),
            ("even-seed, one-of-them", true, "2 of 2 statistics keep their rules, on 1 runs"),
            ("even-seed, the-other", false, "0 of 2 statistics keep their rules, on 1 runs"));
        read[2].Missed.Should().Equal("seed mod 2: 1, not at most 0", "seed mod 2, again: 1, not at most 0.5");
        read.Should().OnlyContain(claim => claim.Sentence == "The seed is even" && claim.Rule.Length == 64);
    }

    private SeedVerdict Judge(IEnumerable<long> seeds) => SeedVerdict.Of(new EvenSeed(), seeds.Select(Run));

    private JudgedRun Run(long seed)
    {
        var plan = new PlannedRun(FormattableString.Invariant($"seed {seed}"), PseudoTraining.Config with { Seed = seed }, PseudoTraining.Schedule with { Epochs = 40 });
        TrainingRun run = new RunStore(In("runs")).GetOrTrain(plan.Config, plan.Schedule, new PseudoTraining());
        return JudgedRun.Measure(plan, run, CancellationToken.None) with { Evidence = WithSeed(run, seed) };
    }

    /// <summary>The rows say the seed in the place of the sum of squares, so that the claim can judge by it.</summary>
    private static RunEvidence WithSeed(TrainingRun run, long seed)
    {
        var evidence = RunEvidence.Measure(run);
        return new RunEvidence([.. evidence.Rows.Select(row => row with { SumSquaredWeights = seed })], evidence.Curve, new(run.ReadCheckpoint(40).Weights, run.Config.CreateTask()));
    }

    private sealed class EvenSeed : RunClaim
    {
        private static readonly Statistic Remainder = new("seed mod 2", AtMost: 0);
        private static readonly Statistic Again = new("seed mod 2, again", AtMost: 0.5);

        public override string Id => "even-seed";

        public override string Sentence => "The seed is even";

        public override string Source => "this test";

        public override IReadOnlyList<Statistic> Statistics { get; } = [Remainder, Again];

        protected override IEnumerable<Finding> Find(RunEvidence run) => [Remainder.Of(run.Rows[^1].SumSquaredWeights % 2), Again.Of(run.Rows[^1].SumSquaredWeights % 2)];
    }
}
