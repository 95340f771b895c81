using GrokVerify.Ablations;
using GrokVerify.Fourier;
using GrokVerify.Golden;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Ablations;

/// <summary>The closed form that follows from the weights, on networks that grokked and on such that did not.</summary>
[Category("Fast")]
public class DerivedClosedFormTests
{
    private static readonly NetworkSpectra Grokked = Mainline("mainline-grokked");
    private static readonly DerivedClosedForm Derived = DerivedClosedForm.Of(Grokked);

    [Test]
    public void The_alphas_of_a_network_that_grokked_are_within_an_eighth_of_the_measured_ones()
    {
        Derived.AbsenceReason.Should().BeNull();
        Derived.Frequencies.Should().Equal(Grokked.KeyFrequencies.Frequencies);
        Derived.CoefficientCount.Should().Be(5);
        foreach ((double derived, double measured) in Derived.Alphas)
        {
            derived.Should().BeApproximately(measured, measured / 8);
        }
    }

    /// <summary>Fitted on all pairs the same five cosines explain 0.9546 of the variance, and nothing of their kind explains more.</summary>
    [Test]
    public void It_explains_nearly_as_much_as_the_best_fit_and_more_than_any_random_set()
    {
        double best = Grokked.Alpha.FractionOfVarianceExplained(Derived.Frequencies);

        Derived.Fit!.Accuracy.Should().Be(1);
        Derived.Fit.FractionOfVarianceExplained.Should().BeInRange(best - 0.01, best);
        Derived.Fit.Divergence.Should().BeLessThan(1e-4);
        Derived.RandomSets.Should().HaveCount(20).And.OnlyContain(set => set.Divergence > 1 && set.FractionOfVarianceExplained < 0.5);
        Derived.MovedToRandomSets.Should().HaveCount(20).And.OnlyContain(set => set.FractionOfVarianceExplained < 0 && set.Divergence > Derived.Fit.Divergence);
    }

    [Test]
    public void Its_phases_add_up()
    {
        Derived.Phases!.MeanCosine.Should().BeGreaterThan(0.99);
        Derived.Phases.LargestShuffled.Should().BeLessThan(0.5);
        Derived.Phases.ShareOfShuffles.Should().Be(1 / 1001.0);
    }

    [Test]
    public void Of_random_sets_none_is_the_key_set_itself()
    {
        NetworkSpectra network = SmallRun.LastNetwork(SmallRun.Open());
        DerivedClosedForm derived = DerivedClosedForm.Of(network);

        derived.Frequencies.Should().Equal(network.KeyFrequencies.Frequencies);
        derived.RandomSets.Should().NotContain(derived.Fit!);
    }

    [Test]
    public void A_network_that_memorized_has_none() =>
        DerivedClosedForm.Of(Mainline("mainline-memorized")).Should().Match<DerivedClosedForm>(form => form.Fit == null && form.AbsenceReason!.Contains("contrast"));

    [Test]
    public void An_untrained_network_has_none_and_its_phases_do_not_add_up()
    {
        DerivedClosedForm form = DerivedClosedForm.Of(new NetworkSpectra(WeightInitializer.Initialize(new TransformerConfig { Prime = 31 }, 0), new ModularTask(31)));

        form.Fit.Should().BeNull();
        form.AbsenceReason.Should().Contain("contrast");
        form.Phases!.MeanCosine.Should().BeInRange(-0.3, 0.3);
        form.Phases.ShareOfShuffles.Should().BeGreaterThan(0.01);
    }

    [Test]
    public void A_network_without_an_MLP_has_none_and_says_so() => DerivedClosedForm.Of(
        new NetworkSpectra(WeightInitializer.Initialize(new TransformerConfig { Prime = 5, DModel = 8, Heads = 2, AttentionOnly = true }, 0), new ModularTask(5))).AbsenceReason.Should().Be("the network has no MLP");

    private static NetworkSpectra Mainline(string name) =>
        new(Checkpoint.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", $"{name}.safetensors")).Weights, new ModularTask(113));
}
