using YamlDotNet.RepresentationModel;

namespace GrokVerify.Tests.Documentation;

/// <summary>CITATION.cff by the schema 1.2.0 of the Citation File Format, as far as it is used: what it requires, and no key that it does not have.</summary>
[Category("Fast")]
public class CitationTests
{
    private static readonly string[] Keys =
    [
        "abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url", "message", "preferred-citation", "references",
        "repository", "repository-artifact", "repository-code", "title", "type", "url", "version",
    ];

    private static readonly string[] ReferenceKeys = ["type", "title", "authors", "scope", "year", "month", "journal", "url", "doi", "identifiers"];
    private static readonly string[] PersonKeys = ["given-names", "family-names", "name-particle", "name-suffix", "orcid", "affiliation", "email", "website", "alias"];
    private static readonly string[] EntityKeys = ["name", "website", "email", "orcid", "address", "city", "country"];
    private static readonly string Text = File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot(), "CITATION.cff")).ReplaceLineEndings("\n");

    [Test]
    public void The_citation_file_is_valid() => Problems(Text).Should().BeEmpty();

    [Test]
    public void The_paper_is_cited_with_its_authors_in_their_order()
    {
        var paper = (YamlMappingNode)((YamlSequenceNode)Load(Text).Children["references"]).Children[0];

        paper.Children["title"].ToString().Should().Be("Progress measures for grokking via mechanistic interpretability");
        paper.Children["year"].ToString().Should().Be("2023");
        paper.Children["url"].ToString().Should().EndWith("2301.05217");
        ((YamlSequenceNode)paper.Children["authors"]).Children.Cast<YamlMappingNode>().Select(author => $"{author.Children["given-names"]} {author.Children["family-names"]}")
            .Should().Equal("Neel Nanda", "Lawrence Chan", "Tom Lieberum", "Jess Smith", "Jacob Steinhardt");
    }

    [Test]
    public void The_license_is_the_repositorys() =>
        File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot(), "LICENSE")).Should().StartWith($"{Load(Text).Children["license"]} License");

    [TestCase("cff-version: 1.2.0", "cff-version: 1.3.0", "cff-version is 1.3.0, not 1.2.0")]
    [TestCase("message:", "note:", "there is no message")]
    [TestCase("message:", "note:", "note is no key")]
    [TestCase("authors:\n  - name: GrokVerify contributors", "authors: []", "there are no authors")]
    [TestCase("family-names: Chan", "surname: Chan", "surname is no key of an author")]
    [TestCase("type: article", "kind: article", "a reference has no type")]
    public void A_spoiled_citation_file_is_refused(string whole, string spoiled, string problem)
    {
        Text.Should().Contain(whole, "else nothing is spoiled");

        Problems(Text.Replace(whole, spoiled, StringComparison.Ordinal)).Should().Contain(problem);
    }

    private static IEnumerable<string> Problems(string text)
    {
        YamlMappingNode root = Load(text);
        string? version = root.Children.TryGetValue("cff-version", out YamlNode? given) ? given.ToString() : null;
        string[] wrongVersion = version == "1.2.0" ? [] : [$"cff-version is {version}, not 1.2.0"];
        YamlMappingNode[] references = root.Children.TryGetValue("references", out YamlNode? list) ? [.. ((YamlSequenceNode)list).Children.Cast<YamlMappingNode>()] : [];
        return
        [
            .. wrongVersion,
            .. new[] { "cff-version", "message", "title", "authors" }.Where(key => !root.Children.ContainsKey(key)).Select(key => $"there is no {key}"),
            .. KeysOf(root).Except(Keys).Select(key => $"{key} is no key"),
            .. references.SelectMany(reference => KeysOf(reference).Except(ReferenceKeys)).Select(key => $"{key} is no key of a reference"),
            .. references.SelectMany(reference => new[] { "type", "title", "authors" }.Where(key => !reference.Children.ContainsKey(key))).Select(key => $"a reference has no {key}"),
            .. references.Prepend(root).SelectMany(AuthorProblems),
        ];
    }

    private static IEnumerable<string> AuthorProblems(YamlMappingNode work)
    {
        YamlMappingNode[] authors = work.Children.TryGetValue("authors", out YamlNode? list) ? [.. ((YamlSequenceNode)list).Children.Cast<YamlMappingNode>()] : [];
        return authors.Length == 0
            ? ["there are no authors"]
            : authors.SelectMany(author => KeysOf(author).Except(author.Children.ContainsKey("name") ? EntityKeys : PersonKeys)).Select(key => $"{key} is no key of an author");
    }

    private static IEnumerable<string> KeysOf(YamlMappingNode node) => node.Children.Keys.Select(key => key.ToString());

    private static YamlMappingNode Load(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
