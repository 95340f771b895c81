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
    private static readonly IReadOnlyDictionary<Ablation, LossAndAccuracy> Table = Evaluate(Pizza.KeyFrequencies);
    private static readonly LossAndAccuracy Baseline = CrossEntropy.Of(Pizza.Task, Pizza.Activations.Logits, Prime).OnAll();

    private static readonly TestCaseData[] Harmless =
    [
        new(Ablation.AttentionTrigonometric) { TestName = "A_constant_pattern_is_its_own_trigonometric_fit" },
        new(Ablation.AttentionToEqualsZero) { TestName = "Attention_to_a_token_of_zeros_does_not_matter" },
        new(Ablation.AttentionToEqualsMean) { TestName = "A_constant_attention_is_its_own_mean" },
        new(Ablation.AttentionSkipZero) { TestName = "An_attention_skip_of_zeros_does_not_matter" },
        new(Ablation.AttentionSkipMean) { TestName = "The_attention_skip_is_its_own_mean" },
        new(Ablation.MlpSkipZero) { TestName = "An_MLP_skip_that_the_unembedding_does_not_read_does_not_matter" },
        new(Ablation.MlpSkipMean) { TestName = "Nor_does_its_mean" },
        new(Ablation.MlpKeyDirectionsOnly) { TestName = "All_logits_come_through_the_key_directions" },
    ];

    private static readonly Ablation[] OnlyPaths = [Ablation.HeadZero(0), Ablation.AllHeadsZero, Ablation.MlpKeyDirectionsRemoved];

    private static readonly TestCaseData[] OfFrequencies =
    [
        Named(frequencies => LogitAblations.KeyBlocksOnly(Pizza.Logits, frequencies), "Blocks_of_a_frequency_out_of_range_are_refused"),
        Named(frequencies => LogitAblations.Cosines(Pizza.Logits, frequencies), "Cosines_of_a_frequency_out_of_range_are_refused"),
        Named(frequencies => NeuronAblations.KeyDirections(Pizza, frequencies), "Directions_of_a_frequency_out_of_range_are_refused"),
        Named(frequencies => AttentionAblations.TrigonometricInKeys(Pizza, frequencies), "A_pattern_in_a_frequency_out_of_range_is_refused"),
    ];

    /// <summary>Logits of order 200, sums of up to 529 of them: 529 * 200 * 2^-53 = 1.2e-11; a loss changes by as much, relatively.</summary>
    private const double Rounding = 1e-10;

    [TestCaseSource(nameof(Harmless))]
    public void Nothing_changes(Ablation ablation) => ShouldEqual(Table[ablation], Baseline);

    [TestCaseSource(nameof(OnlyPaths))]
    public void Without_its_only_path_the_network_guesses_evenly(Ablation ablation)
    {
        // Logits of order 200 that cancel leave rounding of 1e-11 behind, which breaks the ties: accuracy is not asserted.
        Table[ablation].Loss.Should().BeApproximately(Math.Log(Prime), Rounding);
    }

    [Test]
    public void The_only_heads_mean_is_the_same_for_every_pair_and_close_to_zero()
    {
        // The circles' means over all tokens are zero up to float32 weights, and 64 neurons carry what is left: 1e-7 * 64 * 3 * 4.
        Table[Ablation.HeadMean(0)].Loss.Should().BeApproximately(Math.Log(Prime), 1e-4);
        Table[Ablation.AllHeadsMean].Loss.Should().BeApproximately(Table[Ablation.HeadMean(0)].Loss, Rounding);
        Table[Ablation.AllHeadsMean].Accuracy.Should().Be(1.0 / Prime, "one class is predicted for every pair");
    }

    [Test]
    public void Removing_the_key_frequencies_destroys_the_network_and_keeping_only_them_improves_it()
    {
        Baseline.Accuracy.Should().Be(1);
        Table[Ablation.KeyFrequenciesRemoved].Accuracy.Should().BeLessThan(0.5);
        Table[Ablation.KeyFrequenciesRemoved].Loss.Should().BeGreaterThan(1000 * Baseline.Loss);
        Table[Ablation.KeyFrequenciesOnly].Loss.Should().BeLessThan(Baseline.Loss);
        foreach (int k in PizzaNetwork.Frequencies)
        {
            Table[Ablation.FrequencyRemoved(k)].Loss.Should().BeGreaterThan(Baseline.Loss);
        }
    }

    [Test]
    public void Kept_cosines_are_what_they_are_named()
    {
        Matrix cosines = Logits.Clock(Prime, [.. PizzaNetwork.Frequencies.Select(k => (k, Pizza.Alpha[k]))]);

        ShouldEqual(Table[Ablation.LogitsAsCosines], CrossEntropy.Of(Pizza.Task, cosines, Prime).OnAll());
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
        Array.ConvertAll(new TorchRandom(1).Normal(weights["W_out"].Length), value => (float)value).CopyTo(weights["W_out"]);

        var network = new NetworkSpectra(weights, Pizza.Task);

        network.Neurons.Fractions.Should().OnlyContain(fraction => Math.Abs(fraction - 1) < 1e-9, "cos(w a - phi) + cos(w b - phi) + 10; float32 weights shift phases, not frequencies, by 1e-7");
        ShouldEqual(NeuronAblations.Polynomials(network), CrossEntropy.Of(network.Task, network.Activations.Logits, Prime).OnAll());
    }

    /// <summary>All neurons at their means, which is 10 for each: the MLP says the same of every pair.</summary>
    [Test]
    public void Neurons_at_their_means_tell_pairs_apart_no_longer()
    {
        TransformerWeights weights = PizzaNetwork.Build();
        weights["b_in"].Fill(10);
        Array.ConvertAll(new TorchRandom(1).Normal(weights["W_out"].Length), value => (float)value).CopyTo(weights["W_out"]);
        var network = new NetworkSpectra(weights, Pizza.Task);
        var mute = new TransformerWeights(weights.Config, [.. weights.Values]);
        mute["W_in"].Clear();

        // float32 weights move the mean of a neuron by 1e-6 of 10, and logits of order 100 by as much of theirs.
        double expected = CrossEntropy.Of(network.Task, ModelActivations.Compute(mute).Logits, Prime).OnAll().Loss;
        NeuronAblations.PureMean(network).Loss.Should().BeApproximately(expected, 1e-3 * expected);
        NeuronAblations.PureMean(network).Loss.Should().NotBeApproximately(NeuronAblations.Polynomials(network).Loss, 1e-2 * expected);
    }

    [Test]
    public void Neurons_of_mixed_frequency_are_left_alone()
    {
        var network = new NetworkSpectra(FactoredForwardTests.RandomWeights(Prime, 8, 2, 16), Pizza.Task);

        network.Neurons.PureCount.Should().Be(0);
        ShouldEqual(NeuronAblations.Polynomials(network), CrossEntropy.Of(network.Task, network.Activations.Logits, Prime).OnAll());
        ShouldEqual(NeuronAblations.PureMean(network), CrossEntropy.Of(network.Task, network.Activations.Logits, Prime).OnAll());
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
        var naive = new NaiveForward(weights);
        var outputs = new Matrix(49, 6, [.. Enumerable.Range(0, 49).SelectMany(pair => naive.Run(pair / 7, pair % 7).Z)]);
        Matrix attention = Product(outputs, Weight("W_O", 6, 6));
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
    public void A_zeroed_query_equals_a_network_without_query_weights()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(11, 12, 3, 20);
        var silenced = new TransformerWeights(weights.Config, [.. weights.Values]);
        silenced["W_Q"].Clear();
        NetworkSpectra network = new(weights, new ModularTask(11));
        NetworkSpectra unasked = new(silenced, network.Task);

        ShouldEqual(AttentionAblations.QueryZero(network), CrossEntropy.Of(network.Task, unasked.Activations.Logits, 11).OnAll());
        ShouldEqual(SkipAblations.QueryAndAttentionSkipZero(network), SkipAblations.AttentionSkipZero(unasked));
        AttentionAblations.QueryZero(network).Loss.Should().NotBe(CrossEntropy.Of(network.Task, network.Activations.Logits, 11).OnAll().Loss);
    }

    [Test]
    public void Without_a_key_set_only_the_interventions_that_need_it_are_missing()
    {
        IReadOnlyDictionary<Ablation, LossAndAccuracy> without = Evaluate(KeyFrequencies.In([1, 1, 1]));

        Table.Keys.Except(without.Keys).Should().BeEquivalentTo([.. AblationTable.NeedKeyFrequencies, .. PizzaNetwork.Frequencies.Select(Ablation.FrequencyRemoved)]);
        without.Keys.Should().BeSubsetOf(Table.Keys);
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public void Without_a_part_only_the_interventions_on_it_are_missing(int layers, bool attentionOnly)
    {
        var whole = new TransformerConfig { Prime = 7, DModel = 8, Heads = 2, DMlp = 16 };
        Ablation[] ofHeads = [.. Enumerable.Range(0, whole.Heads).SelectMany(head => new[] { Ablation.HeadZero(head), Ablation.HeadMean(head) })];
        Ablation[] expected = attentionOnly ? [.. AblationTable.NeedNeurons] : [.. AblationTable.NeedNeurons, .. AblationTable.NeedAttention, .. ofHeads];

        Interventions(whole).Except(Interventions(whole with { Layers = layers, AttentionOnly = attentionOnly })).Should().BeEquivalentTo(expected);
    }

    [TestCaseSource(nameof(OfFrequencies))]
    public void A_frequency_out_of_range_is_refused(Action<IReadOnlyList<int>> intervention) =>
        intervention.Invoking(act => act([PizzaNetwork.Frequencies[0], (Prime + 1) / 2])).Should().Throw<ArgumentException>().WithMessage($"frequency {(Prime + 1) / 2} is out of range*");

    /// <summary>A prediction does not change when all logits do by one factor, a power of two.</summary>
    [Test]
    public void Key_directions_are_told_from_rounding_by_their_ratio_not_by_their_size()
    {
        TransformerWeights weights = PizzaNetwork.Build();
        foreach (ref float value in weights["W_U"])
        {
            value *= MathF.Pow(2, -40);
        }

        NeuronAblations.KeyDirections(new NetworkSpectra(weights, Pizza.Task), PizzaNetwork.Frequencies).KeyDirectionsOnly.Accuracy.Should().Be(Table[Ablation.MlpKeyDirectionsOnly].Accuracy);
    }

    [Test]
    public void What_the_logits_lose_is_the_excluded_and_the_restricted_loss_of_the_measures()
    {
        var measures = ProgressMeasures.Measure(Pizza, Pizza.KeyFrequencies, null);

        measures.Excluded.Should().Be(ExcludedLoss.Of(Pizza.Logits, PizzaNetwork.Frequencies).OnAll());
        Table[Ablation.KeyFrequenciesRemoved].Should().Be(measures.Excluded);
        Table[Ablation.KeyFrequenciesOnly].Should().Be(measures.Restricted);
        foreach (int k in PizzaNetwork.Frequencies)
        {
            Table[Ablation.FrequencyRemoved(k)].Should().Be(ExcludedLoss.Of(Pizza.Logits, [k]).OnAll());
        }
    }

    [Test]
    public void Names_are_words_with_underscores_and_no_two_are_the_same()
    {
        IEnumerable<string> names = Table.Keys.Select(ablation => ablation.Name);

        names.Should().OnlyHaveUniqueItems().And.OnlyContain(name => name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'));
        names.Should().Contain(["frequency_5_removed", "head_0_zero", "attention_trigonometric_keys"]);
    }

    private static IReadOnlyDictionary<Ablation, LossAndAccuracy> Evaluate(KeyFrequencies keys) => AblationTable.Evaluate(Pizza, ProgressMeasures.Measure(Pizza, keys, null));

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

    private static TestCaseData Named(Action<IReadOnlyList<int>> intervention, string name) => new(intervention) { TestName = name };

    private static IEnumerable<Ablation> Interventions(TransformerConfig config)
    {
        var network = new NetworkSpectra(TrainingState.Initial(new TrainingConfig { Model = config }).Weights, new ModularTask(config.Prime));
        var keys = KeyFrequencies.Given(network.Alpha.Values, [1, 2]);
        return AblationTable.Evaluate(network, ProgressMeasures.Measure(network, keys, null)).Keys;
    }
}
