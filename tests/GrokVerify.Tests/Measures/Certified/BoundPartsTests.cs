using GrokVerify.ForwardPass;
using GrokVerify.Measures.Certified;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Measures.Certified;

/// <summary>The parts of the bound, each against its definition.</summary>
[Category("Fast")]
public class BoundPartsTests
{
    /// <summary>Of a diagonal turned by a rotation in rows and columns the largest singular value is the diagonal's; two that are equal cost 2^(1/8) at most.</summary>
    [TestCase(3, 1, 1)]
    [TestCase(3, 2.9, 1)]
    [TestCase(2, 2, 0)]
    [TestCase(1e-200, 1e-201, 0)]
    [TestCase(1e30, 1, 1)]
    public void No_singular_value_exceeds_the_bound(double first, double second, double third)
    {
        Matrix diagonal = new(3, 4, [first, 0, 0, 0, 0, second, 0, 0, 0, 0, third, 0]);
        Matrix turned = MatrixProduct.Multiply(MatrixProduct.Multiply(Rotation(3, 0.3), diagonal), Rotation(4, 1.1));

        SingularValue.UpperBound(turned).Should().BeInRange(first * (1 - 1e-14), first * 1.14);
    }

    [Test]
    public void A_matrix_of_zeros_has_none() => SingularValue.UpperBound(new Matrix(2, 3)).Should().Be(0);

    [Test]
    public void Differences_of_columns_have_their_norms_and_never_less()
    {
        Matrix matrix = new(40, 5, new TorchRandom(2).Normal(200));
        for (int row = 0; row < matrix.Rows; row++)
        {
            // A column that is nearly another one: what the products leave of the difference is rounding.
            matrix[row, 4] = matrix[row, 3] * (1 + 1e-12);
        }

        Matrix norms = ColumnDifferences.Norms(matrix, 10, 20);

        for (int y = 0; y < 5; y++)
        {
            for (int c = 0; c < 5; c++)
            {
                double exact = Math.Sqrt(Enumerable.Range(10, 20).Sum(row => Math.Pow(matrix[row, y] - matrix[row, c], 2)));
                norms[y, c].Should().BeInRange(exact, exact + 1e-5);
            }
        }
    }

    /// <summary>Two float64 evaluations in different orders differ by rounding alone. At four times the weights scores are 256 times as large, which the slack follows.</summary>
    [TestCase(1, 1e-5)]
    [TestCase(4, 1e-2)]
    public void Rounding_is_below_its_slack(float scale, double most)
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(11, 12, 3, 20);
        foreach (ref float value in weights.Values.AsSpan())
        {
            value *= scale;
        }

        Matrix logits = ModelActivations.Compute(weights).Logits;
        var naive = new NaiveForward(weights);
        double largest = 0;
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            naive.Run(pair / 11, pair % 11);
            largest = Math.Max(largest, Enumerable.Range(0, logits.Columns).Max(c => Math.Abs(logits[pair, c] - naive.Logits[c])));
        }

        largest.Should().BeGreaterThan(0);
        RoundingSlack.Of(weights).Should().BeInRange(2 * largest, most * MaxMagnitude(logits));
    }

    /// <summary>A step's large products are 2 * 3 * (d m + (d + m)(p + 1)) operations a pair, a third of them in the forward pass: 138,496 multiply-adds at p = 113, besides 384 for z and what the tables take.</summary>
    [Test]
    public void All_pairs_of_the_mainline_take_as_many_multiply_adds_as_a_steps_forward_pass()
    {
        double pairs = 113 * 113;

        (ForwardPassCost.ByProducts(new TransformerConfig()) / pairs).Should().BeInRange(138_496 + 384, 1.02 * (138_496 + 384));
        ForwardPassCost.ByHeads(new TransformerConfig()).Should().BeLessThan(ForwardPassCost.ByProducts(new TransformerConfig()));
        ForwardPassCost.ByHeads(new TransformerConfig { Heads = 32 }).Should().BeGreaterThan(ForwardPassCost.ByHeads(new TransformerConfig()));
    }

    [Test]
    public void The_symmetric_network_is_the_mean_of_both_orders_where_positions_make_no_difference()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 8, 2, 9);
        weights["W_pos"].Clear();
        var attention = new SymmetricAttention(weights);

        (OrderOffset given, OrderOffset swapped) = attention.Place(2, 5, new Matrix(2, 2), new double[8]);

        foreach (OrderOffset offset in new[] { given, swapped })
        {
            offset.Whole.Should().BeLessThan(1e-14);
            offset.Rest.Should().BeLessThan(1e-14);
        }
    }

    private static double MaxMagnitude(Matrix matrix) => matrix.Values.Max(Math.Abs);

    /// <summary>A turn by an angle in every plane of neighbouring axes, one after the other.</summary>
    private static Matrix Rotation(int size, double angle)
    {
        Matrix Identity() => new(size, size, [.. Enumerable.Range(0, size * size).Select(i => i % (size + 1) == 0 ? 1.0 : 0)]);
        Matrix product = Identity();
        for (int axis = 0; axis + 1 < size; axis++)
        {
            Matrix turn = Identity();
            (double sine, double cosine) = Math.SinCos(angle + axis);
            (turn[axis, axis], turn[axis, axis + 1], turn[axis + 1, axis], turn[axis + 1, axis + 1]) = (cosine, -sine, sine, cosine);
            product = MatrixProduct.Multiply(product, turn);
        }

        return product;
    }
}
