using GrokVerify.Golden;
using GrokVerify.Model;

namespace GrokVerify.Tests.Model;

[Category("Fast")]
[Category("Golden")]
public class ParameterLayoutGolden
{
    /// <summary>Three correctly rounded operations (a square root, a division, and the printing) stay within 4 half-ulps of 2^-53.</summary>
    private const double StandardDeviationTolerance = 5e-16;

    [Test]
    public Task Of_the_mainline()
    {
        var layout = new ParameterLayout(new TransformerConfig());
        var csv = new NumericCsvWriter(
            ("name", ColumnTolerance.Exact),
            ("shape", ColumnTolerance.Exact),
            ("offset", ColumnTolerance.Exact),
            ("initial_standard_deviation", ColumnTolerance.Within(relative: StandardDeviationTolerance)));
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            csv.AddRow(tensor.Name, string.Join('x', tensor.Shape), tensor.Offset, tensor.InitialStandardDeviation);
        }

        return Verify(csv.ToString(), "csv");
    }
}
