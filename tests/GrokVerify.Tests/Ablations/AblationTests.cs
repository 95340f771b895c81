using GrokVerify.Ablations;
using GrokVerify.Engines;
using GrokVerify.ForwardPass;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using GrokVerify.Tests.ForwardPass;
using GrokVerify.Tests.Fourier;
using GrokVerify.Tests.Measures;

namespace GrokVerify.Tests.Ablations;

/// <summary>Interventions on networks for which the outcome is known without running them.</summary>
[Category("Fast")]
public class AblationTests
{
    private const int Prime = PizzaNetwork.Prime;
    private static readonly NetworkSpectra Pizza = new(PizzaNetwork.Build(), new ModularTask(Prime));
    private static readonly IReadOnlyDictionary<string, LossAndAccuracy> Table = AblationTable.Evaluate(Pizza, Pizza.KeyFrequencies);
    private static readonly LossAndAccuracy Baseline = CrossEntropy.Of(Pizza.Task, Pizza.Activations.Logits, Prime).OnAll();

    /// <summary>Logits of order 200, sums of up to 529 of them: 529 * 200 * 2^-53 = 1.2e-11; a loss changes by as much, relatively.</summary>
    private const double Rounding = 1e-10;

    [TestCase("attention_trigonometric", TestName = "A_constant_pattern_is_its_own_trigonometric_fit")]
    [TestCase("attention_to_equals_zero", TestName = "Attention_to_a_token_of_zeros_does_not_matter")]
    [TestCase("attention_to_equals_mean", TestName = "A_constant_attention_is_its_own_mean")]
    [TestCase("attention_skip_zero", TestName = "An_attention_skip_of_zeros_does_not_matter")]
    [TestCase("attention_skip_mean", TestName = "The_attention_skip_is_its_own_mean")]
    [TestCase("mlp_skip_zero", TestName = "An_MLP_skip_that_the_unembedding_does_not_read_does_not_matter")]
    [TestCase("mlp_skip_mean", TestName = "Nor_does_its_mean")]
    [TestCase("mlp_key_directions_only", TestName = "All_logits_come_through_the_key_directions")]
    public void Nothing_changes(string ablation) => ShouldEqual(Table[ablation], Baseline);

    [TestCase("head_0_zero")]
    [TestCase("all_heads_zero")]
    [TestCase("mlp_key_directions_removed")]
    public void Without_its_only_path_the_network_guesses_evenly(string ablation)
    {
        // Logits of order 200 that cancel leave rounding of 1e-11 behind, which breaks the ties: accuracy is not asserted.
        Table[ablation].Loss.Should().BeApproximately(Math.Log(Prime), Rounding);
    }

    [Test]
    public void The_only_heads_mean_is_the_same_for_every_pair_and_close_to_zero()
    {
        // The circles' means over all tokens are zero up to float32 weights, and 64 neurons carry what is left: 1e-7 * 64 * 3 * 4.
        Table["head_0_mean"].Loss.Should().BeApproximately(Math.Log(Prime), 1e-4);
        Table["all_heads_mean"].Loss.Should().BeApproximately(Table["head_0_mean"].Loss, Rounding);
        Table["all_heads_mean"].Accuracy.Should().Be(1.0 / Prime, "one class is predicted for every pair");
    }

    [Test]
    public void Removing_the_key_frequencies_destroys_the_network_and_keeping_only_them_improves_it()
    {
        Baseline.Accuracy.Should().Be(1);
        Table["key_frequencies_removed"].Accuracy.Should().BeLessThan(0.5);
        Table["key_frequencies_removed"].Loss.Should().BeGreaterThan(1000 * Baseline.Loss);
        Table["key_frequencies_only"].Loss.Should().BeLessThan(Baseline.Loss);
        foreach (int k in PizzaNetwork.Frequencies)
        {
            Table[$"frequency_{k}_removed"].Loss.Should().BeGreaterThan(Baseline.Loss);
        }
    }

    [Test]
    public void Kept_cosines_are_what_they_are_named()
    {
        Matrix cosines = Logits.Clock(Prime, [.. PizzaNetwork.Frequencies.Select(k => (k, Pizza.Alpha[k]))]);

        ShouldEqual(Table["logits_as_cosines"], CrossEntropy.Of(Pizza.Task, cosines, Prime).OnAll());
    }

    [Test]
    public void Blocks_of_all_frequencies_that_logits_have_keep_them_whole()
    {
        static double Angle(int k, int j) => 2 * Math.PI * k * j / Prime;
        Matrix values = Logits.Of(Prime, (a, b, c) => c + (Math.Cos(Angle(3, a)) * Math.Sin(Angle(3, b + c))) + (5 * Math.Cos(Angle(4, a - b - c))));
        var logits = new PairLogits(Pizza.Task, values);

        ShouldEqual(LogitAblations.KeyBlocksOnly(logits, [3, 4]), CrossEntropy.Of(Pizza.Task, values, Prime).OnAll());
        LogitAblations.KeyBlocksOnly(logits, [3]).Loss.Should().NotBeApproximately(CrossEntropy.Of(Pizza.Task, values, Prime).OnAll().Loss, 0.01);
    }

