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
        using var interruption = new CancellationTokenSource();
        using var output = new InterruptingWriter(interruption);
        using var error = new StringWriter();
        var context = new CommandContext(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }), output, error, _ => null, interruption.Token);

        CommandLineProgram.Run([verb, TorchFiles.Of("published.pth")], context).Should().Be(130);
        error.ToString().Should().EndWith($"{Environment.NewLine}interrupted{Environment.NewLine}");
        interruption.IsCancellationRequested.Should().BeTrue("the verb was at work");
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

    /// <summary>Interrupts whoever writes, and then does not come back from writing until it is disposed.</summary>
    private sealed class InterruptingWriter(CancellationTokenSource interruption) : StringWriter
    {
        private readonly TaskCompletionSource _disposed = new();

        public override void Write(char value) => Stall();

        public override void Write(string? value) => Stall();

        public override void Write(char[] buffer, int index, int count) => Stall();

        protected override void Dispose(bool disposing)
        {
            _disposed.TrySetResult();
            base.Dispose(disposing);
        }

        private void Stall()
        {
            interruption.Cancel();
            _disposed.Task.Wait();
        }
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
