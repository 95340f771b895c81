using System.Text.Json;
using GrokVerify.Analysis;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Tests.Measures;

namespace GrokVerify.Tests.Analysis;

[Category("Fast")]
public class ModelAnalysisTests
{
    private static readonly string[] Members =
    [
        "p", "train_fraction", "seed", "split", "epoch", "grokked", "accuracy", "loss_all", "loss_train", "loss_test", "key_frequencies", "alpha", "spectral_contrast", "logit_fve",
        "restricted_loss", "restricted_accuracy", "excluded_loss_train", "excluded_loss_all_frequencies_train", "excluded_loss_by_frequency", "gini_embedding",
        "gini_neuron_logit_map", "neurons_above_085", "neuron_count", "sum_squared_weights", "distance_irrelevance", "gradient_symmetricity", "algorithm", "ablations", "warnings", "reasons",
    ];

    private static readonly ModularTask Task = new(PizzaNetwork.Prime);

    [Test]
    public void Its_json_has_the_documented_members_and_numbers_read_back_to_the_bit()
    {
        ModelAnalysis analysis = ModelAnalysis.Analyze(PizzaNetwork.Build(), Task, new PairSplit(PizzaNetwork.Prime, 0.4, 7), 1000);

        JsonElement json = JsonDocument.Parse(AnalysisJson.Write(analysis)).RootElement;

        json.EnumerateObject().Select(member => member.Name).Should().Equal(Members);
        json.GetProperty("loss_test").GetDouble().Should().Be(analysis.LossTest);
        json.GetProperty("key_frequencies").EnumerateArray().Select(k => k.GetInt32()).Should().Equal(PizzaNetwork.Frequencies);
        json.GetProperty("excluded_loss_by_frequency").GetProperty("5").GetDouble().Should().Be(analysis.ExcludedLossByFrequency![5]);
        json.GetProperty("ablations").GetProperty("key_frequencies_only").GetProperty("loss").GetDouble().Should().Be(analysis.RestrictedLoss);
        json.GetProperty("ablations").GetProperty("head_0_zero").GetProperty("accuracy").ValueKind.Should().Be(JsonValueKind.Number);
        json.GetProperty("gradient_symmetricity").GetDouble().Should().BeApproximately(1, 1e-14, "the network is a pizza");
        json.GetProperty("distance_irrelevance").GetDouble().Should().Be(analysis.DistanceIrrelevance).And.BeInRange(0, 1);
        json.GetProperty("algorithm").GetString().Should().Be("pizza");
        json.GetProperty("reasons").EnumerateObject().Should().BeEmpty();
    }

    [Test]
    public void Every_absent_member_is_null_with_a_reason()
    {
        TransformerWeights nothing = PizzaNetwork.Build();
        Array.Clear(nothing.Values);

        JsonElement json = JsonDocument.Parse(AnalysisJson.Write(ModelAnalysis.Analyze(nothing, Task, null))).RootElement;

        JsonElement reasons = json.GetProperty("reasons");
        string[] absent = [.. json.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Null).Select(member => member.Name)];
        absent.Should().BeEquivalentTo(
            "train_fraction", "seed", "split", "epoch", "loss_train", "loss_test", "key_frequencies", "alpha", "logit_fve",
            "restricted_loss", "restricted_accuracy", "excluded_loss_train", "excluded_loss_all_frequencies_train", "excluded_loss_by_frequency", "distance_irrelevance", "gradient_symmetricity", "algorithm");
        absent.Should().OnlyContain(name => reasons.GetProperty(name).GetString()!.Length > 0);
        reasons.GetProperty("restricted_loss").GetString().Should().StartWith("no key frequencies");
        reasons.GetProperty("loss_test").GetString().Should().Be(ProgressMeasures.NoSplit);
        reasons.GetProperty("ablations.key_frequencies_only").GetString().Should().StartWith("no key frequencies");
        json.GetProperty("accuracy").GetDouble().Should().Be(1.0 / PizzaNetwork.Prime, "equal logits predict class 0");
    }

    /// <summary>Model A and model B of arXiv 2306.17844, whose numbers their authors publish, and two that neither rule knows.</summary>
    [TestCase(0.17, 0.9937, "pizza")]
    [TestCase(0.85, 0.3336, "clock")]
    [TestCase(0.5, 0.95, null)]
    [TestCase(0.9, 0.99, null)]
    public void The_two_measures_tell_a_clock_from_a_pizza(double distanceIrrelevance, double gradientSymmetricity, string? word)
    {
        ClockOrPizza.Of(distanceIrrelevance, gradientSymmetricity, notGrokked: null).Word.Should().Be(word);
        ClockOrPizza.Of(distanceIrrelevance, gradientSymmetricity, notGrokked: "not grokked: chance").Should().Be((null, "not grokked: chance"));
    }
}
