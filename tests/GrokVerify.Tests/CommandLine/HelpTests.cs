namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class HelpTests : CommandLineTests
{
    [Test]
    public void Of_the_program_names_every_verb_and_exit_code()
    {
        CommandLineResult result = Run("--help");

        result.ExitCode.Should().Be(0);
        result.Output.Should().ContainAll("reproduce", "train", "analyze", "check", "expect", "import", "export", "bench", "130 interrupted", "GROKVERIFY_RUNS", "NO_COLOR");
    }

    [TestCase("reproduce", "--p", "--fraction", "--weight-decay", "--seed", "--epochs", "--engine", "--threads", "--out", "--runs")]
    [TestCase("train", "--p", "--fraction", "--weight-decay", "--seed", "--epochs", "--until-grokked", "--d-model", "--heads", "--d-mlp", "--loss",
        "--labels", "--frequencies", "--frequency-decay", "--from", "--at", "--engine", "--device", "--threads", "--log-every", "--checkpoint-every", "--out")]
    [TestCase("analyze", "PATH", "--json", "--epoch", "--seed", "--fraction")]
    [TestCase("import", "FILE", "--fraction", "--seed", "--weight-decay", "--loss", "--log-every", "--checkpoint-every", "--engine", "--out")]
    [TestCase("export", "PATH", "FILE", "--layout", "--epoch", "--seed", "--fraction")]
    [TestCase("check", "PATH", "--json", "--expect", "--msbuild", "--epoch", "--seed", "--fraction")]
    [TestCase("expect", "FILE", "--out", "--force", "--seed", "--fraction")]
    [TestCase("bench", "--json", "--threads", "--steps")]
    public void Of_a_verb_names_its_options(string verb, params string[] options)
    {
        CommandLineResult result = Run(verb, "--help");

        result.ExitCode.Should().Be(0);
        result.Output.Should().ContainAll(options);
    }
}
