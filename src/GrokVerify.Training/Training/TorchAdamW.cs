using static TorchSharp.torch;

namespace GrokVerify.Training;

/// <summary>AdamW over one flat parameter buffer: decoupled decay first, then the bias-corrected step.</summary>
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
    /// <param name="parameters">[parameter count].</param>
    /// <param name="gradient">[parameter count].</param>
    /// <param name="step">Steps done before this one.</param>
    public void Step(Tensor parameters, Tensor gradient, long step)
    {
        double rate = config.LearningRateAt(step);
        double correction1 = 1 - Math.Pow(config.Beta1, step + 1);
        double correction2 = 1 - Math.Pow(config.Beta2, step + 1);
        FirstMoment.mul_(config.Beta1).add_(gradient, 1 - config.Beta1);
        SecondMoment.mul_(config.Beta2).addcmul_(gradient, gradient, 1 - config.Beta2);
        Tensor denominator = SecondMoment.sqrt().mul_(1 / Math.Sqrt(correction2)).add_(config.Epsilon);
        parameters.mul_(1 - (rate * config.WeightDecay)).addcdiv_(FirstMoment, denominator, -rate / correction1);
    }
}
