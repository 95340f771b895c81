using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Model;

/// <summary>Arithmetic of tensors with numbers, in which a number lives until libtorch has read it.</summary>
/// <remarks>
/// TorchSharp 0.107 passes a <see cref="Scalar"/> by its address. One that came out of an implicit conversion belongs to nobody, so a garbage collection in between frees
/// it while libtorch reads: an error, or silently another number. Sums of two tensors do it, too, with their factor 1. BannedSymbols.txt keeps such members out.
/// </remarks>
internal static class TensorArithmetic
{
    public static readonly Scalar Zero = 0.ToScalar();
    public static readonly Scalar One = 1.ToScalar();
    public static readonly Scalar MinusOne = (-1).ToScalar();
    public static readonly Scalar NegativeInfinity = double.NegativeInfinity.ToScalar();

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    public static Tensor AddInPlace(this Tensor left, Tensor right) => left.add_(right, One);

    public static Tensor AddInPlace(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar();
        return left.add_(number, One);
    }

    public static Tensor MultiplyInPlace(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar();
        return left.mul_(number);
    }

    public static Tensor DividedBy(this Tensor left, double right)
    {
        using Scalar number = right.ToScalar();
        return left.div(number);
    }
}
