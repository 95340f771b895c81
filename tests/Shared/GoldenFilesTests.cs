
namespace GrokVerify.Golden;

/// <summary>The golden files as they lie in the repository; part of every test project that has some.</summary>
[Category("Fast")]
[Category("Golden")]
public class GoldenFilesTests
{
    private static readonly GoldenFolder Golden = GoldenFolder.OfThisRepository;

    private static IReadOnlyList<GoldenProvenance> Provenance =>
        GoldenProvenance.Parse(File.ReadAllText(Path.Combine(Golden.Path, "README.md")));

    [Test]
    public void Every_file_of_this_project_is_claimed_by_a_test()
    {
        string project = typeof(GoldenFilesTests).Assembly.GetName().Name!;
        IEnumerable<string> files = Provenance.Where(entry => entry.Project == project).Select(entry => entry.File).Intersect(Golden.Files);

        GoldenFolder.Unclaimed(files, typeof(GoldenFilesTests).Assembly.GetTypes()).Should().BeEmpty();
    }

    [Test]
    public void Every_file_has_provenance_and_every_provenance_its_file() => Golden.WithoutProvenance(Provenance).Should().BeEmpty();

    [Test]
    public void Every_provenance_names_a_test_project()
    {
        string tests = Path.Combine(Golden.Path, "..", "tests");

        Provenance.Where(entry => !File.Exists(Path.Combine(tests, entry.Project, entry.Project + ".csproj"))).Should().BeEmpty();
    }

    [Test]
    public void No_file_has_a_carriage_return_or_a_byte_order_mark() => Golden.NotPlainText().Should().BeEmpty();

    [Test]
    public void No_tolerance_is_wider_than_its_documented_bound() => Golden.TooTolerant(Provenance).Should().BeEmpty();

    [Test]
    public void Checkpoints_are_small_and_the_readme_tells_of_each()
    {
        const long mostBytes = 12_000_000;
        var checkpoints = new DirectoryInfo(Path.Combine(Golden.Path, "checkpoints"));
        string readme = File.ReadAllText(Path.Combine(Golden.Path, "README.md"));

        checkpoints.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length).Should().BeInRange(1, mostBytes);
        checkpoints.EnumerateFileSystemInfos().Where(entry => !readme.Contains($"`checkpoints/{entry.Name}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Test]
    public void Git_and_editors_leave_every_kind_of_file_alone()
    {
        string root = AttributeReader.GetSolutionDirectory(typeof(GoldenFilesTests).Assembly);
        string[] attributes = File.ReadAllLines(Path.Combine(root, ".gitattributes"));
        string[] editor = File.ReadAllLines(Path.Combine(root, ".editorconfig"));
        string section = editor.Single(line => line.StartsWith("[*.{received,verified}.{csv", StringComparison.Ordinal));
        string[] extensions = [.. Golden.Files.Select(file => Path.GetExtension(file)[1..]).Distinct()];

        extensions.Should().NotBeEmpty();
        attributes.Should().Contain(extensions.Select(extension => $"*.verified.{extension} text eol=lf working-tree-encoding=UTF-8"));
        section[(section.LastIndexOf('{') + 1)..section.LastIndexOf('}')].Split(',').Should().Contain(extensions);
        File.ReadAllLines(Path.Combine(root, ".gitignore")).Should().Contain("*.received.*");
    }
}
