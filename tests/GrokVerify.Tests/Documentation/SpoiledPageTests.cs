namespace GrokVerify.Tests.Documentation;

/// <summary>Every rule for pages finds what breaks it, and lets what exists pass.</summary>
[Category("Fast")]
public class SpoiledPageTests
{
    [TestCase("[a](gone.md)", "there is no docs/gone.md")]
    [TestCase("![a](images/gone.png)", "there is no docs/images/gone.png")]
    [TestCase("[a](../src/Gone)", "there is no src/Gone")]
    [TestCase("[a](../README.md#gone)", "README.md has no such heading")]
    [TestCase("# A\n[a](#b)", "docs/page.md has no such heading")]
    public void A_broken_link_is_found(string text, string problem) =>
        PageRules.BrokenLinks(Page(text)).Should().ContainSingle().Which.Should().EndWith(problem);

    [TestCase("[a](../README.md), ![b](../docs/images/grokking.png), [c](../src), [d](https://arxiv.org/abs/2301.05217)")]
    [TestCase("# What `-t:A` is, *here*\n[a](#what--ta-is-here)")]
    [TestCase("`[a](gone.md)`\n```\n[a](gone.md)\n```")]
    public void What_is_there_and_what_is_code_is_no_broken_link(string text) => PageRules.BrokenLinks(Page(text)).Should().BeEmpty();

    [TestCase("dotnet run --project tools/Gone -- train")]
    [TestCase("dotnet run --project tools/GrokVerify.Cli -- gone")]
    [TestCase("dotnet run --project tools/GrokVerify.Cli -- train --gone")]
    [TestCase("dotnet run --project tools/GrokVerify.Cli -- train --engine gone")]
    [TestCase("dotnet test tests/Gone")]
    [TestCase("dotnet test --filter \"TestCategory=Fast|TestCategory=Gone\"", "no test has the category Gone")]
    [TestCase("dotnet build Gone.sln", "Gone.sln is no project")]
    [TestCase("dotnet build GrokVerify.sln -t:Gone", "the solution has no target Gone")]
    [TestCase("dotnet build GrokVerify.sln -t:VerifyModels", "the solution has no target VerifyModels")]
    [TestCase("dotnet build -t:Gone", "neither the solution nor the package has a target Gone")]
    [TestCase("dotnet build GrokVerify.sln -t:VerifyClaims -p:Gone=nightly", "nothing reads the property Gone")]
    [TestCase("GROKVERIFY_GONE=1 dotnet test", "nothing reads GROKVERIFY_GONE")]
    [TestCase("gone PATH")]
    [TestCase("analyze PATH --gone")]
    [TestCase("train --gone")]
    [TestCase("grokverify gone models/adder.safetensors")]
    [TestCase("grokverify expect models/adder.safetensors --gone")]
    [TestCase("--gone", "no verb has the option --gone")]
    [TestCase("--engine gone", "gone is nothing for --engine")]
    [TestCase("--layout gone", "gone is nothing for --layout")]
    [TestCase("-t:Gone")]
    [TestCase("-p:Gone=1")]
    [TestCase("TestCategory=Gone")]
    [TestCase("src/Gone/Gone.cs", "there is no src/Gone/Gone.cs")]
    public void A_command_that_does_not_exist_is_found_in_a_block_and_in_a_line(string command, string problem = "")
    {
        foreach (string text in new[] { $"```\n{command}\n```", $"type `{command.Replace("|", "\\|", StringComparison.Ordinal)}` here" })
        {
            ShownCommands.Unknown(Page(text)).Should().NotBeEmpty(text).And.OnlyContain(line => line.EndsWith(problem, StringComparison.Ordinal));
        }
    }

    [TestCase("dotnet run --project tools/GrokVerify.Cli -- train --p 31 --until-grokked")]
    [TestCase("dotnet run --project tools/GrokVerify.Cli -- check FILE.pth")]
    [TestCase("dotnet test tests/GrokVerify.BuildTests --filter TestCategory=Mutation -- RunConfiguration.TestSessionTimeout=18000000")]
    [TestCase("GROKVERIFY_ACCEPT=1 dotnet test --filter \"TestCategory=Golden|TestCategory=Slow\"")]
    [TestCase("dotnet build GrokVerify.sln -t:VerifyClaims -p:Tier=nightly")]
    [TestCase("dotnet build GrokVerify.sln -t:AcceptGolden")]
    [TestCase("export PATH FILE --layout transformerlens")]
    [TestCase("dotnet build -t:VerifyModels")]
    [TestCase("grokverify expect models/adder.safetensors --force")]
    [TestCase("--engine torch")]
    [TestCase("--json")]
    [TestCase("export LibTorchPath=$(python3 -c \"import torch\")")]
    [TestCase("src/GrokVerify")]
    public void A_command_that_exists_is_let_pass(string command) => ShownCommands.Unknown(Page($"```\n{command}\n```")).Should().BeEmpty();

    [TestCase("One two three. Four five six seven.", "4 words: Four five six seven.")]
    [TestCase("One\ntwo [three four](five).", "4 words: One two three four.")]
    [TestCase("- One two.\n- Three four - five six?", "4 words: Three four - five six?")]
    public void A_long_sentence_is_found(string text, string problem) =>
        PageRules.LongSentences(Page(text), mostWords: 3).Should().ContainSingle().Which.Should().EndWith(problem);

    [TestCase("# One two three four")]
    [TestCase("| one two | three four |")]
    [TestCase("```\none two three four\n```")]
    [TestCase("![one two three four](five)\n\nOne two. Three four! Five (six).")]
    public void Headings_tables_code_and_pictures_are_no_sentences(string text) => PageRules.LongSentences(Page(text), mostWords: 3).Should().BeEmpty();

    private static MarkdownPage Page(string text) => new("docs/page.md", text);
}
