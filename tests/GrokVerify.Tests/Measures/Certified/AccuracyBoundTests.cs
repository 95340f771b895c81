using GrokVerify.ForwardPass;
using GrokVerify.Golden;
using GrokVerify.Measures.Certified;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Measures.Certified;

/// <summary>What is proved is never more than what is true, and of networks that grokked it is nearly all.</summary>
[Category("Fast")]
public class AccuracyBoundTests
{
    private static IEnumerable<TestCaseData> Networks()
    {
        foreach ((int prime, int width, int heads, int neurons) in new[] { (5, 4, 2, 3), (5, 1, 1, 1), (7, 8, 2, 16), (13, 12, 3, 40), (23, 16, 1, 24), (31, 16, 4, 64) })
        {
            foreach (float scale in new[] { 0.3f, 1, 3 })
            {
                TransformerWeights weights = FactoredForwardTests.RandomWeights(prime, width, heads, neurons, seed: prime + neurons);
                yield return Named(Altered(weights, value => scale * value), FormattableString.Invariant($"random, p = {prime}, d_model {width}, {neurons} neurons, times {scale}"));
            }
        }

        TrainingRun run = SmallRun.Open();
        foreach (long epoch in run.CheckpointEpochs)
        {
            yield return Named(run.ReadCheckpoint(epoch).Weights, $"p = 31 at epoch {epoch}");
        }

        TransformerWeights trained = run.ReadCheckpoint(run.CheckpointEpochs[^1]).Weights;
        foreach (float noise in new[] { 0.003f, 0.01f, 0.03f, 0.1f })
        {
            float[] normal = [.. new TorchRandom(9).Normal(trained.Values.Length).Select(value => (float)value)];
            yield return Named(Altered(trained, (value, i) => value + (noise * normal[i])), FormattableString.Invariant($"p = 31 with noise of {noise}"));
        }

        foreach (string tensor in new[] { "W_pos", "W_K", "W_U", "b_in" })
        {
            TransformerWeights damaged = Altered(trained, value => value);
            damaged[tensor][..(damaged[tensor].Length / 3)].Clear();
            yield return Named(damaged, $"p = 31 with a third of {tensor} zero");
        }

        yield return Named(PizzaNetwork.Build(), "pizza");
        yield return Named(Altered(trained, value => 0), "zero");
        yield return Named(WithBiases(trained), "p = 31 with further biases");
    }

    [TestCaseSource(nameof(Networks))]
    public void No_pair_has_less_margin_than_is_proved(TransformerWeights weights)
    {
        foreach (ModularTask task in new[] { new ModularTask(weights.Config.Prime), new(weights.Config.Prime, classes: weights.Config.Prime), new(weights.Config.Prime, LabelRule.Shuffled, 3) })
        {
            double[] margins = Margins(weights, task);
            foreach (int[] frequencies in new[] { [1], [1, 2], Enumerable.Range(1, Math.Min(4, (task.Prime - 1) / 2)).ToArray(), [(task.Prime - 1) / 2] })
            {
                (double[] least, _) = new AccuracyProof(weights, task, new LogitMaps(weights, task.Classes), frequencies).Run();

                for (int pair = 0; pair < margins.Length; pair++)
                {
                    least[pair].Should().BeLessThanOrEqualTo(margins[pair], "pair {0}, frequencies up to {1}", pair, frequencies[^1]);
                }
            }

            AccuracyBound.Of(weights, task).Accuracy.Should().BeLessThanOrEqualTo((double)margins.Count(margin => margin > 0) / margins.Length);
        }
    }

    /// <summary>Measured: 0.911 of the pairs, where 1 is true, in 0.079 of the multiply-adds; 0.162 of those by what each head writes.</summary>
    [Test]
    public void Of_the_mainline_nine_tenths_are_proved_in_less_than_a_tenth_of_the_work()
    {
        AccuracyBound bound = AccuracyBound.Of(Mainline("mainline-grokked"), new ModularTask(113));

        bound.AbsenceReason.Should().BeNull();
        bound.Frequencies.Should().Equal(14, 35, 41, 42, 52);
        bound.Accuracy.Should().BeInRange(0.9, 1);
        bound.MultiplyAdds.Should().BeLessThan(bound.MultiplyAddsOfAllPairs / 10).And.BeLessThan(bound.MultiplyAddsOfAllPairsByHeads / 5);
        bound.Margins!.Kept.Should().BeGreaterThan(bound.Margins.NeuronRest + bound.Margins.SkipRest + bound.Margins.Order + bound.Margins.Rounding);
    }

