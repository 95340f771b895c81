using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>What is done to the gradient of a tensor before AdamW has it, by libtorch.</summary>
internal static class TorchGradientRules
{
    /// <summary>Whether a run has any.</summary>
    public static bool Has(TrainingConfig config) => config.KeepZeros;

    /// <param name="config">The run.</param>
    /// <param name="isBias">Whether the tensor is a bias.</param>
    /// <param name="parameters">The tensor.</param>
    /// <param name="gradient">Its gradient, changed in place.</param>
    /// <param name="firstMoment">AdamW's m.</param>
    /// <param name="secondMoment">AdamW's v.</param>
    public static void Apply(TrainingConfig config, bool isBias, Tensor parameters, Tensor gradient, Tensor firstMoment, Tensor secondMoment)
    {
        if (config.KeepZeros && !isBias)
        {
            // With moments of zero AdamW leaves a weight of zero alone.
            Tensor isFree = parameters.ne(Model.TensorArithmetic.Zero).to(parameters.dtype);
            gradient.mul_(isFree);
            firstMoment.mul_(isFree);
            secondMoment.mul_(isFree);
        }
    }
}
