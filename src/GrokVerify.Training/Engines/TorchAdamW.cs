using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>AdamW over one tensor of parameters: decoupled decay first, then the bias-corrected step.</summary>
/// <remarks>
/// theta *= 1 - lr wd; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2;
/// theta -= lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps), t = step + 1.
/// Source: I. Loshchilov, F. Hutter, "Decoupled weight decay regularization" (2019), as PyTorch orders it.
/// </remarks>
internal sealed class TorchAdamW(TrainingConfig config, Tensor firstMoment, Tensor secondMoment)
{
    public Tensor FirstMoment { get; } = firstMoment;

    public Tensor SecondMoment { get; } = secondMoment;

    /// <summary>Changes the parameters in place.</summary>
    /// <param name="parameters">Of any shape.</param>
    /// <param name="gradient">Of the shape of the parameters.</param>
    /// <param name="step">Steps done before this one.</param>
    public void Step(Tensor parameters, Tensor gradient, long step)
    {
        double rate = config.LearningRateAt(step);
        double correction1 = 1 - Math.Pow(config.Beta1, step + 1);
        double correction2 = 1 - Math.Pow(config.Beta2, step + 1);
        using Scalar newInFirst = (1 - config.Beta1).ToScalar();
        using Scalar newInSecond = (1 - config.Beta2).ToScalar();
        using Scalar way = (-rate / correction1).ToScalar();
        FirstMoment.MultiplyInPlace(config.Beta1).add_(gradient, newInFirst);
        SecondMoment.MultiplyInPlace(config.Beta2).addcmul_(gradient, gradient, newInSecond);
        Tensor denominator = SecondMoment.sqrt().MultiplyInPlace(1 / Math.Sqrt(correction2)).AddInPlace(config.Epsilon);
        parameters.MultiplyInPlace(1 - (rate * config.WeightDecay)).addcdiv_(FirstMoment, denominator, way);
    }
}
