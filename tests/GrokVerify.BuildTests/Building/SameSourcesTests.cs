using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GrokVerify.Tasks;

namespace GrokVerify.BuildTests.Building;

/// <summary>The library built again, from the same sources, in another folder and at another git commit.</summary>
/// <remarks>The module version id is part of every run's key: if the folder or the commit changed it, every clone would train again.</remarks>
[TestFixture]
[Category("Build")]
[NonParallelizable]
public sealed class SameSourcesTests
{
    private const int Minute = 60_000;

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task Gives_the_same_module_version_id_until_a_source_changes(CancellationToken token)
    {
        using ThrowAwayRepository clone = new("a folder with a longer name");
        PretendCommit(clone.Root, "0123456789abcdef0123456789abcdef01234567");
        string project = Path.Combine(clone.Root, "src", "GrokVerify");

        ProcessOutput same = await Dotnet.RunAsync(project, "build", [], token);
        same.ExitCode.Should().Be(0, same.Text);
        Guid elsewhere = ModuleVersionId(clone.Library);

        elsewhere.Should().Be(typeof(ModularTask).Module.ModuleVersionId, "that is the repository's own build");

        string source = Path.Combine(project, "Training", "TrainingConfig.cs");
        string text = await File.ReadAllTextAsync(source, token);
        string changed = text.Replace("Beta2 { get; init; } = 0.98", "Beta2 { get; init; } = 0.99", StringComparison.Ordinal);
        changed.Should().NotBe(text);
        await File.WriteAllTextAsync(source, changed, token);
        ProcessOutput other = await Dotnet.RunAsync(project, "build", ["--no-restore"], token);
        other.ExitCode.Should().Be(0, other.Text);

        ModuleVersionId(clone.Library).Should().NotBe(elsewhere);
    }

    // As much of a git folder as the SDK reads to find the commit.
    private static void PretendCommit(string root, string commit)
    {
        string git = Path.Combine(root, ".git");
        Directory.CreateDirectory(Path.Combine(git, "refs", "heads"));
        Directory.CreateDirectory(Path.Combine(git, "objects"));
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(git, "refs", "heads", "main"), commit + "\n");
        File.WriteAllText(
            Path.Combine(git, "config"),
            "[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote \"origin\"]\n\turl = https://github.com/example/example.git\n");
    }

    private static Guid ModuleVersionId(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
