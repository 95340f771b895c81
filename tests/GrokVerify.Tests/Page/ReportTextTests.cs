using GrokVerify.Cli;
using GrokVerify.Cli.Page;
using GrokVerify.Claims;
using GrokVerify.Judging;

namespace GrokVerify.Tests.Page;

/// <summary>What a report says, where no browser is needed to see it; tests/GrokVerify.ReportTests has the rest.</summary>
[Category("Fast")]
public class ReportTextTests
{
    private static readonly Claim Claim = ClaimCatalog.OfOneRun[0];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-evidence-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("0.95 (section 4.2)", 0.95)]
    [TestCase("7,850 (figure 7 by this rule; 9,400 by eye in section 5.2)", 7_850)]
    [TestCase("2.2e7 (section 4.4)", 2.2e7)]
    [TestCase("7e-3 (figure 7)", 7e-3)]
    [TestCase("3 to 6 (appendix, other seeds)", null)]
    [TestCase("< 0.0055 (section 4.2)", null)]
    [TestCase("at most 0.11 (figure 7)", null)]
    [TestCase("12.0 from 0.1 to 1 (released runs)", null)]
    [TestCase("none (appendix D.2)", null)]
    [TestCase(null, null)]
    public void A_published_value_is_marked_where_it_is_one_number(string? published, double? number) => SeedCharts.PublishedNumber(published).Should().Be(number);

    [Test]
    public void Checkpoints_of_the_slider_are_spread_evenly_with_the_first_and_the_last()
    {
        RunReport.Evenly([0, 1, 2, 3, 4, 5, 6, 7, 8], 5).Should().Equal(0, 2, 4, 6, 8);
        RunReport.Evenly([3, 9], 5).Should().Equal(3, 9);
        RunReport.Evenly([.. Enumerable.Range(0, 52).Select(i => 250L * i)], 41).Should().HaveCount(41).And.OnlyHaveUniqueItems().And.StartWith(0L).And.EndWith(12_750L);
    }

    [Test]
    public void The_accepted_seeds_are_all_there()
    {
        AcceptedSeeds.WhereCleanupEnds.Seeds.Should().Equal(Enumerable.Range(0, CalibratedSeeds.Count).Select(seed => (long)seed));
        ClaimCatalog.OfOneRun.Should().OnlyContain(claim => AcceptedSeeds.WhereCleanupEnds.Shows(claim) != null);
        AcceptedSeeds.AtPaperLength.Seeds.Should().HaveCount(9);
        ClaimCatalog.OfOneRun.OfType<NetworkClaim>().Should().OnlyContain(claim => AcceptedSeeds.AtPaperLength.Shows(claim) != null);
        ClaimCatalog.OfOneRun.Should().OnlyContain(claim => AcceptedControls.Of(claim).Any(control => control.Contains("refutes it")));
        SweepPoint.Accepted().Should().Contain(run => run.IsPlain && run.HasRule && run.WeightDecay == 0.5 && run.Generalization == 3_220);
    }

    [Test]
    public void Evidence_of_seeds_is_read_with_its_commands()
    {
        Write("seeds.json", $$"""{"rule_sha256": "{{Claim.RuleSha256}}", "verdict": "reproduced", "decision": "3 of 3 seeds show it", "seeds": [{"seed": 4, "verdict": "does_not_hold", "replay": "train --seed 4"}]}""");

        ClaimEvidence evidence = ClaimEvidence.Read(_folder, Claim)!;

        evidence.Should().BeEquivalentTo(new { Holds = true, Decision = "3 of 3 seeds show it", IsOfThisRule = true });
        evidence.Seeds.Should().Equal(("seed 4: does not hold", "train --seed 4"));
    }

    [Test]
    public void Evidence_by_other_rules_is_told_apart()
    {
        Write("seeds.json", """{"rule_sha256": "0", "verdict": "not_reproduced", "decision": "", "seeds": []}""");

        ClaimEvidence.Read(_folder, Claim).Should().BeEquivalentTo(new { Holds = false, IsOfThisRule = false });
    }

    [Test]
    public void Evidence_of_sabotaged_runs_is_none_of_the_claim()
    {
        string family = $$"""{"rule_sha256": "{{Claim.RuleSha256}}", "verdict": "VERDICT", "runs": [{}], "findings": [{"statistic": "{{Claim.Statistics[0].Name}}", "measured": 275}, {"statistic": "gone", "measured": 1}]}""";
        Write("control/claim.json", family.Replace("VERDICT", "does_not_hold", StringComparison.Ordinal));
        ClaimEvidence.Read(_folder, Claim).Should().BeNull();

        Write("seed-3/claim.json", family.Replace("VERDICT", "holds", StringComparison.Ordinal));
        ClaimEvidence evidence = ClaimEvidence.Read(_folder, Claim)!;

        evidence.Holds.Should().BeTrue();
        evidence.Findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Statistic = Claim.Statistics[0], Measured = 275.0 });
    }

    [TestCase("not json")]
    [TestCase("[]")]
    [TestCase("{}")]
    public void Damaged_evidence_is_one_line_that_names_the_file(string json)
    {
        Write("seeds.json", json);

        FluentActions.Invoking(() => ClaimEvidence.Read(_folder, Claim)).Should().Throw<UsageException>()
            .Which.Message.Should().StartWith(Path.Combine(_folder, Claim.Id, "seeds.json")).And.Contain("is no evidence of a claim").And.NotContain("\n");
    }

    [TestCase("not json", "run,epoch\n")]
    [TestCase("{}", "run,epoch,train_loss\n\"a\",one,2\n")]
    [TestCase("{}", "run,epoch\n\"a\",1\n")]
    public void Damaged_curves_are_one_line_that_names_their_folder(string json, string curves)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, ClaimCatalog.OfSweeps[0].Id)).FullName;
        File.WriteAllText(Path.Combine(folder, "claim.json"), json);
        File.WriteAllText(Path.Combine(folder, "curves.csv"), curves);

        FluentActions.Invoking(() => SweepSection.Of(_folder)).Should().Throw<UsageException>()
            .Which.Message.Should().StartWith(folder).And.Contain("its curves cannot be read").And.NotContain("\n");
    }

    [Test]
    public void No_evidence_is_no_error() => ClaimEvidence.Read(_folder, Claim).Should().BeNull();

    private void Write(string name, string json)
    {
        string file = Path.Combine(_folder, Claim.Id, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json);
    }
}
