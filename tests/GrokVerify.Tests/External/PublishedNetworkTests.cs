using System.Globalization;
using System.Text.Json.Nodes;
using GrokVerify.Analysis;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Networks;

namespace GrokVerify.Tests.External;

/// <summary>
/// The authors' released network (weight decay 0.1) against what is known of it: the losses that its file records, values that independent
/// programs computed from it, and those of the reference material (papers.md).
/// </summary>
[Category("External")]
public class PublishedNetworkTests
{
    private NetworkFile _file = null!;
    private NetworkSpectra _network = null!;
    private ModelAnalysis _analysis = null!;

    [OneTimeSetUp]
    public void Read()
    {
        string path = Path.Combine(ReferenceData.Folder, "published", "wd_10-1_mod_addition_loss_curve.pth");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);
        _file = NetworkFile.Read(path);
        _network = new NetworkSpectra(_file.Weights, _file.Task);
        _analysis = ModelAnalysis.Analyze(_network, _file.Split, _file.Facts.Epoch);
    }

    [Test]
    public void Its_file_says_how_it_was_trained()
    {
        _file.Layout.Should().Be(NetworkLayout.Published);
        _file.Facts.Should().BeEquivalentTo(new
        {
            Epoch = 107_791L,
            TrainFraction = 0.3,
            Seed = 1L,
            WeightDecay = 0.1,
            LearningRate = 1e-3,
            TrainLoss = 9.20252816696153e-09,
            TestLoss = 4.991517682242705e-07,
        });
        _file.Moments!.Second.Should().OnlyContain(value => value >= 0);
    }

    /// <summary>
    /// The losses were recorded before the last step. In that step the train loss moved by 1e-5 of itself, and the test loss, which falls
    /// by half in 800 steps (from 1e-2 to 5e-7 in 9,060: ln 2e4 / 9060 = 1.1e-3 a step), by 6e-4.
    /// </summary>
    [Test]
    public void Its_losses_are_those_recorded_one_step_before()
    {
        _analysis.LossTrain.Should().BeApproximately(9.20252816696153e-09, 1e-4 * 9.2e-9);
        _analysis.LossTest.Should().BeApproximately(4.991517682242705e-07, 1.1e-3 * 5e-7).And.BeLessThan(4.991517682242705e-07);
    }

    /// <summary>
    /// Computed by a program of its own in PyTorch, float64, straight from the definitions: whole p^3 tensors, no factoring, no fast
    /// transform. Both sides round sums of up to 1.4 million terms; a loss exp(-gap) inherits the absolute error of logits of about 100.
    /// </summary>
    [TestCase("loss_all", 3.5197409479543543e-07)]
    [TestCase("loss_train", 9.202423546309355e-09)]
    [TestCase("loss_test", 4.988378939770164e-07)]
    [TestCase("accuracy", 1)]
    [TestCase("key_frequencies/0", 6)]
    [TestCase("key_frequencies/1", 23)]
    [TestCase("key_frequencies/2", 37)]
    [TestCase("key_frequencies/3", 39)]
    [TestCase("key_frequencies/4", 41)]
    [TestCase("alpha/0", 9.374991604255547)]
    [TestCase("alpha/1", 31.300466530660817)]
    [TestCase("alpha/2", 6.8044863373021)]
    [TestCase("alpha/3", 5.050489878966549)]
    [TestCase("alpha/4", 6.067337715500035)]
    [TestCase("spectral_contrast", 183.66963628128272)]
    [TestCase("logit_fve", 0.9747698691763416)]
    [TestCase("restricted_loss", 2.2011258699258208e-09)]
    [TestCase("excluded_loss_train", 8.385370417013819)]
    [TestCase("gini_embedding", 0.5265173483264388)]
    [TestCase("gini_neuron_logit_map", 0.7500519387414445)]
    [TestCase("sum_squared_weights", 1180.965715795813)]
    [TestCase("neurons_above_085", 185)]
    [TestCase("neuron_count", 512)]
    public void Its_json_has_the_value_that_an_independent_program_computes(string member, double expected) =>
        Value(member).Should().BeApproximately(expected, 1e-9 * expected);

    /// <summary>As far as digits are known: half a unit of the last one.</summary>
    [TestCase("ablations/neurons_as_polynomials/loss", 1.41e-7, 0.005e-7)]
    [TestCase("ablations/mlp_key_directions_only/loss", 3.84e-7, 0.005e-7)]
    [TestCase("ablations/mlp_key_directions_removed/loss", 5.73, 0.005)]
    [TestCase("ablations/mlp_skip_zero/loss", 1.13e-6, 0.005e-6)]
    [TestCase("ablations/mlp_skip_mean/loss", 8.2e-7, 0.05e-7)]
    [TestCase("ablations/logits_as_cosines/loss", 1.59e-9, 0.005e-9)]
    [TestCase("ablations/key_blocks_only/loss", 3.77e-9, 0.005e-9)]
    public void Its_json_has_the_known_loss_of_an_ablation(string member, double known, double half) => Value(member).Should().BeApproximately(known, half);

    [Test]
    public void Its_split_is_found_again_from_the_recorded_losses_and_from_the_weights_alone()
    {
        PairLosses losses = CrossEntropy.Of(_file.Task, _network.Activations.Logits, _file.Task.Classes);

        SplitHint? recorded = SplitHint.Find(113, losses, new RecordedLosses(_file.Facts.TrainLoss, _file.Facts.TestLoss));
        SplitHint? measured = SplitHint.Find(113, losses, new RecordedLosses(null, null));

        recorded.Should().BeEquivalentTo(new { Seed = 1L, TrainFraction = 0.3 });
        measured.Should().BeEquivalentTo(new { Seed = 1L, TrainFraction = 0.3 });
        TestContext.Out.WriteLine($"recorded: {recorded}\nmeasured: {measured}");
    }

    private double Value(string member)
    {
        JsonNode node = JsonNode.Parse(AnalysisJson.Write(_analysis))!;
        foreach (string step in member.Split('/'))
        {
            node = int.TryParse(step, CultureInfo.InvariantCulture, out int index) ? node[index]! : node[step]!;
        }

        return node.GetValue<double>();
    }
}
