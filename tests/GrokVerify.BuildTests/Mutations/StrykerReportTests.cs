namespace GrokVerify.BuildTests.Mutations;

[TestFixture]
[Category("Fast")]
public sealed class StrykerReportTests
{
    [Test]
    public void Mistakes_that_were_made_are_counted_and_survivors_are_named()
    {
        var report = StrykerReport.Read("""
            {
              "files": {
                "Fourier/Gini.cs": {
                  "source": "int a = 1;\n  return a + 1;",
                  "mutants": [
                    { "status": "Killed", "replacement": "a", "location": { "start": { "line": 1 } } },
                    { "status": "Timeout", "replacement": "b", "location": { "start": { "line": 1 } } },
                    { "status": "Survived", "replacement": "a - 1", "location": { "start": { "line": 2 } } },
                    { "status": "NoCoverage", "replacement": ";", "location": { "start": { "line": 2 } } },
                    { "status": "CompileError", "replacement": "c", "location": { "start": { "line": 1 } } },
                    { "status": "Ignored", "replacement": "d", "location": { "start": { "line": 1 } } }
                  ]
                }
              }
            }
            """);

        report.Killed.Should().Be(2);
        report.TimedOut.Should().Be(1);
        report.Survivors.Should().Equal("Fourier/Gini.cs:2: return a + 1; -> a - 1", "Fourier/Gini.cs:2: return a + 1; -> ;");
        report.Share.Should().Be(0.5);
    }
}
