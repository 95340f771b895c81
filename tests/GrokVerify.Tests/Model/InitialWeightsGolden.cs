using GrokVerify.Golden;
using GrokVerify.Model;

namespace GrokVerify.Tests.Model;

/// <summary>The starting point of every run: the same bits on every machine, so the hashes are exact.</summary>
[Category("Fast")]
[Category("Golden")]
public class InitialWeightsGolden
{
    [Test]
    public Task Of_the_mainline_for_seeds_0_to_3()
    {
        var csv = new NumericCsvWriter(("seed", ColumnTolerance.Exact), ("sha256", ColumnTolerance.Exact));
        for (int seed = 0; seed < 4; seed++)
        {
            csv.AddRow(seed, WeightInitializer.Initialize(new TransformerConfig(), seed).Sha256());
        }

        return Verify(csv.ToString(), "csv");
    }
}
