using GrokVerify.Cli.Running;

namespace GrokVerify.Tests.CommandLine;

/// <summary>Which GrokModel item of a project file an error is told at.</summary>
[Category("Fast")]
public class GrokModelItemTests : CommandLineTests
{
    private string Project => In("a project.csproj");

    [TestCase("models/adder.safetensors", 3)]
    [TestCase("models/deep/down/adder.pth", 4)]
    [TestCase("models/deep/adder.pth", 4)]
    [TestCase("other models/b.pth", 5)]
    [TestCase("c1.pth", 6)]
    [TestCase("from/a/property.pth", 7)]
    public void Is_the_one_that_includes_the_network(string network, int line)
    {
        File.WriteAllText(Project, $"""
            <Project>
              <ItemGroup>
                <GrokModel Include="{Folder}/models/*.safetensors" Expect="claims.json" />
                <GrokModel Include="{Folder}/models/**/*.pth" Expect="claims.json" />
                <GrokModel Include="{Folder}/a.pth; {Folder}\other models\b.pth" Expect="claims.json" />
                <GrokModel Include="{Folder}/c?.pth" Expect="claims.json" />
                <GrokModel Include="$(Models)/*.pth" Expect="claims.json" />
              </ItemGroup>
            </Project>
            """);

        GrokModelItem.PlaceOf(In(network), Project).Should().Be($"{Project}({line})");
    }

    [Test]
    public void Is_the_file_alone_where_it_has_none_or_cannot_be_read()
    {
        GrokModelItem.PlaceOf("a.pth", Project).Should().Be(Project);
        File.WriteAllText(Project, "<Project>");
        GrokModelItem.PlaceOf("a.pth", Project).Should().Be(Project);
        File.WriteAllText(Project, "<Project />");
        GrokModelItem.PlaceOf("a.pth", Project).Should().Be(Project);
    }

    [Test]
    public void Errors_are_told_there_as_MSBuild_reads_them()
    {
        File.WriteAllText(Project, $"<Project>\n  <ItemGroup>\n    <GrokModel Include=\"{In("*.pth")}\" />\n  </ItemGroup>\n</Project>");
        File.WriteAllText(In("claims.json"), """{ "version": 1, "networks": { "gone.pth": { "sha256": "", "claims": {} } } }""");
        File.WriteAllText(In("a.pth"), "no network");

        CommandLineResult result = Run("check", In("a.pth"), In("b.pth"), "--expect", In("claims.json"), "--msbuild", Project);

        string[] lines = result.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(3).And.OnlyContain(line => line.StartsWith($"{Project}(3): error GROKV010", StringComparison.Ordinal));
        lines[0].Should().Contain($"error GROKV0102: {In("a.pth")}: ");
        lines[1].Should().Contain($"error GROKV0102: {In("b.pth")}: does not exist");
        lines[2].Should().Contain($"error GROKV0104: {In("claims.json")}: gone.pth is recorded there");
        Run("check", In("a.pth"), "--expect", In("no.json"), "--msbuild", Project).Error.Should().StartWith($"{Project}(3): error GROKV0103: {In("no.json")}: does not exist");
    }
}
