using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.CommandLine;

/// <summary>Words of the command line are what they are; the build hands on its networks in a file that only check reads.</summary>
[Category("Fast")]
public class ArgumentsFileTests : CommandLineTests
{
    [Test]
    public void Check_takes_its_arguments_from_a_file_whatever_characters_they_have()
    {
        string[] names = ["my \"first\" $HOME `x` @a.pth", " b.pth", "c;d.pth"];
        Array.ForEach(names, name => File.Copy(TorchFiles.Of("published.pth"), In(name)));
        File.WriteAllText(In("arguments"), string.Concat(names.Select(name => In(name) + "\n")) + "--seed\n0\n\n--fraction\r\n0.3\n");

        CommandLineResult result = Run("check", "--arguments", In("arguments"));

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().ContainAll(names.Select(In));
    }

    [Test]
    public void A_file_in_it_is_not_looked_into()
    {
        File.WriteAllText(In("arguments"), $"@{In("arguments")}\n");

        Run("check", "--arguments", In("arguments")).Should().BeEquivalentTo(new { ExitCode = 2, Error = $"@{In("arguments")}: does not exist; give a run folder, a .pth or a .safetensors file{Environment.NewLine}" });
    }

    [Test]
    public void A_file_without_an_end_is_refused()
    {
        File.WriteAllBytes(In("long"), new byte[(16 << 20) + 1]);

        Run("check", "--arguments", In("long")).Error.Should().Be($"--arguments {In("long")}: has more than 16777216 characters; give a file of one argument a line{Environment.NewLine}");
    }

    [Test]
    public void A_name_may_begin_with_an_at_sign()
    {
        Run(["train", .. TinyNetwork, "--epochs", "0", "--out", $"{Folder}/@store"]).ExitCode.Should().Be(0);

        Directory.EnumerateDirectories(In("@store")).Should().ContainSingle();
        Run("analyze", "@no-such").Error.Should().StartWith("@no-such: does not exist");
    }
}
