using GrokVerify.Ablations;
using GrokVerify.Fourier;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tasks;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.ForwardPass;

/// <summary>
/// Interventions on a network with biases in attention and unembedding, against the same network with weights set to zero. (That it computes what PyTorch
/// computes is tested in NetworkFileTests.)
/// </summary>
[Category("Fast")]
public class OptionalBiasesTests
{
    /// <summary>The same sums with other zeros in them: rounding of float64, a factor of 100 above 2^-53.</summary>
    private const double Relative = 1e-14;

    private static readonly NetworkFile File = NetworkFile.Read(TorchFiles.Of("transformerlens.pth"));

    [Test]
    public void A_head_without_output_writes_neither_values_nor_their_bias()
    {
        for (int head = 0; head < 2; head++)
        {
            TransformerWeights without = Copy();
            without["W_O"].Slice(head * 2 * 4, 2 * 4).Clear();

            AttentionAblations.HeadZero(Network(File.Weights), head).Loss.Should().BeApproximately(Loss(without), Relative * Loss(without));
        }
    }

    [Test]
    public void Attention_without_any_head_still_writes_its_own_bias()
    {
        TransformerWeights without = Copy();
        without["W_O"].Clear();

        AttentionAblations.AllHeadsZero(Network(File.Weights)).Loss.Should().BeApproximately(Loss(without), Relative * Loss(without));
        File.Weights.OptionalBiases!.AttentionOutput.Should().OnlyContain(value => value != 0);
    }

    [Test]
    public void Zeroing_what_goes_past_attention_leaves_the_bias_of_attention()
    {
        // Without heads, too, nothing but b_O is left of the residual stream.
        TransformerWeights without = Copy();
        without["W_O"].Clear();
        NetworkSpectra network = Network(without);
        double[] logits = network.Activations.Forward.LogitsOfConstant([.. File.Weights.OptionalBiases!.AttentionOutput.Select(value => (double)value)]);
        double loss = Enumerable.Range(0, 5).Average(label => Math.Log(logits.Take(5).Sum(logit => Math.Exp(logit - logits[label]))));

        SkipAblations.AttentionSkipZero(network).Loss.Should().BeApproximately(loss, 1e-12 * loss);
    }

    [Test]
    public void The_keys_bias_changes_nothing_because_it_is_the_same_for_every_token()
    {
        OptionalBiases biases = File.Weights.OptionalBiases!;
        TransformerWeights other = Copy(biases with { Key = [.. biases.Key.Select(value => value + 3)] });

        Loss(other).Should().Be(Loss(File.Weights));
        Loss(Copy(biases with { Query = [.. biases.Query.Select(value => value + 3)] })).Should().NotBe(Loss(File.Weights));
    }

    private static TransformerWeights Copy(OptionalBiases? biases = null) =>
        new(File.Weights.Config, [.. File.Weights.Values]) { OptionalBiases = biases ?? File.Weights.OptionalBiases };

    private static NetworkSpectra Network(TransformerWeights weights) => new(weights, new ModularTask(5, classes: 5));

    private static double Loss(TransformerWeights weights) => SkipAblations.AttentionSkipMean(Network(weights)).Loss;
}
