using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Golden;

namespace GrokVerify.Tests.ClaimRules;

/// <summary>The numbers of others that claims compare with are those of the tables that they were read into.</summary>
[Category("Fast")]
public class PublishedTablesTests
{
    [Test]
    public void Figure_7_is_as_it_was_read()
    {
        string path = Path.Combine(ReferenceData.Folder, "mainline-figure7.csv");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);
        double[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

        PublishedFigure7.Points.Select(point => (double[])[point.Epoch, point.TestLoss, point.RestrictedLoss, point.ExcludedLoss, point.TestAccuracy, point.SumSquaredWeights])
            .Should().BeEquivalentTo(rows.Where(row => row[0] > 0).Select(row => (double[])[row[0], row[2], row[3], row[4], row[5], row[8]]), options => options.WithStrictOrdering());
    }

    [Test]
    public void The_authors_seeds_are_those_of_the_reference_table()
    {
        string text = Reference();
        string declaration = string.Join(", ", text.Split('\n')[0].Split(',').Select(column => $"{column}=exact"));
        var table = NumericCsv.Parse($"{NumericCsv.Declaration}{declaration}\n{text}");

        foreach ((long seed, AuthorsCodeSeeds expected) in AuthorsCodeSeeds.BySeed)
        {
            string[] row = table.Rows.Single(row => row[0] == seed.ToString(CultureInfo.InvariantCulture) && row[1] == "float32, loss in float64");
            string.Join(' ', expected.KeyFrequencies).Should().Be(row[2]);
            row[5].Should().Be(expected.Memorized.ToString(CultureInfo.InvariantCulture));
            row[7].Should().Be(expected.Generalized.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public void The_reference_table_is_the_one_that_was_measured()
    {
        string path = Path.Combine(ReferenceData.Folder, "authors-code-seeds.csv");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);

        Reference().Should().Be(File.ReadAllText(path));
    }

    private static string Reference() => File.ReadAllText(Path.Combine(GoldenFolder.OfThisRepository.Path, "reference", "authors-code-seeds.csv"));
}
