using System.Text;
using GrokVerify.Golden;

namespace GrokVerify.Tests.Golden;

[Category("Fast")]
public class GoldenFolderTests
{
    private const string Csv = "# tolerances: epoch=exact, norm=rel 1e-5\nepoch,norm\n1,2";
    private const string File = "Spectra/Of_a_checkpoint.verified.csv";

    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Directory.CreateTempSubdirectory("grokverify-golden").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_path, recursive: true);

    [TestCase("Spectra/Of_a_checkpoint.verified.csv", true)]
    [TestCase("Spectra/Of_a_checkpoint#embedding.verified.csv", true)]
    [TestCase("Spectra/Of_a_checkpoint.x64.verified.csv", true)]
    [TestCase("Spectra/Of_a_prime_p=113.verified.csv", true)]
    [TestCase("Spectra/Of_a_prime_p=113#embedding.verified.csv", true)]
    [TestCase("Spectra/Of_a_prime_p=59.verified.csv", true)]
    [TestCase("Spectra/Of_a_prime_p=11.verified.csv", false)]
    [TestCase("Spectra/Of_a_prime_p=1133.verified.csv", false)]
    [TestCase("Spectra/Of_a_prime.verified.csv", false)]
    [TestCase("Spectra/Of_a_checkpoint_p=113.verified.csv", false)]
    [TestCase("Spectra/Of_a_prime_q=113.verified.csv", false)]
    [TestCase("Spectra/Of_a_checkpoints.verified.csv", false)]
    [TestCase("Spectra/Not_awaited.verified.csv", false)]
    [TestCase("Spectra/Not_a_test.verified.csv", false)]
    [TestCase("Curves/Of_a_checkpoint.verified.csv", false)]
    [TestCase("Of_a_checkpoint.verified.csv", false)]
    public void A_file_is_claimed_by_a_test_of_its_name(string file, bool claimed) =>
        GoldenFolder.Unclaimed([file], [typeof(Example.Spectra)])
            .Should().HaveCount(claimed ? 0 : 1);

    [Test]
    public void A_file_without_provenance_and_provenance_without_a_file_are_found()
    {
        Write(File, Csv);
        GoldenFolder folder = new(_path);

        folder.WithoutProvenance([]).Should().Equal($"{File}: golden/README.md has no row that says how it was made");
        folder.WithoutProvenance(Provenance("exact")).Should().BeEmpty();
        folder.WithoutProvenance([.. Provenance("exact"), .. Provenance("exact", "Spectra/Gone.verified.csv")])
            .Should().Equal("Spectra/Gone.verified.csv: golden/README.md has a row for it, but there is no such file");
    }

    [Test]
    public void A_carriage_return_and_a_byte_order_mark_are_found()
    {
        Write(File, "\uFEFFa\r\nb");
        Write("Spectra/Fine.verified.txt", "a\nb");

        new GoldenFolder(_path).NotPlainText().Should().HaveCount(2).And.OnlyContain(line => line.StartsWith(File, StringComparison.Ordinal))
            .And.Contain(line => line.Contains("carriage return")).And.Contain(line => line.Contains("byte order mark"));
    }

    [TestCase("rel 1e-5", null)]
    [TestCase("rel 1e-4 + abs 1", null)]
    [TestCase("exact", "column norm has tolerance rel 1e-05, golden/README.md allows exact")]
    [TestCase("rel 9e-6", "column norm has tolerance rel 1e-05, golden/README.md allows rel 9e-06")]
    public void A_tolerance_wider_than_its_bound_is_found(string bound, string? problem)
    {
        Write(File, Csv);

        new GoldenFolder(_path).TooTolerant(Provenance(bound)).Should().Equal(problem is null ? [] : [$"{File}: {problem}"]);
    }

    [Test]
    public void A_table_that_cannot_be_read_is_found()
    {
        Write(File, "epoch,norm\n1,2");

        new GoldenFolder(_path).TooTolerant(Provenance("exact")).Should().ContainSingle().Which.Should().StartWith($"{File}: line 1 is 'epoch,norm'");
    }

    [TestCase("| `a.verified.csv` | GrokVerify.Tests | exact |")]
    [TestCase("| `a.verified.csv` | GrokVerify.Tests | loose | made |")]
    [TestCase("| `a.verified.csv` | GrokVerify.Tests | exact | |")]
    public void An_incomplete_row_of_provenance_is_refused(string row) =>
        ((Action)(() => GoldenProvenance.Parse("# Golden\n" + row))).Should().Throw<FormatException>().WithMessage("golden/README.md: *");

    [TestCase("1", null, true)]
    [TestCase("1", "", true)]
    [TestCase("1", "true", false)]
    [TestCase("1", "1", false)]
    [TestCase("0", null, false)]
    [TestCase(null, null, false)]
    public void Acceptance_is_asked_for_by_a_person_only(string? accept, string? server, bool accepted) =>
        GoldenSetup.IsAcceptanceAsked(name => name switch { "GROKVERIFY_ACCEPT" => accept, "CI" => server, _ => null }).Should().Be(accepted);

    private static IReadOnlyList<GoldenProvenance> Provenance(string bound, string file = File) =>
        GoldenProvenance.Parse($"| golden | project |\n| `{file}` | GrokVerify.Tests | {bound} | made by hand |\n");

    private void Write(string file, string content)
    {
        string path = Path.Combine(_path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content, new UTF8Encoding(false));
    }
}
