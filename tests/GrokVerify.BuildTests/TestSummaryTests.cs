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

    private void Write(string name, string results) => File.WriteAllText(
        Path.Combine(_folder, name),
        $"""<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>{results}</Results></TestRun>""");
}
