using GrokVerify.Golden;

namespace GrokVerify.Tests.Golden;

[Category("Fast")]
public class NumericCsvComparerTests
{
    private const string Header = "# tolerances: epoch=exact, norm=rel 0.125 + abs 0.5\nepoch,norm\n";

    /// <summary>Expected 8 allows 8 * 0.125 + 0.5 = 1.5, exactly representable.</summary>
    [TestCase("8", "9.5")]
    [TestCase("8", "6.5")]
    [TestCase("-8", "-9.5")]
    [TestCase("-8", "-6.5")]
    [TestCase("0", "0.5")]
    [TestCase("0", "-0.5")]
    [TestCase("8", "8.0")]
    [TestCase("Infinity", "Infinity")]
    public void A_cell_at_its_tolerance_agrees(string expected, string received) =>
        NumericCsvComparer.Explain(Header + "1," + received, Header + "1," + expected).Should().BeNull();

    [TestCase("8", "9.5000000001")]
    [TestCase("8", "6.4999999999")]
    [TestCase("-8", "-9.5000000001")]
    [TestCase("-8", "-6.4999999999")]
    [TestCase("8", "-8")]
    [TestCase("0", "0.5000000001")]
    [TestCase("8", "Infinity")]
    [TestCase("Infinity", "8")]
    [TestCase("Infinity", "-Infinity")]
    public void A_cell_beyond_its_tolerance_on_either_side_does_not(string expected, string received) =>
        NumericCsvComparer.Explain(Header + "1," + received, Header + "1," + expected).Should().Contain("1 cells outside their tolerance");

    [Test]
    public void The_message_is_a_table_of_the_rows_that_moved() =>
        NumericCsvComparer.Explain(Header + "50,8\n101,16\n150,2", Header + "50,8\n100,16\n150,4").Should().Be(
            """
            2 cells outside their tolerance:
            row  column  expected  received  absolute difference  relative difference  allowed
              2   epoch       100       101                    -                    -    exact
              3    norm         4         2                2e+00                5e-01    1e+00
            """.ReplaceLineEndings("\n"));

    [Test]
    public void A_long_table_is_cut_with_its_count()
    {
        string expected = Header + string.Join('\n', Enumerable.Range(0, 80).Select(i => $"{i},0"));
        string received = Header + string.Join('\n', Enumerable.Range(0, 80).Select(i => $"{i},9"));

        string message = NumericCsvComparer.Explain(received, expected)!;

        message.Should().StartWith("80 cells outside").And.EndWith("\n... and 30 more");
        message.Split('\n').Should().HaveCount(53);
    }

    [TestCase("1,8", "1,8\n2,8", "row count differs: expected 2, received 1")]
    [TestCase("1,8\n2,8", "1,8", "row count differs: expected 1, received 2")]
    public void A_missing_or_additional_row_is_a_failure(string received, string expected, string message) =>
        NumericCsvComparer.Explain(Header + received, Header + expected).Should().Be(message);

    [TestCase("# tolerances: epoch=exact\nepoch\n1")]
    [TestCase("# tolerances: epoch=exact, norm=rel 0.125 + abs 0.5, loss=exact\nepoch,norm,loss\n1,8,2")]
    [TestCase("# tolerances: epoch=exact, norm=rel 0.125 + abs 0.5\nnorm,epoch\n8,1")]
    public void A_missing_additional_or_moved_column_is_a_failure(string other)
    {
        NumericCsvComparer.Explain(other, Header + "1,8").Should().StartWith("columns differ: expected epoch,norm, received ");
        NumericCsvComparer.Explain(Header + "1,8", other).Should().StartWith("columns differ: ").And.EndWith("received epoch,norm");
    }

    [Test]
    public void Both_files_declare_the_same_tolerances() =>
        NumericCsvComparer.Explain(Header.Replace("0.125", "0.5", StringComparison.Ordinal) + "1,8", Header + "1,8").Should().Be(
            "tolerance of norm differs: verified rel 0.125 + abs 0.5, received rel 0.5 + abs 0.5");

    [Test]
    public void NaN_is_refused_unless_declared_and_then_equals_NaN_only()
    {
        string declared = Header.Replace("abs 0.5", "abs 0.5 or nan", StringComparison.Ordinal);

        NumericCsvComparer.Explain(Header + "1,NaN", Header + "1,8").Should().StartWith("the received file is no CSV with tolerances: row 1, column norm: NaN");
        NumericCsvComparer.Explain(Header + "1,8", Header + "1,NaN").Should().StartWith("the verified file is no CSV with tolerances: row 1, column norm: NaN");
        NumericCsvComparer.Explain(declared + "1,NaN", declared + "1,NaN").Should().BeNull();
        NumericCsvComparer.Explain(declared + "1,8", declared + "1,NaN").Should().Contain("1 cells outside");
        NumericCsvComparer.Explain(declared + "1,NaN", declared + "1,8").Should().Contain("1 cells outside");
    }

    [Test]
    public void Both_curves_are_laid_beside_each_other_for_the_attachment()
    {
        DifferenceAttachment.Render(Header + "50,8\n100,3", Header + "50,8\n100,4").Should().Be(
            "row,column,expected,received,difference\n1,norm,8,8,0\n2,norm,4,3,-1");
        DifferenceAttachment.Render("no table", Header + "50,8").Should().BeNull();
    }
}
