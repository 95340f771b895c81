using System.Numerics;
using System.Runtime.Intrinsics;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Numerics;

/// <summary>Every product is held to the bit against one chain of fused multiply-adds for each element, k ascending.</summary>
[Category("Fast")]
public class MatrixProductTests
{
    private static readonly int[] VectorLanes = [Vector<double>.Count, Vector512<double>.Count];

    /// <summary>Below, at and past the sizes of tiles (4 rows, 3 vectors), of blocks of k (128) and of rows (64).</summary>
    private static readonly (int Rows, int Depth, int Columns)[] Shapes =
        [(1, 1, 1), (2, 3, 5), (4, 128, 24), (7, 129, 25), (3, 127, 11), (33, 257, 114), (67, 5, 13)];

    [Test]
    public void Neither_vector_width_nor_shape_changes_a_bit(
        [ValueSource(nameof(Shapes))] (int Rows, int Depth, int Columns) shape, [ValueSource(nameof(VectorLanes))] int lanes)
    {
        Matrix left = Random(shape.Rows, shape.Depth, 1);
        Matrix right = Random(shape.Depth, shape.Columns, 2);
        Matrix result = Random(shape.Rows, shape.Columns, 3);
        double[] expected = Chains(left, right, result.Values);

        MatrixProduct.Accumulate(left.Values, new ColumnPanels(right, lanes), result.Values);

        result.Values.Should().Equal(expected);
    }

    [TestCase(63)]
    [TestCase(64)]
    [TestCase(200)]
    public void Nor_do_threads(int rows)
    {
        Matrix left = Random(rows, 130, 4);
        Matrix right = Random(130, 31, 5);

        MatrixProduct.Multiply(left, right).Values.Should().Equal(Chains(left, right, new double[rows * 31]));
    }

    [Test]
    public void A_vector_is_multiplied_as_a_row_of_a_matrix_is()
    {
        Matrix left = Random(1, 150, 6);
        Matrix right = Random(150, 29, 7);

        MatrixProduct.Multiply(left.Row(0), right).Should().Equal(MatrixProduct.Multiply(left, right).Values);
    }

    [TestCase(1)]
    [TestCase(8)]
    [TestCase(29)]
    public void Three_rows_are_added_one_after_the_other(int columns)
    {
        Matrix sources = Random(3, columns, 8);
        double[] factors = [0.3, -1.7, 2.9];
        Matrix target = Random(1, columns, 9);
        double[] expected = Chains(new Matrix(1, 3, factors), sources, target.Values);

        MatrixProduct.AddScaled(factors, sources.Row(0), sources.Row(1), sources.Row(2), target.Row(0));

        target.Values.Should().Equal(expected);
    }

    [Test]
    public void A_product_over_nothing_is_zero_and_a_product_without_columns_is_empty()
    {
        MatrixProduct.Multiply(new Matrix(5, 0), new Matrix(0, 3)).Values.Should().Equal(new double[15]);
        MatrixProduct.Multiply(new Matrix(5, 3), new Matrix(3, 0)).Values.Should().BeEmpty();
    }

    private static double[] Chains(Matrix left, Matrix right, double[] start)
    {
        double[] result = [.. start];
        for (int i = 0; i < left.Rows; i++)
        {
            for (int j = 0; j < right.Columns; j++)
            {
                for (int k = 0; k < left.Columns; k++)
                {
                    ref double element = ref result[(i * right.Columns) + j];
                    element = Math.FusedMultiplyAdd(left[i, k], right[k, j], element);
                }
            }
        }

        return result;
    }

    /// <summary>Normal numbers, a third of them zero as after a ReLU.</summary>
    private static Matrix Random(int rows, int columns, long seed)
    {
        return new Matrix(rows, columns, [.. new TorchRandom(seed).Normal(rows * columns).Select((value, i) => i % 3 == 1 ? 0 : value)]);
    }
}
