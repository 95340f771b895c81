using GrokVerify.Model;
using GrokVerify.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GrokVerify.Tests.Numerics;

[Category("Fast")]
public class LeftSingularVectorsTests
{
    /// <summary>Numbers of order 1, some tens of them in a sum, a dozen sweeps: 1e3 * 2^-53.</summary>
    private const double Rounding = 1e-12;

    [TestCase(1, 1)]
    [TestCase(5, 9)]
    [TestCase(9, 5)]
    [TestCase(40, 60)]
    public void Singular_values_and_approximations_are_those_of_MathNet(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns, new TorchRandom(rows).Normal(rows * columns));
        var oracle = Matrix<double>.Build.DenseOfRowMajor(rows, columns, matrix.Values).Svd();

        var vectors = LeftSingularVectors.Of(matrix);

        for (int i = 0; i < rows; i++)
        {
            vectors.Values[i].Should().BeApproximately(i < columns ? oracle.S[i] : 0, Rounding * oracle.S[0]);
        }

        for (int rank = 0; rank <= rows; rank++)
        {
            Matrix<double> expected = Matrix<double>.Build.Dense(rows, columns);
            for (int i = 0; i < Math.Min(rank, columns); i++)
            {
                expected += oracle.S[i] * oracle.U.Column(i).ToColumnMatrix() * oracle.VT.Row(i).ToRowMatrix();
            }

            ShouldEqual(vectors.Project(matrix, rank).Values, expected.ToRowMajorArray());
        }
    }

    [Test]
    public void A_matrix_of_rank_one_is_its_own_approximation_of_rank_one()
    {
        var matrix = new Matrix(3, 4, [.. new double[] { 1, -2, 2 }.SelectMany(row => new double[] { 0, 3, 4, 0 }.Select(column => row * column))]);

        var vectors = LeftSingularVectors.Of(matrix);

        vectors.Values[0].Should().BeApproximately(15, Rounding, "3 times 5");
        vectors.Values.Skip(1).Should().OnlyContain(value => value < Rounding);
        ShouldEqual(vectors.Project(matrix, 1).Values, matrix.Values);
        vectors.Project(matrix, 0).Values.Should().OnlyContain(value => value == 0);
    }

    /// <summary>A = F G has an approximation that differs from A in F alone: that is what biases between F and G ask for.</summary>
    [Test]
    public void A_product_is_approximated_in_its_left_factor()
    {
        var random = new TorchRandom(3);
        var left = new Matrix(8, 4, random.Normal(32));
        var right = new Matrix(4, 8, random.Normal(32));
        Matrix product = MatrixProduct.Multiply(left, right);

        var vectors = LeftSingularVectors.Of(product);

        ShouldEqual(MatrixProduct.Multiply(vectors.Project(left, 2), right).Values, vectors.Project(product, 2).Values);
        ShouldEqual(MatrixProduct.Multiply(vectors.Project(left, 4), right).Values, product.Values);
    }

    [Test]
    public void Zeros_have_no_directions()
    {
        var vectors = LeftSingularVectors.Of(new Matrix(3, 5));

        vectors.Values.Should().Equal(0, 0, 0);
        vectors.Project(new Matrix(3, 5), 2).Values.Should().OnlyContain(value => value == 0);
    }

    private static void ShouldEqual(double[] actual, double[] expected)
    {
        actual.Should().HaveSameCount(expected);
        actual.Zip(expected, (x, y) => Math.Abs(x - y)).Max().Should().BeLessThan(100 * Rounding);
    }
}