    /// <summary>A bias keeps every neuron above zero, so that the ReLU is the identity; random output weights, because even phases would cancel in the hand-built ones.</summary>
    [Test]
    public void Neurons_that_are_polynomials_are_replaced_by_themselves()
    {
        TransformerWeights weights = PizzaNetwork.Build();
        weights["b_in"].Fill(10);
        var normal = new ExactNormal(1, "W_out");
        foreach (ref float value in weights["W_out"])
        {
            value = (float)normal.Next();
        }

        var network = new NetworkSpectra(weights, Pizza.Task);

        network.Neurons.Fractions.Should().OnlyContain(fraction => Math.Abs(fraction - 1) < 1e-9, "cos(w a - phi) + cos(w b - phi) + 10; float32 weights shift phases, not frequencies, by 1e-7");
        ShouldEqual(NeuronAblations.Polynomials(network), CrossEntropy.Of(network.Task, network.Activations.Logits, Prime).OnAll());
    }

    [Test]
    public void Neurons_of_mixed_frequency_are_left_alone()
    {
        var network = new NetworkSpectra(FactoredForwardTests.RandomWeights(Prime, 8, 2, 16), Pizza.Task);

        network.Neurons.PureCount.Should().Be(0);
        ShouldEqual(NeuronAblations.Polynomials(network), CrossEntropy.Of(network.Task, network.Activations.Logits, Prime).OnAll());
    }

    [Test]
    public void A_zeroed_head_equals_a_network_whose_head_writes_nothing()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(11, 12, 3, 20);
        var network = new NetworkSpectra(weights, new ModularTask(11));
        var silenced = new TransformerWeights(weights.Config, [.. weights.Values]);
        silenced["W_O"].Slice(4 * 12, 4 * 12).Clear();

        ShouldEqual(AttentionAblations.HeadZero(network, 1), CrossEntropy.Of(network.Task, ModelActivations.Compute(silenced).Logits, 11).OnAll());
        AttentionAblations.HeadZero(network, 1).Loss.Should().NotBe(AttentionAblations.HeadZero(network, 0).Loss);
    }

    /// <summary>Without a skip around attention the residual stream is attention's output; without one around the MLP, logits are the MLP's output.</summary>
    [Test]
    public void Zeroed_skips_equal_the_unfactored_computation()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 2, 9);
        var network = new NetworkSpectra(weights, new ModularTask(7));
        ModelActivations activations = network.Activations;
        Matrix Weight(string name, int rows, int columns) => Matrix.FromWeights(weights[name], rows, columns);
        Matrix attention = Product(activations.HeadOutputs, Weight("W_O", 6, 6));
        Matrix hidden = Product(attention, Weight("W_in", 6, 9));
        for (int i = 0; i < hidden.Values.Length; i++)
        {
            hidden.Values[i] = Math.Max(0, hidden.Values[i] + weights["b_in"][i % 9]);
        }

        Matrix withoutAttentionSkip = Product(hidden, Weight("W_out", 9, 6));
        Matrix withoutMlpSkip = Product(activations.PostActivations, Weight("W_out", 9, 6));
        for (int i = 0; i < attention.Values.Length; i++)
        {
            withoutAttentionSkip.Values[i] += attention.Values[i] + weights["b_out"][i % 6];
            withoutMlpSkip.Values[i] += weights["b_out"][i % 6];
        }

        ShouldEqual(SkipAblations.AttentionSkipZero(network), CrossEntropy.Of(network.Task, Product(withoutAttentionSkip, Weight("W_U", 6, 8)), 7).OnAll());
        ShouldEqual(SkipAblations.MlpSkipZero(network), CrossEntropy.Of(network.Task, Product(withoutMlpSkip, Weight("W_U", 6, 8)), 7).OnAll());
    }

    [Test]
    public void Without_a_key_set_only_the_interventions_that_need_it_are_missing()
    {
        IReadOnlyDictionary<string, LossAndAccuracy> without = AblationTable.Evaluate(Pizza, KeyFrequencies.In([1, 1, 1]));

        Table.Keys.Except(without.Keys).Should().BeEquivalentTo([.. AblationTable.NeedKeyFrequencies, "frequency_2_removed", "frequency_5_removed", "frequency_9_removed"]);
        without.Keys.Should().BeSubsetOf(Table.Keys);
    }

    private static Matrix Product(Matrix left, Matrix right)
    {
        var product = new Matrix(left.Rows, right.Columns);
        for (int row = 0; row < left.Rows; row++)
        {
            for (int column = 0; column < right.Columns; column++)
            {
                product[row, column] = Enumerable.Range(0, right.Rows).Sum(k => left[row, k] * right[k, column]);
            }
        }

        return product;
    }

    private static void ShouldEqual(LossAndAccuracy actual, LossAndAccuracy expected)
    {
        (actual.Loss / expected.Loss).Should().BeApproximately(1, Rounding);
        actual.Accuracy.Should().Be(expected.Accuracy);
    }
}
