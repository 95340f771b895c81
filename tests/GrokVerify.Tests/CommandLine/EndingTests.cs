using GrokVerify.Cli;
using GrokVerify.Tests.Networks;
using Spectre.Console;

namespace GrokVerify.Tests.CommandLine;

/// <summary>How the program ends where the world around it does.</summary>
[Category("Fast")]
public class EndingTests
{
    [TestCase("analyze")]
    [TestCase("check")]
    public void A_verb_that_has_nothing_to_save_ends_at_once_when_it_is_interrupted(string verb)
    {
        using var error = new StringWriter();
        var context = new CommandContext(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }), TextWriter.Null, error, _ => null, new CancellationToken(canceled: true));

        CommandLineProgram.Run([verb, TorchFiles.Of("published.pth")], context).Should().Be(130);
        error.ToString().Should().Be($"interrupted{Environment.NewLine}");
    }

    [Test]
    public void Output_that_cannot_be_written_is_one_line_and_the_job_is_done_all_the_same()
    {
        using var full = new FullWriter();
        using var output = new GuardedWriter(full);
        using var error = new StringWriter();
        var context = new CommandContext(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), output, error, _ => null, CancellationToken.None) { OutputFailure = () => output.Failure };

        CommandLineProgram.Run(["analyze", TorchFiles.Of("published.pth"), "--json"], context).Should().Be(1);
        error.ToString().Split(Environment.NewLine).Should().Contain("the output could not be written (no space); give it another place");
        full.Attempts.Should().Be(1, "nothing more is written after the first failure");
    }

    [Test]
    public void What_can_be_written_is_written()
    {
        using var inner = new StringWriter();
        using var output = new GuardedWriter(inner);

        output.Write('a');
        output.Write("b");
        output.Write(['c', 'd'], 1, 1);
        output.Flush();

        inner.ToString().Should().Be("abd");
        output.Failure.Should().BeNull();
    }

    /// <summary>A disk that is full.</summary>
    private sealed class FullWriter : StringWriter
    {
        public int Attempts { get; private set; }

        public override void Write(char value) => throw Full();

        public override void Write(string? value) => throw Full();

        public override void Write(char[] buffer, int index, int count) => throw Full();

        private IOException Full()
        {
            Attempts++;
            return new IOException("no space.");
        }
    }
}
