using System.Globalization;
using GrokVerify.Golden;

namespace GrokVerify.Tests.Golden;

[Category("Fast")]
public class NumericCsvTests
{
    [Test]
    public void A_written_table_reads_back_to_the_bit()
    {
        double[] values = [0.1, -1d / 3, double.Epsilon, double.MaxValue, 1e-320, -0.0, double.PositiveInfinity];
        var writer = new NumericCsvWriter(("name", ColumnTolerance.Exact), ("value", ColumnTolerance.Within(relative: 1e-12)));
        foreach (double value in values)
        {
            writer.AddRow("[2, 3], \"q\"", value);
        }

        NumericCsv csv = NumericCsv.Parse(writer.ToString());

        csv.Rows.Select(row => BitConverter.DoubleToInt64Bits(NumericCsv.Number(row[1])))
            .Should().Equal(values.Select(BitConverter.DoubleToInt64Bits));
        csv.Rows.Should().OnlyContain(row => row[0] == "[2, 3], \"q\"");
    }

    [Test]
    public void The_form_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            var writer = new NumericCsvWriter(("epoch", ColumnTolerance.Exact), ("loss", ColumnTolerance.Within(1e-5, 1e-7).OrNaN()));
            writer.AddRow(50, 0.5);
            writer.AddRow(100L, float.NaN);

            writer.ToString().Should().Be("# tolerances: epoch=exact, loss=rel 1e-05 + abs 1e-07 or nan\nepoch,loss\n50,0.5\n100,NaN");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase("epoch,norm\n1,2", "line 1 is 'epoch,norm'*")]
    [TestCase("# tolerances: epoch=tight\nepoch\n1", "line 1 declares 'epoch=tight'*")]
    [TestCase("# tolerances: epoch=exact, epoch=exact\nepoch\n1", "line 1 declares column epoch twice")]
    [TestCase("# tolerances: epoch=exact", "line 2 is missing*")]
    [TestCase("# tolerances: epoch=exact\nepoch,norm\n1,2", "*without a tolerance ?norm?, declared but absent ??")]
    [TestCase("# tolerances: epoch=exact, norm=abs 1\nepoch\n1", "*without a tolerance ??, declared but absent ?norm?")]
    [TestCase("# tolerances: epoch=exact\nepoch,epoch\n1,1", "line 2 names a column twice*")]
    [TestCase("# tolerances: epoch=exact, norm=abs 1\nepoch,norm\n1,2\n2", "row 2 has 1 cells*")]
    [TestCase("# tolerances: epoch=exact, norm=abs 1\nepoch,norm\n1,2\n\n2,3", "row 2 has 1 cells*")]
    [TestCase("# tolerances: norm=abs 1\nnorm\nlarge", "row 1, column norm: 'large' is not a number*")]
    [TestCase("# tolerances: norm=abs 1\nnorm\n1\nNaN", "row 2, column norm: NaN is not declared*")]
    [TestCase("# tolerances: epoch=exact\nepoch\n\"1", "*")]
    public void A_malformed_file_is_refused_with_the_place(string text, string message) =>
        ((Action)(() => NumericCsv.Parse(text))).Should().Throw<FormatException>().WithMessage(message);

    [Test]
    public void A_NaN_is_not_written_unless_declared()
    {
        var writer = new NumericCsvWriter(("norm", ColumnTolerance.Within(absolute: 1)));
        writer.AddRow(double.NaN);

        ((Action)(() => writer.ToString())).Should().Throw<FormatException>().WithMessage("row 1, column norm: NaN is not declared*");
    }

    [Test]
    public void A_row_of_another_length_and_a_value_without_a_written_form_are_refused()
    {
        var writer = new NumericCsvWriter(("norm", ColumnTolerance.Within(absolute: 1)));

        ((Action)(() => writer.AddRow(1, 2))).Should().Throw<ArgumentException>().WithMessage("row 1 has 2 cells*");
        ((Action)(() => writer.AddRow(DateTime.UnixEpoch))).Should().Throw<ArgumentException>().WithMessage("*DateTime*");
        ((Action)(() => _ = new NumericCsvWriter(("a,b", ColumnTolerance.Exact)))).Should().Throw<ArgumentException>();
    }
}
