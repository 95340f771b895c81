namespace GrokVerify.Tests.Documentation;

/// <summary>What holds of every page; a rule answers with one line for each place that breaks it.</summary>
internal static class PageRules
{
    private static readonly string Root = ReferenceData.RepositoryRoot();

    /// <summary>The pages that readers are led to.</summary>
    public static IReadOnlyList<MarkdownPage> Pages { get; } =
    [
        .. new[] { "README.md", "golden/README.md" }
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(Relative))
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories).Select(Relative))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    public static MarkdownPage Read(string path) => new(path, File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>Links and images that lead to no file of the repository, or to no heading of it.</summary>
    public static IEnumerable<string> BrokenLinks(MarkdownPage page)
    {
        foreach (string link in page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#');
            string target = parts[0].Length == 0 ? page.Path : Relative(Path.Combine(Root, Path.GetDirectoryName(page.Path)!, parts[0]));
            if (parts[0].Length > 0 && !Path.Exists(Path.Combine(Root, target)))
            {
                yield return $"{page.Path}: {link}: there is no {target}";
            }
            else if (parts.Length > 1 && !(parts[0].Length == 0 ? page : Read(target)).Anchors.Contains(parts[1]))
            {
                yield return $"{page.Path}: {link}: {target} has no such heading";
            }
        }
    }

    /// <summary>Sentences of more words than a reader keeps in mind.</summary>
    public static IEnumerable<string> LongSentences(MarkdownPage page, int mostWords) =>
        from sentence in page.Sentences
        let words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit))
        where words > mostWords
        select $"{page.Path}: {words} words: {sentence}";

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
