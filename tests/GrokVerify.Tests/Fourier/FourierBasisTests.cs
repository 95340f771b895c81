using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Numerics;

namespace GrokVerify.Tests.Fourier;

[Category("Fast")]
public class FourierBasisTests
{
    /// <summary>Each product is a sum of at most 257 terms that add up to at most 1 in absolute value times 2: 257 * 2^-53 * 2 = 6e-14.</summary>
    private const double Rounding = 1e-12;

    [TestCase(5)]
    [TestCase(7)]
    [TestCase(53)]
    [TestCase(113)]
    [TestCase(257)]
    public void Its_rows_are_orthonormal(int prime)
    {
        var basis = new FourierBasis(prime);

        Matrix gram = basis.Transform(basis.Rows.Transpose());

        for (int row = 0; row < prime; row++)
        {
            for (int column = 0; column < prime; column++)
            {
                gram[row, column].Should().BeApproximately(row == column ? 1 : 0, Rounding);
            }
        }
    }

    [Test]
    public void Its_rows_are_the_constant_then_cosine_and_sine_of_each_frequency()
    {
        var basis = new FourierBasis(7);

        for (int j = 0; j < 7; j++)
        {
            basis.Rows[0, j].Should().BeApproximately(1 / Math.Sqrt(7), Rounding);
            for (int k = 1; k <= 3; k++)
            {
                basis.Rows[(2 * k) - 1, j].Should().BeApproximately(Math.Cos(2 * Math.PI * k * j / 7) * Math.Sqrt(2.0 / 7), Rounding);
                basis.Rows[2 * k, j].Should().BeApproximately(Math.Sin(2 * Math.PI * k * j / 7) * Math.Sqrt(2.0 / 7), Rounding);
            }
        }
    }

    [Test]
    public void Angles_are_reduced_modulo_p_for_negative_numbers_too()
    {
        var basis = new FourierBasis(11);

        basis.Cosine(3, -4).Should().Be(basis.Cosine(3, 7));
        basis.Sine(5, -13).Should().Be(basis.Sine(5, 9));
        basis.Sine(2, 4).Should().BeApproximately(-basis.Sine(2, -4), Rounding);
    }

    /// <summary>One chain of fused multiply-adds for each element, so that threads and vector width cannot matter: equal to the bit.</summary>
    [Test]
    public void A_transform_equals_a_scalar_chain_of_fused_multiply_adds_to_the_bit()
    {
        var basis = new FourierBasis(101);
        var matrix = new Matrix(101, 37, new TorchRandom(1).Normal(101 * 37));

        Matrix product = basis.Transform(matrix);

        for (int row = 0; row < 101; row++)
        {
            for (int column = 0; column < 37; column++)
            {
                double chain = 0;
                for (int k = 0; k < 101; k++)
                {
                    chain = Math.FusedMultiplyAdd(matrix[k, column], basis.Rows[row, k], chain);
                }

                product[row, column].Should().Be(chain);
            }
        }
    }

    [TestCase(114, "p = 114 is even*")]
    [TestCase(15, "p = 15 is not prime*")]
    [TestCase(3, "p = 3 is out of range*")]
    public void A_modulus_without_a_basis_is_refused(int prime, string message)
    {
        Action make = () => _ = new FourierBasis(prime);

        make.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
