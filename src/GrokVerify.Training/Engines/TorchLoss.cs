using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>Cross-entropy of each row and its gradient with respect to the logits, in the forms of <see cref="LossForm"/>.</summary>
internal static class TorchLoss
{
    /// <summary>The logits of the classes; that of "=", the last, is none of them where there are p.</summary>
    /// <param name="logits">[rows, d_vocab].</param>
    /// <param name="config">The run.</param>
    public static Tensor OfClasses(Tensor logits, TrainingConfig config) => logits.narrow(1, 0, config.Classes);

    /// <summary>The loss of a run. What is no class has no gradient.</summary>
    /// <param name="logits">[rows, d_vocab].</param>
    /// <param name="labels">Int64 [rows].</param>
    /// <param name="config">The run.</param>
    /// <inheritdoc cref="Evaluate(Tensor, Tensor, LossForm)" path="/returns"/>
    public static (Tensor Losses, Tensor Gradient) Evaluate(Tensor logits, Tensor labels, TrainingConfig config)
    {
        (Tensor losses, Tensor gradient) = Evaluate(OfClasses(logits, config), labels, config.LossForm);
        return (losses, WithNoClass(gradient, logits, config));
    }

    /// <param name="logits">[rows, classes], float32 or float64.</param>
    /// <param name="labels">Int64 [rows].</param>
    /// <param name="form">How to compute it.</param>
    /// <returns>Losses [rows]; and the gradient of the MEAN loss, in shape and type of the logits, zero below <see cref="GradientFloor"/>.</returns>
    public static (Tensor Losses, Tensor Gradient) Evaluate(Tensor logits, Tensor labels, LossForm form) => form switch
    {
        LossForm.Log1p => Log1p(logits, labels),
        LossForm.Float64 => LogSoftmax(logits, labels, ScalarType.Float64),
        LossForm.Float32 => LogSoftmax(logits, labels, ScalarType.Float32),
        LossForm.StableMax => StableMax(logits, labels),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "unknown form of the loss"),
    };

    /// <summary>What a teacher says of the train pairs.</summary>
    /// <returns>[pairs, classes] in float64; null where the run has none. The caller's.</returns>
    public static Tensor? Targets(TrainingConfig config, TransformerWeights? teacher, ReadOnlySpan<int> train, Device device)
    {
        if (config.Teacher is null)
        {
            return null;
        }

        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var transformer = new Transformer(teacher!, ScalarType.Float64, device);
        Tensor logits = transformer.Forward(transformer.Tokens(train), TransformerConfig.ReadoutPosition).Logits.select(1, -1); // [pairs, d_vocab]
        return OfClasses(logits, config).softmax(1).DetachFromDisposeScope();
    }

    /// <summary>The gradient of the mean loss over the train pairs: against the teacher where there are targets, else against the labels.</summary>
    /// <param name="logits">[pairs, d_vocab].</param>
    /// <param name="labels">Int64 [pairs].</param>
    /// <param name="targets">[pairs, classes] in float64, or null.</param>
    /// <param name="config">The run.</param>
    public static Tensor TrainGradient(Tensor logits, Tensor labels, Tensor? targets, TrainingConfig config)
    {
        if (targets is null)
        {
            return Evaluate(logits, labels, config).Gradient;
        }

        Tensor gradient = OfClasses(logits, config).to(ScalarType.Float64).softmax(1).add_(targets, TensorArithmetic.MinusOne).DividedBy(logits.shape[0]); // [pairs, classes]
        return WithNoClass(WithFloor(gradient.to(logits.dtype)), logits, config);
    }

    /// <summary>
    /// With d_j = l_j - l_y, s = max(0, max d_j) and S = sum over j != y of exp(d_j - s):
    /// loss = s + log1p(S + expm1(-s)); gradient exp(d_j - s) / (exp(-s) + S), and -S / (exp(-s) + S) at the label.
    /// No term cancels, so each keeps the relative precision of its type at any gap.
    /// </summary>
    private static (Tensor Losses, Tensor Gradient) Log1p(Tensor logits, Tensor labels)
    {
        Tensor column = labels.unsqueeze(1); // [rows, 1]
        Tensor gaps = logits - logits.gather(1, column); // [rows, d_vocab]
        gaps.scatter_(1, column, full_like(column, TensorArithmetic.NegativeInfinity, gaps.dtype));
        Tensor shift = gaps.amax([1], keepdim: true).clamp_min(TensorArithmetic.Zero); // [rows, 1]
        Tensor wrong = gaps.sub_(shift).exp_(); // [rows, d_vocab], 0 at the label
        Tensor wrongSum = wrong.sum(1L, keepdim: true); // [rows, 1]
        Tensor losses = shift.Plus(wrongSum.Plus((-shift).expm1()).log1p()); // [rows, 1]

        Tensor scale = (-shift).exp().Plus(wrongSum).MultiplyInPlace(logits.shape[0]).reciprocal_(); // [rows, 1]
        Tensor gradient = wrong.scatter_(1, column, -wrongSum).mul_(scale);
        return (losses.squeeze(1), WithFloor(gradient));
    }

    private static (Tensor Losses, Tensor Gradient) LogSoftmax(Tensor logits, Tensor labels, ScalarType type)
    {
        Tensor column = labels.unsqueeze(1); // [rows, 1]
        Tensor logProbabilities = nn.functional.log_softmax(logits.to(type), 1); // [rows, d_vocab]
        Tensor losses = -logProbabilities.gather(1, column).squeeze(1); // [rows]
        Tensor gradient = logProbabilities.exp();
        gradient.scatter_add_(1, column, full_like(column, TensorArithmetic.MinusOne, type));
        return (losses, WithFloor(gradient.DividedBy(logits.shape[0]).to(logits.dtype)));
    }

    /// <summary>
    /// In float64. With r = 1 / (1 + max(-l, 0)) s(l) is max(l, 0) + r and its slope r^2. R is the sum of s over the wrong classes, S over all:
    /// loss = log1p(R / s_y); gradient r^2 / S, and -r^2 R / (s_y S) at the label.
    /// </summary>
    private static (Tensor Losses, Tensor Gradient) StableMax(Tensor logits, Tensor labels)
    {
        Tensor column = labels.unsqueeze(1); // [rows, 1]
        Tensor wide = logits.to(ScalarType.Float64); // [rows, d_vocab]
        Tensor low = (-wide).relu_().AddInPlace(1).reciprocal_(); // [rows, d_vocab]: r
        Tensor all = wide.relu().AddInPlace(low); // [rows, d_vocab]: s
        Tensor ofLabel = all.gather(1, column); // [rows, 1]
        all.scatter_(1, column, full_like(column, TensorArithmetic.Zero, ScalarType.Float64));
        Tensor wrong = all.sum(1L, keepdim: true); // [rows, 1]
        Tensor odds = wrong.div(ofLabel); // [rows, 1]

        Tensor gradient = low.mul(low); // [rows, d_vocab]
        gradient.scatter_(1, column, -gradient.gather(1, column).mul_(odds)).div_(ofLabel.Plus(wrong));
        return (odds.log1p().squeeze(1), WithFloor(gradient.DividedBy(logits.shape[0]).to(logits.dtype)));
    }

    private static Tensor WithNoClass(Tensor gradient, Tensor logits, TrainingConfig config) =>
        config.EqualsIsNoClass ? cat([gradient, zeros_like(logits.narrow(1, config.Classes, 1))], 1) : gradient;

    private static Tensor WithFloor(Tensor gradient) => nn.functional.hardshrink(gradient, GradientFloor.Least);
}
