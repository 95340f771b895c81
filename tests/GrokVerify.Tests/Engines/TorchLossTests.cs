using GrokVerify.Engines;
using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Tests.Engines;

[Category("Fast")]
[NonParallelizable]
public class TorchLossTests
{
    private const int Classes = 114;

    /// <summary>
    /// At a gap g the loss is log(1 + 113 exp(-g)). The float32 gap is exact here; exp, a sum of 113 equal terms, and log1p each
    /// round by at most a few units of 6e-8; 2e-6 leaves room for libtorch's vector exp (2 ulp) and a sum of 113 terms.
    /// </summary>
    [TestCase(5)]
    [TestCase(20)]
    [TestCase(40)]
    [TestCase(80)]
    public void Exact_keeps_its_relative_precision_at_every_gap(double gap)
    {
        (double loss, double[] gradient) = Evaluate(gap, LossForm.Log1p, ScalarType.Float32);
        double wrong = 113 * Math.Exp(-gap);

        loss.Should().BeApproximately(LogOnePlus(wrong), 2e-6 * wrong);
        gradient[0].Should().BeApproximately(-wrong / (1 + wrong), 2e-6 * wrong);
        gradient[1].Should().BeApproximately(Math.Exp(-gap) / (1 + wrong), 2e-6 * Math.Exp(-gap));
    }

    [Test]
    public void Float32_collapses_where_Exact_and_Float64_do_not()
    {
        Evaluate(22, LossForm.Float32, ScalarType.Float32).Loss.Should().BeOneOf([0, 1.1920929E-07], "a float32 log-softmax knows only multiples of 1.2e-7");
        Evaluate(22, LossForm.Float64, ScalarType.Float32).Loss.Should().BeApproximately(113 * Math.Exp(-22), 1e-13);
        Evaluate(22, LossForm.Log1p, ScalarType.Float32).Loss.Should().BeApproximately(113 * Math.Exp(-22), 1e-13);
    }

    [TestCase(-5)]
    [TestCase(-90)]
    [TestCase(-400)]
    public void A_wrong_answer_however_sure_does_not_overflow(double gap)
    {
        (double loss, double[] gradient) = Evaluate(gap, LossForm.Log1p, ScalarType.Float32);

        // loss = |gap| + log(113 + exp(gap)); float32 rounds it to 6e-8 of itself, twice.
        loss.Should().BeApproximately(-gap + Math.Log(113 + Math.Exp(gap)), 2e-7 * loss);
        gradient[0].Should().BeApproximately(-113 / (113 + Math.Exp(gap)), 1e-6);
        gradient.Sum().Should().BeApproximately(0, 1e-5, "the gradient of a softmax sums to zero");
    }

    [Test]
    public void In_float64_Exact_is_the_log_softmax()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn(50, Classes, ScalarType.Float64, generator: new Generator(5)).MultiplyInPlace(6);
        Tensor labels = tensor([.. Enumerable.Range(0, 50).Select(label => (long)label)]);

        (Tensor exactLosses, Tensor exactGradient) = TorchLoss.Evaluate(logits, labels, LossForm.Log1p);
        (Tensor losses, Tensor gradient) = TorchLoss.Evaluate(logits, labels, LossForm.Float64);

        // Sums of 114 terms of magnitude 1 in float64: 114 * 1.1e-16, times the loss's own size of up to 40.
        (exactLosses - losses).abs().max().item<double>().Should().BeLessThan(1e-12);
        (exactGradient - gradient).abs().max().item<double>().Should().BeLessThan(1e-14);
    }

    [TestCase(LossForm.Log1p)]
    [TestCase(LossForm.Float64)]
    public void The_gradient_is_that_of_autograd(LossForm form)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn(50, Classes, ScalarType.Float64, generator: new Generator(7), requires_grad: true);
        Tensor labels = tensor([.. Enumerable.Range(0, 50).Select(label => (long)label)]);

        nn.functional.cross_entropy(logits, labels).backward();

        // Probabilities of at most 1/50 each, whose sum of 114 terms rounds to 114 * 1.1e-16.
        (TorchLoss.Evaluate(logits.detach(), labels, form).Gradient - logits.grad!).abs().max().item<double>().Should().BeLessThan(1e-15);
    }

    /// <summary>StableMax is the softmax of sign(l) ln(1 + |l|), a hundred of them here of either sign: derivatives of order 1 with an error of 1e-16, in a sum of 114 terms.</summary>
    [Test]
    public void The_gradient_of_StableMax_is_that_of_autograd()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = randn(50, Classes, ScalarType.Float64, generator: new Generator(7)).MultiplyInPlace(6).requires_grad_();
        Tensor labels = tensor([.. Enumerable.Range(0, 50).Select(label => (long)label)]);
        Tensor expected = nn.functional.cross_entropy(logits.sign().mul(logits.abs().log1p()), labels);
        expected.backward();

        (Tensor losses, Tensor gradient) = TorchLoss.Evaluate(logits.detach(), labels, LossForm.StableMax);

        losses.mean().item<double>().Should().BeApproximately(expected.item<double>(), 1e-13);
        (gradient - logits.grad!).abs().max().item<double>().Should().BeLessThan(1e-15);
    }

    private static (double Loss, double[] Gradient) Evaluate(double gap, LossForm precision, ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = zeros(1, Classes, type);
        logits[0, 0] = tensor(gap).to(type);
        (Tensor losses, Tensor gradient) = TorchLoss.Evaluate(logits, tensor(new[] { 0L }), precision);
        return (losses.to(ScalarType.Float64).item<double>(), [.. gradient.to(ScalarType.Float64).data<double>()]);
    }

    /// <summary>log(1 + x) to full precision for the x of these tests, by its series where 1 + x would round.</summary>
    private static double LogOnePlus(double x) => x < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x);
}
