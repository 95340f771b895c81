using System.CommandLine;

namespace GrokVerify.Tests.CommandLine;

/// <summary>The help texts, a file for each verb, without colour and as wide as the tests' console.</summary>
[Category("Fast")]
[Category("Golden")]
public class HelpGolden : CommandLineTests
{
    private static IEnumerable<string> Verbs => Root.Subcommands.Select(verb => verb.Name);

    [Test]
    public Task Of_the_program() => Verify(Help());

    [TestCaseSource(nameof(Verbs))]
    public Task Of(string verb) => Verify(Help(verb));

    private string Help(params string[] verb)
    {
        CommandLineResult result = Run([.. verb, "--help"]);
        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });

        // The parser calls the program by the process's name, here the test runner's.
        return result.Output.ReplaceLineEndings("\n").Replace($"  {RootCommand.ExecutableName} ", "  grokverify ", StringComparison.Ordinal);
    }
}
