using System.Text.RegularExpressions;

namespace GrokVerify.Tests.Documentation;

/// <summary>A page in Markdown, as far as the rules of <see cref="PageRules"/> and <see cref="ShownCommands"/> look at it.</summary>
/// <param name="Path">Of its file, relative to the repository's root, with forward slashes.</param>
/// <param name="Text">Its content.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    private const string Fence = "```";

    /// <summary>The lines outside blocks of code.</summary>
    private IEnumerable<string> Prose => Lines.Where(line => line.Language is null).Select(line => line.Text);

    /// <summary>Targets of links and images.</summary>
    public IEnumerable<string> Links => Prose.SelectMany(line => Link().Matches(Span().Replace(line, "")).Select(match => match.Groups["target"].Value));

    /// <summary>What a link to a heading of this page has after its #, as GitHub makes it.</summary>
    public IEnumerable<string> Anchors => Prose
        .Where(line => line.StartsWith('#'))
        .Select(line => NotOfAnchor().Replace(Plain(line.TrimStart('#').Trim()).Replace("`", "", StringComparison.Ordinal).ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>What a reader may type: each line of a shell's block, and each span of code.</summary>
    public IEnumerable<string> Commands => Lines.SelectMany(line => line.Language switch
    {
        null => Span().Matches(line.Text).Select(match => match.Groups["code"].Value.Replace("\\|", "|", StringComparison.Ordinal)),
        "" => [line.Text.Trim()],
        _ => [],
    });

    /// <summary>The lines of the blocks of code in a language.</summary>
    public IEnumerable<string> CodeOf(string language) => Lines.Where(line => line.Language == language).Select(line => line.Text);

    /// <summary>Sentences outside headings, tables and blocks of code; a link is its text.</summary>
    public IEnumerable<string> Sentences => Paragraphs().SelectMany(paragraph => EndOfSentence().Split(Plain(paragraph))).Where(sentence => sentence.Length > 0);

    /// <summary>Cells of the rows of all tables, those of heads and rules too.</summary>
    public IEnumerable<string[]> TableRows => Prose.Where(line => line.StartsWith('|')).Select(line => CellBorder().Split(line.Trim().Trim('|')).Select(cell => cell.Trim()).ToArray());

    private IEnumerable<(string Text, string? Language)> Lines
    {
        get
        {
            string? language = null;
            foreach (string line in Text.Split('\n'))
            {
                if (line.StartsWith(Fence, StringComparison.Ordinal))
                {
                    language = language is null ? line[Fence.Length..].Trim() : null;
                }
                else
                {
                    yield return (line, language);
                }
            }
        }
    }

    private IEnumerable<string> Paragraphs()
    {
        List<string> paragraph = [];
        foreach (string line in Lines.Select(line => line.Language is null ? line.Text : "").Append(""))
        {
            bool isItem = ListItem().IsMatch(line);
            if (line.Length == 0 || isItem || line[0] is '#' or '|')
            {
                yield return string.Join(' ', paragraph);
                paragraph.Clear();
            }

            if (line.Length > 0 && line[0] is not ('#' or '|'))
            {
                paragraph.Add(isItem ? ListItem().Replace(line, "") : line);
            }
        }
    }

    private static string Plain(string text) => LinkOrImage().Replace(text, match => match.Value.StartsWith('!') ? "" : match.Groups["text"].Value);

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\([^()\s]+\)")]
    private static partial Regex LinkOrImage();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotOfAnchor();

    [GeneratedRegex(@"(?<=[.?!][)""*]*)\s+(?=\S)")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.)\s+")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBorder();
}
