using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using GrokVerify.Exact;
using GrokVerify.Tasks;

namespace GrokVerify.BuildTests.Packages;

/// <summary>What is in the packages, and what is not.</summary>
[TestFixture]
[Category("Build")]
public sealed class PackageContentTests
{
    private const int Mebibyte = 1 << 20;
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static readonly string[] Libraries = ["lib/net10.0/GrokVerify.Training.dll", "lib/net10.0/GrokVerify.Training.xml", "lib/net10.0/GrokVerify.dll", "lib/net10.0/GrokVerify.xml"];

    [Test]
    public void Two_packages_and_the_symbols_of_the_library_are_all_that_is_packed() =>
        Directory.GetFiles(PackedFeed.Folder).Should().BeEquivalentTo([PackedFeed.Library, PackedFeed.Symbols, PackedFeed.Tool]);

    [Test]
    public void The_library_has_its_documentation_its_targets_and_a_page_to_read()
    {
        string[] files = Files(PackedFeed.Library);

        files.Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Should().BeEquivalentTo(Libraries);
        files.Should().Contain(["README.md", "build/GrokVerify.targets", "buildTransitive/GrokVerify.targets", "tools/net10.0/any/GrokVerify.Cli.dll", "tools/net10.0/any/GrokVerify.Cli.runtimeconfig.json"]);
        Text(PackedFeed.Library, "README.md").Should().Contain("<GrokModel Include=");
    }

    [Test]
    public void The_library_needs_no_package_of_torch()
    {
        var specification = XDocument.Parse(Text(PackedFeed.Library, "GrokVerify.nuspec"));
        XNamespace space = specification.Root!.Name.Namespace;

        specification.Descendants(space + "dependency").Select(dependency => dependency.Attribute("id")!.Value).Should().BeEquivalentTo(["System.IO.Hashing", "System.Numerics.Tensors"]);
        specification.Descendants(space + "license").Single().Value.Should().Be("MIT");
    }

    [Test]
    public void The_tool_is_one_for_all_systems()
    {
        Text(PackedFeed.Tool, "tools/net10.0/any/DotnetToolSettings.xml").Should().Contain("""Command Name="grokverify" """.TrimEnd()).And.Contain("GrokVerify.Cli.dll");
        Files(PackedFeed.Tool).Where(file => file.StartsWith("tools/", StringComparison.Ordinal)).Should().OnlyContain(file => file.StartsWith("tools/net10.0/any/", StringComparison.Ordinal));
    }

    [Test]
    public void Neither_carries_libtorch()
    {
        foreach (string package in new[] { PackedFeed.Library, PackedFeed.Tool })
        {
            new FileInfo(package).Length.Should().BeLessThan(15 * Mebibyte);
            Files(package).Select(file => Path.GetFileName(file)).Where(name => name.Contains("torch_cpu", StringComparison.Ordinal) || name.Contains("c10", StringComparison.Ordinal)).Should().BeEmpty();
        }
    }

    [Test]
    public void What_trains_is_what_was_built_here_so_a_packed_program_knows_the_runs_of_a_built_one()
    {
        ModuleVersionId(PackedFeed.Tool, "tools/net10.0/any/GrokVerify.Training.dll").Should().Be(typeof(ModularTask).Module.ModuleVersionId);
        ModuleVersionId(PackedFeed.Library, "lib/net10.0/GrokVerify.Training.dll").Should().Be(typeof(ModularTask).Module.ModuleVersionId);
        ModuleVersionId(PackedFeed.Tool, "tools/net10.0/any/GrokVerify.Exact.dll").Should().Be(typeof(ExactEngineFactory).Module.ModuleVersionId);
    }

    [TestCase("GrokVerify", "/_/src/GrokVerify/Expectations/ExpectedClaims.cs")]
    [TestCase("GrokVerify.Training", "/_/src/GrokVerify.Training/Model/Transformer.cs")]
    public void The_symbols_are_those_of_the_library_and_hold_its_sources(string library, string source)
    {
        using PEReader assembly = new(new MemoryStream(Bytes(PackedFeed.Library, $"lib/net10.0/{library}.dll")));
        CodeViewDebugDirectoryData wanted = assembly.ReadCodeViewDebugDirectoryData(assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(PackedFeed.Symbols, $"lib/net10.0/{library}.pdb")));
        MetadataReader reader = symbols.GetMetadataReader();

        new BlobContentId(reader.DebugMetadataHeader!.Id).Guid.Should().Be(wanted.Guid);
        DocumentHandle document = reader.Documents.Single(handle => reader.GetString(reader.GetDocument(handle).Name) == source);
        reader.GetCustomDebugInformation(document).Select(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind)).Should().Contain(EmbeddedSource);
    }

    private static string[] Files(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private static byte[] Bytes(string package, string file)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream stream = archive.GetEntry(file)!.Open();
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Text(string package, string file)
    {
        using StreamReader reader = new(new MemoryStream(Bytes(package, file)));
        return reader.ReadToEnd();
    }

    private static Guid ModuleVersionId(string package, string file)
    {
        using PEReader reader = new(new MemoryStream(Bytes(package, file)));
        MetadataReader metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
