using System.Text.RegularExpressions;
using GrokVerify.Tests.CommandLine;

namespace GrokVerify.Tests.Documentation;

/// <summary>What the pages say exists, and the README is short enough to be read. <see cref="SpoiledPageTests"/> shows that each rule finds what breaks it.</summary>
[Category("Fast")]
public partial class DocumentationTests
{
    private const int MostLines = 120;
    private const int MostWords = 30;
    private static readonly string Root = ReferenceData.RepositoryRoot();

    private static MarkdownPage Readme => PageRules.Read("README.md");

    [Test]
    public void Every_link_and_image_leads_to_a_file_and_a_heading() => PageRules.Pages.SelectMany(PageRules.BrokenLinks).Should().BeEmpty();

    [Test]
    public void Every_command_shown_exists() => PageRules.Pages.SelectMany(ShownCommands.Unknown).Should().BeEmpty();

    [Test]
    public void The_readme_is_short() => Readme.Text.TrimEnd('\n').Split('\n').Should().HaveCountLessThanOrEqualTo(MostLines);

    [Test]
    public void The_readme_has_no_long_sentence() => PageRules.LongSentences(Readme, MostWords).Should().BeEmpty();

    [Test]
    public void The_readme_shows_the_sample_that_is_run() => Readme.CodeOf("csharp").Should().Equal(Sample());

    [Test]
    public void The_readme_has_a_row_for_each_verb() =>
        Readme.TableRows.SkipWhile(cells => cells[0] != "verb").Skip(2).TakeWhile(cells => cells[0].StartsWith('`')).Select(cells => VerbOfRow().Match(cells[0]).Groups["verb"].Value)
            .Should().BeEquivalentTo(CommandLineTests.Root.Subcommands.Select(verb => verb.Name));

    /// <summary>docs/testing.md has one table of what can be skipped, a row for each reason, the fixtures in its first cell.</summary>
    [Test]
    public void Every_fixture_with_a_test_that_can_be_skipped_is_told_of()
    {
        IEnumerable<string> told = PageRules.Read("docs/testing.md").TableRows
            .SelectMany(cells => Fixture().Matches(cells[0]).Select(match => match.Groups["name"].Value));
        IEnumerable<string> skipping = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is string source && source.Contains("[Test", StringComparison.Ordinal) && Skip().IsMatch(source))
            .Select(file => Path.GetFileNameWithoutExtension(file));

        told.Distinct().Should().BeEquivalentTo(skipping);
    }

    private static string[] Sample()
    {
        const string mark = "// Sample ";
        string[] lines = File.ReadAllLines(Path.Combine(Root, "tests", "GrokVerify.Tests", "Documentation", "ReadmeSample.cs"));
        int indentation = lines.First(line => line.Contains(mark, StringComparison.Ordinal)).IndexOf(mark, StringComparison.Ordinal);
        string sample = string.Join('\n', lines
            .SkipWhile(line => !line.Contains(mark, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains(mark, StringComparison.Ordinal))
            .Select(line => line.Length < indentation ? line : line[indentation..]));
        return sample.Trim('\n').Split('\n');
    }

    [GeneratedRegex("^`(?<verb>[a-z-]+)")]
    private static partial Regex VerbOfRow();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+(?:Tests|Golden|Engines))")]
    private static partial Regex Fixture();

    [GeneratedRegex(@"Assert\.(?:Ignore|Inconclusive)\(|Assume\.That\(|\[(?:Explicit|Ignore|Platform)\b|\.Ignore\(|RequiredGpu\.Check\(")]
    private static partial Regex Skip();
}
