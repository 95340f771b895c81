using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>What is done to the gradients of tensors before AdamW has them, by libtorch.</summary>
internal sealed class TorchGradientRules(TrainingConfig config, bool hasMean)
{
    private const double Least = 1e-30;

    /// <summary>Whether a run has any.</summary>
    public static bool Has(TrainingConfig config) => config.KeepZeros || config.Grokfast is not null || config.PerpendicularGradient;

    /// <summary>Whether there is a mean yet.</summary>
    public bool HasMean { get; private set; } = hasMean;

    /// <summary>To be told after all tensors of a step.</summary>
    public void EndStep() => HasMean = config.Grokfast is not null;

    /// <param name="isBias">Whether the tensor is a bias.</param>
    /// <param name="parameters">The tensor.</param>
    /// <param name="gradient">Its gradient, changed in place.</param>
    /// <param name="firstMoment">AdamW's m, changed in place.</param>
    /// <param name="secondMoment">AdamW's v, changed in place.</param>
    /// <param name="mean">Grokfast's mu, changed in place; null where the run has none.</param>
    public void Apply(bool isBias, Tensor parameters, Tensor gradient, Tensor firstMoment, Tensor secondMoment, Tensor? mean)
    {
        if (config.KeepZeros && !isBias)
        {
            // With moments of zero AdamW leaves a weight of zero alone.
            Tensor isFree = parameters.ne(TensorArithmetic.Zero).to(parameters.dtype);
            gradient.mul_(isFree);
            firstMoment.mul_(isFree);
            secondMoment.mul_(isFree);
            mean?.mul_(isFree);
        }

        if (config.Grokfast is Grokfast grokfast)
        {
            Amplify(grokfast, gradient, mean!);
        }

        if (config.PerpendicularGradient)
        {
            KeepPerpendicular(parameters, gradient);
        }
    }

    private void Amplify(Grokfast grokfast, Tensor gradient, Tensor mean)
    {
        using Scalar newInMean = (1 - grokfast.Alpha).ToScalar();
        using Scalar lambda = grokfast.Lambda.ToScalar();
        if (HasMean)
        {
            mean.MultiplyInPlace(grokfast.Alpha).add_(gradient, newInMean);
        }
        else
        {
            mean.copy_(gradient);
        }

        gradient.add_(mean, lambda);
    }

    private static void KeepPerpendicular(Tensor parameters, Tensor gradient)
    {
        Tensor w = parameters.to(ScalarType.Float64).flatten();
        Tensor g = gradient.to(ScalarType.Float64).flatten();
        Tensor part = w.dot(g).div_(w.dot(w).AddInPlace(Least));
        Tensor perpendicular = g.addcmul(w, part, TensorArithmetic.MinusOne);
        Tensor factor = g.dot(g).sqrt_().div_(perpendicular.dot(perpendicular).sqrt_().AddInPlace(Least));
        gradient.copy_(perpendicular.mul_(factor).view(gradient.shape));
    }
}
