using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using GrokVerify.Tasks;

namespace GrokVerify.BuildTests.Building;

/// <summary>What trains, built again, from the same sources, in another folder and at another git commit.</summary>
/// <remarks>The module version id is part of every run's key: if the folder or the commit changed it, every clone would train again.</remarks>
[TestFixture]
[Category("Build")]
[NonParallelizable]
public sealed class SameSourcesTests
{
    private const int Minute = 60_000;

    [Test]
    public void Has_the_same_module_version_id_when_no_source_changed() =>
        ModuleVersionId(SharedClone.Repository.Library).Should().Be(typeof(ModularTask).Module.ModuleVersionId, "that is the repository's own build");

    [Test]
    [CancelAfter(5 * Minute)]
    public async Task Has_another_module_version_id_when_a_source_changed(CancellationToken token)
    {
        using ThrowAwayRepository clone = new("changed");
        string project = Path.Combine(clone.Root, "src", "GrokVerify.Training");
        string source = Path.Combine(project, "Engines", "TrainingConfig.cs");
        string text = await File.ReadAllTextAsync(source, token);
        string changed = text.Replace("Beta2 { get; init; } = 0.98", "Beta2 { get; init; } = 0.99", StringComparison.Ordinal);
        changed.Should().NotBe(text);
        await File.WriteAllTextAsync(source, changed, token);

        ProcessOutput build = await Dotnet.RunAsync(project, "build", [], token);
        build.ExitCode.Should().Be(0, build.Text);

        ModuleVersionId(clone.Library).Should().NotBe(typeof(ModularTask).Module.ModuleVersionId);
    }

    private static Guid ModuleVersionId(string path)
    {
        using PEReader reader = new(File.OpenRead(path));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
