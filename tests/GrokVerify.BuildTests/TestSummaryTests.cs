using TestSummary;

namespace GrokVerify.BuildTests;

[TestFixture]
[Category("Fast")]
public class TestSummaryTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-trx-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Adds_up_the_results_of_all_files()
    {
        Write("a.trx", """<UnitTestResult testName="A" outcome="Passed" duration="00:00:01.5000000" /><UnitTestResult testName="B" outcome="NotExecuted" />""");
        Write("b.trx", """<UnitTestResult testName="C" outcome="Failed" duration="00:01:00" /><UnitTestResult testName="D" outcome="Timeout" />""");

        IReadOnlyList<TestResult> results = TestResults.Read(_folder);

        results.Select(result => (result.Name, result.IsPassed, result.IsFailed, result.IsSkipped)).Should().Equal(
            ("A", true, false, false), ("B", false, false, true), ("C", false, true, false), ("D", false, true, false));
        results.Select(result => result.Duration.TotalSeconds).Should().Equal(1.5, 0, 60, 0);
    }

    [TestCase("<TestRun>")]
    [TestCase("<html />")]
    public void Names_a_file_that_is_no_test_result(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "broken.trx"), content);

        Action read = () => TestResults.Read(_folder);

        read.Should().Throw<InvalidDataException>().WithMessage("*broken.trx is not a TRX file*");
    }

    [Test]
    public void A_jobs_summary_shows_failures_and_verdicts_with_what_does_not_hold_first() =>
        MarkdownSummary.Of(
            [new TestResult("A", "Passed", TimeSpan.FromSeconds(1)), new TestResult("B", "Failed", TimeSpan.FromSeconds(61.5)), new TestResult("C", "NotExecuted", default)],
            [Verdict("a", holds: true), Verdict("b", holds: false, missed: ["slope: 3, not <= 2", "peak | height: 1, not >= 2"])],
            [Verdict("a", holds: true), Verdict("b", holds: false, missed: ["slope: 2.5, not <= 2"])])
        .Should().Be("""
            ## Tests

            1 passed, 1 failed, 1 skipped
            - B (Failed, 61.5 s)

            ## Claims

            1 of 2 hold.

            | claim | verdict | decided by |
            |---|---|---|
            | Sentence of b (`b`) | **does not hold** | as before; slope: 3, not <= 2; peak \| height: 1, not >= 2 |
            | Sentence of a (`a`) | holds | as before |

            ## What moved since the last time

            - b: peak | height keeps its rule no longer

            """.ReplaceLineEndings("\n"));

    [Test]
    public void What_moved_is_told_of_verdicts_seeds_statistics_rules_and_claims()
    {
        ClaimVerdict[] before = [Verdict("a", true), Verdict("b", true) with { How = "5 of 5 seeds" }, Verdict("c", false, missed: ["slope: 3, not <= 2"]), Verdict("d", true), Verdict("e", true)];
        ClaimVerdict[] now = [Verdict("a", false), Verdict("b", true) with { How = "4 of 5 seeds" }, Verdict("c", false, missed: ["peak: 3, not <= 2"]), Verdict("d", true) with { Rule = "other" }, Verdict("f", true)];

        VerdictMoves.Between(before, now).Should().Equal(
            "a: holds before, does not hold now",
            "b: before 5 of 5 seeds; now 4 of 5 seeds",
            "c: peak keeps its rule no longer",
            "c: slope keeps its rule again",
            "d: is judged by other rules than before",
            "f: is new, and holds",
            "e: was not judged this time");
        VerdictMoves.Between(now, now).Should().BeEmpty();
    }

    [TestCase(false, "There is no earlier evidence to compare with.")]
    [TestCase(true, "Nothing: the same verdicts, decided in the same way, by the same rules.")]
    public void A_night_without_a_move_says_so(bool isThereOneBefore, string line)
    {
        ClaimVerdict[] claims = [Verdict("a", true)];

        MarkdownSummary.Of([], claims, isThereOneBefore ? claims : []).Should().Contain("No test left a result.").And.EndWith($"\n{line}\n");
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"id": "a"}""")]
    [TestCase("""{"id": 1}""")]
    public void Names_a_file_that_is_no_evidence(string content)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        File.WriteAllText(Path.Combine(_folder, "a", "seeds.json"), content);

        Action read = () => ClaimEvidence.Read(_folder);

        read.Should().Throw<InvalidDataException>().WithMessage("*seeds.json is no evidence of a claim*");
    }

    [TestCase(null)]
    [TestCase("/no/such/folder")]
    public void Without_evidence_there_are_no_verdicts(string? folder) => ClaimEvidence.Read(folder).Should().BeEmpty();

    private static ClaimVerdict Verdict(string id, bool holds, string[]? missed = null) => new(id, $"Sentence of {id}", holds, "as before", "rule", missed ?? []);

    private void Write(string name, string results) => File.WriteAllText(
        Path.Combine(_folder, name),
        $"""<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>{results}</Results></TestRun>""");
}
