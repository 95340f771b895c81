using System.Runtime.Intrinsics;
using GrokVerify.Exact.Loss;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Tests.Exact;

[Category("Fast")]
public class ExactLossTests
{
    private const int Classes = 114;

    /// <summary>
    /// At a gap g the loss is log(1 + 113 exp(-g)). The gap is exact; exp is off by 1 ulp = 1.2e-7, the sum of at most 8 terms in each of sixteen
    /// lanes and four levels of a tree by at most 11 roundings of 6e-8, the quotient by 3 more: 1e-6.
    /// </summary>
    private const double Bound = 1e-6;

    /// <summary>The matrices that are handed out lie in these.</summary>
    private static readonly List<PinnedMemory> Kept = [];

    [TestCase(5)]
    [TestCase(20)]
    [TestCase(40)]
    [TestCase(80)]
    public void The_exact_form_keeps_its_relative_precision_at_every_gap(double gap)
    {
        (double loss, PanelMatrix gradient) = Evaluate(gap, LossForm.Log1p);
        double wrong = 113 * Math.Exp(-gap);

        loss.Should().BeApproximately(wrong < 1e-4 ? wrong - (wrong * wrong / 2) : Math.Log(1 + wrong), Bound * wrong);
        ((double)gradient[0, 3]).Should().BeApproximately(-wrong / (1 + wrong), Bound * wrong);
        ((double)gradient[0, 0]).Should().BeApproximately(Math.Exp(-gap) / (1 + wrong), Bound * Math.Exp(-gap));
        ((double)gradient[0, Classes - 1]).Should().BeApproximately(Math.Exp(-gap) / (1 + wrong), Bound * Math.Exp(-gap));
    }

    [TestCase(-5)]
    [TestCase(-90)]
    [TestCase(-400)]
    public void A_wrong_answer_however_sure_does_not_overflow(double gap)
    {
        (double loss, PanelMatrix gradient) = Evaluate(gap, LossForm.Log1p);

        loss.Should().BeApproximately(-gap + Math.Log(113 + Math.Exp(gap)), Bound * loss);
        ((double)gradient[0, 3]).Should().BeApproximately(-113 / (113 + Math.Exp(gap)), Bound);
        Enumerable.Range(0, Classes).Sum(c => (double)gradient[0, c]).Should().BeApproximately(0, 1e-5, "the gradient of a softmax sums to zero");
    }

    /// <summary>A float32 loss near 1 can only be a multiple of 2^-24 away from it or of 2^-23: at a gap of 22 nothing, or 1.2e-7, is left of 3.2e-8.</summary>
    [Test]
    public void The_float32_form_collapses_where_the_others_do_not()
    {
        Evaluate(22, LossForm.Float32).Loss.Should().BeOneOf(0, 1.1920928955078125E-07);
        Evaluate(22, LossForm.Float64).Loss.Should().BeApproximately(113 * Math.Exp(-22), 1e-13);
        Evaluate(22, LossForm.Log1p).Loss.Should().BeApproximately(113 * Math.Exp(-22), 1e-13);
    }

    [Test]
    public void The_float64_form_and_the_exact_form_agree_where_both_are_precise()
    {
        (double exactLoss, PanelMatrix exact) = Evaluate(2.5, LossForm.Log1p);
        (double loss, PanelMatrix gradient) = Evaluate(2.5, LossForm.Float64);

        exactLoss.Should().BeApproximately(loss, Bound * loss);
        for (int c = 0; c < Classes; c++)
        {
            ((double)exact[0, c]).Should().BeApproximately(gradient[0, c], Bound * Math.Abs(gradient[0, c]));
        }
    }

    /// <summary>Among 114 classes, 113 of them with a logit of 0 and s = 1: in float64, rounded to float32 once.</summary>
    [TestCase(0, 1, 1)]
    [TestCase(3, 4, 1)]
    [TestCase(-3, 0.25, 0.0625)]
    [TestCase(1e6, 1000001, 1)]
    [TestCase(-1e6, 1 / 1000001.0, 1 / 1000001.0 / 1000001.0)]
    public void StableMax_has_the_loss_and_the_gradient_of_its_formula(double logit, double s, double slope)
    {
        (double loss, PanelMatrix gradient) = Evaluate(logit, LossForm.StableMax);

        loss.Should().BeApproximately(Math.Log((s + 113) / s), 1e-14 * Math.Max(1, loss));
        ((double)gradient[0, 3]).Should().BeApproximately(-slope * 113 / (s * (s + 113)), 1e-7 * slope * 113 / (s * (s + 113)));
        ((double)gradient[0, 0]).Should().BeApproximately(1 / (s + 113), 1e-7 / (s + 113));
        ((double)gradient[0, Classes - 1]).Should().Be(gradient[0, 0]);
        Enumerable.Range(Classes, 128 - Classes).Select(fill => gradient[0, fill]).Should().AllBeEquivalentTo(0f, "what fills up the panel is no class");
    }

    [Test]
    public void The_lowest_class_wins_a_tie()
    {
        (bool ofLabel0, bool ofLabel3) = (IsHit(0), IsHit(3));

        ofLabel0.Should().BeTrue();
        ofLabel3.Should().BeFalse();

        static bool IsHit(int label)
        {
            bool[] correct = [false];
            var memory = new PinnedMemory();
            Kept.Add(memory);
            CrossEntropy<Lanes256, Vector256<float>>.Losses(memory.Matrix(1, Classes), [label], 0, 1, LossForm.Log1p, [0], correct);
            return correct[0];
        }
    }

    private static (double Loss, PanelMatrix Gradient) Evaluate(double gap, LossForm precision)
    {
        var memory = new PinnedMemory();
        PanelMatrix logits = memory.Matrix(1, Classes);
        PanelMatrix gradient = memory.Matrix(1, Classes);
        logits[0, 3] = gradient[0, 3] = (float)gap;
        double[] losses = [0];
        CrossEntropy<Lanes256, Vector256<float>>.Losses(logits, [3], 0, 1, precision, losses, [false]);
        CrossEntropy<Lanes256, Vector256<float>>.Gradient(gradient, [3], 0, 1, precision, 1, memory.Matrix(1, Classes));
        Kept.Add(memory);
        return (losses[0], gradient);
    }
}
