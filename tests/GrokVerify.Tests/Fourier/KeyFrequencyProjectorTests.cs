using GrokVerify.Fourier;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class KeyFrequencyProjectorTests
{
    private const int Prime = 7;
    private static readonly FourierBasis Basis = new(Prime);
    private static readonly KeyFrequencyProjector Projector = new(Basis, [1, 3]);

    /// <summary>Sums of 49 terms of order 1 to 10, a few times over: 49 * 10 * 2^-53 * 10 = 5e-13.</summary>
    private const double Rounding = 1e-12;

    [Test]
    public void It_is_the_projector_on_the_sum_directions_of_the_paper()
    {
        Matrix values = Logits.Random(Prime, 4, 1);
        var expected = new Matrix(49, 4);
        foreach (int k in new[] { 1, 3 })
        {
            foreach (double[] direction in SumDirections(k))
            {
                direction.Sum(x => x * x).Should().BeApproximately(1, Rounding);
                for (int column = 0; column < 4; column++)
                {
                    double coefficient = Enumerable.Range(0, 49).Sum(pair => direction[pair] * values[pair, column]);
                    for (int pair = 0; pair < 49; pair++)
                    {
                        expected[pair, column] += coefficient * direction[pair];
                    }
                }
            }
        }

        ShouldEqual(Project(values), expected);
    }

    [Test]
    public void It_is_idempotent()
    {
        Matrix once = Project(Logits.Random(Prime, 5, 2));

        ShouldEqual(Project(once), once);
    }

    [Test]
    public void Its_trace_is_twice_the_number_of_frequencies()
    {
        var identity = new Matrix(49, 49);
        for (int i = 0; i < 49; i++)
        {
            identity[i, i] = 1;
        }

        Matrix projector = Project(identity);

        Enumerable.Range(0, 49).Sum(i => projector[i, i]).Should().BeApproximately(4, Rounding);
    }

    [Test]
    public void It_commutes_with_a_linear_map_of_the_logits()
    {
        Matrix values = Logits.Random(Prime, 5, 3);
        Matrix map = new(5, 3, Logits.Random(Prime, 5, 4).Values[..15]);

        ShouldEqual(Project(Apply(values, map)), Apply(Project(values), map));
    }

    [Test]
    public void It_kills_the_constant_so_that_the_mean_over_pairs_has_to_be_added_back()
    {
        Project(Logits.Of(Prime, (_, _, c) => c + 1)).Values.Should().OnlyContain(value => Math.Abs(value) < Rounding);

        // The mean over pairs is the (0, 0) component: its coefficient is p times the mean, its basis vector 1/p everywhere.
        Matrix values = Logits.Random(Prime, 2, 6);
        Matrix overFirst = Basis.Transform(new Matrix(Prime, Prime * 2, values.Values));
        Matrix transformed = Basis.Transform(new Matrix(Prime, 2, overFirst.Row(0).ToArray()));
        double[] mean = new PairGridSums(Prime, values, 2).Mean;
        (transformed[0, 0] / Prime).Should().BeApproximately(mean[0], Rounding);
        (transformed[0, 1] / Prime).Should().BeApproximately(mean[1], Rounding);
    }

    [TestCase(new[] { 0 }, "frequency 0 is out of range*")]
    [TestCase(new[] { 4 }, "frequency 4 is out of range: for p = 7 give one from 1 to 3*")]
    [TestCase(new[] { 2, 2 }, "a frequency stands twice*")]
    public void Frequencies_that_do_not_exist_are_refused(int[] frequencies, string message)
    {
        Action make = () => _ = new KeyFrequencyProjector(Basis, frequencies);

        make.Should().Throw<ArgumentException>().WithMessage(message);
    }

    /// <summary>The projection, a row for each pair.</summary>
    private static Matrix Project(Matrix values)
    {
        Matrix bySum = Projector.ProjectBySum(new PairGridSums(Prime, values, values.Columns));
        return new Matrix(49, values.Columns, [.. Enumerable.Range(0, 49).SelectMany(pair => bySum.Row(((pair / 7) + (pair % 7)) % 7).ToArray())]);
    }

    private static IEnumerable<double[]> SumDirections(int k)
    {
        double Row(int row, int j) => Basis.Rows[row, j];
        int cos = (2 * k) - 1;
        int sin = 2 * k;
        yield return [.. Enumerable.Range(0, 49).Select(i => ((Row(cos, i / 7) * Row(cos, i % 7)) - (Row(sin, i / 7) * Row(sin, i % 7))) / Math.Sqrt(2))];
        yield return [.. Enumerable.Range(0, 49).Select(i => ((Row(sin, i / 7) * Row(cos, i % 7)) + (Row(cos, i / 7) * Row(sin, i % 7))) / Math.Sqrt(2))];
    }

    private static Matrix Apply(Matrix values, Matrix map)
    {
        var result = new Matrix(values.Rows, map.Columns);
        for (int row = 0; row < values.Rows; row++)
        {
            for (int column = 0; column < map.Columns; column++)
            {
                result[row, column] = Enumerable.Range(0, map.Rows).Sum(i => values[row, i] * map[i, column]);
            }
        }

        return result;
    }

    private static void ShouldEqual(Matrix actual, Matrix expected) =>
        actual.Values.Should().Equal(expected.Values, (left, right) => Math.Abs(left - right) < Rounding);
}