    [Test]
    public void Of_a_small_network_that_grokked_nearly_all_are_proved()
    {
        TrainingRun run = SmallRun.Open();

        AccuracyBound.Of(run.ReadCheckpoint(run.CheckpointEpochs[^1]).Weights, new ModularTask(31)).Accuracy.Should().BeInRange(0.99, 1);
    }

    [Test]
    public void Of_the_network_that_memorized_nothing_is_proved()
    {
        AccuracyBound bound = AccuracyBound.Of(Mainline("mainline-memorized"), new ModularTask(113));

        bound.Accuracy.Should().Be(0);
        bound.AbsenceReason.Should().StartWith("in W_L, no key frequencies: the spectral contrast is 1.");
        bound.Margins.Should().BeNull();
    }

    /// <summary>It knows a third of the pairs by heart, and no choice of frequencies proves one of them.</summary>
    [Test]
    public void Nor_with_the_frequencies_of_the_network_that_grokked() =>
        AccuracyBound.Of(Mainline("mainline-memorized"), new ModularTask(113), [14, 35, 41, 42, 52]).Accuracy.Should().Be(0);

    [Test]
    public void Without_the_key_frequencies_nothing_is_proved_of_the_network_that_grokked() =>
        AccuracyBound.Of(Mainline("mainline-grokked"), new ModularTask(113), [1, 2, 3, 4, 5]).Accuracy.Should().Be(0);

    /// <summary>Scores and logits that overflow prove nothing, whatever the labels.</summary>
    [Test]
    public void Of_a_network_too_large_for_float64_nothing_is_proved() =>
        AccuracyBound.Of(Altered(SmallRun.LastNetwork(SmallRun.Open()).Weights, value => value * 1e36f), new ModularTask(31), [1, 6, 14]).Accuracy.Should().Be(0);

    [Test]
    public void A_network_that_it_cannot_read_is_said_to_be_such()
    {
        TransformerWeights weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 5, DModel = 8, Heads = 2, AttentionOnly = true }, 0);

        AccuracyBound.Of(weights, new ModularTask(5)).AbsenceReason.Should().Be("the network has no MLP");
        FluentActions.Invoking(() => AccuracyBound.Of(weights, new ModularTask(7))).Should().Throw<ArgumentException>().WithMessage("the network is for p = 5, the task for p = 7*");
    }

    /// <summary>The label's logit less the largest other one, as float64 has them.</summary>
    private static double[] Margins(TransformerWeights weights, ModularTask task)
    {
        Matrix logits = ModelActivations.Compute(weights).Logits;
        return [.. Enumerable.Range(0, task.PairCount).Select(pair =>
            logits[pair, task.Labels[pair]] - Enumerable.Range(0, task.Classes).Where(c => c != task.Labels[pair]).Max(c => logits[pair, c]))];
    }

    private static TransformerWeights WithBiases(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config;
        float[] Normal(long seed, int count) => [.. new TorchRandom(seed).Normal(count).Select(value => 0.1f * (float)value)];
        return new TransformerWeights(config, weights.Values)
        {
            OptionalBiases = new OptionalBiases(Normal(1, config.DModel), Normal(2, config.DModel), Normal(3, config.DModel), Normal(4, config.DModel), Normal(5, config.VocabularySize)),
        };
    }

    private static TransformerWeights Altered(TransformerWeights weights, Func<float, float> change) => Altered(weights, (value, _) => change(value));

    private static TransformerWeights Altered(TransformerWeights weights, Func<float, int, float> change) => new(weights.Config, [.. weights.Values.Select(change)]);

    private static TestCaseData Named(TransformerWeights weights, string name) => new TestCaseData(weights).SetArgDisplayNames(name);

    private static TransformerWeights Mainline(string name) => Checkpoint.Read(Path.Combine(GoldenFolder.OfThisRepository.Path, "checkpoints", $"{name}.safetensors")).Weights;
}
