using GrokVerify.Formats;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>Networks that are not the paper's: what makes them others is named.</summary>
[Category("Fast")]
public class UnsupportedNetworkTests : NetworkFileRefusals
{
    [TestCase("blocks.1.attn.W_Q", "2 layers")]
    [TestCase("blocks.11.mlp.W_in", "12 layers")]
    [TestCase("blocks.0.ln1.w", "weights of a normalization found (blocks.0.ln1.w)")]
    [TestCase("ln_final.b", "weights of a normalization found (ln_final.b)")]
    [TestCase("blocks.0.norm2.weight", "weights of a normalization found (blocks.0.norm2.weight)")]
    [TestCase("layer_norm.weight", "weights of a normalization found (layer_norm.weight)")]
    [TestCase("blocks.0.RMSNorm.scale", "weights of a normalization found (blocks.0.RMSNorm.scale)")]
    [TestCase("final.gamma", "weights of a normalization found (final.gamma)")]
    [TestCase("blocks.0.ln1", "weights of a normalization found (blocks.0.ln1)")]
    [TestCase("blocks.0.mlp.W_gate", "weights of a gated MLP found (blocks.0.mlp.W_gate)")]
    [TestCase("blocks.0.attn._W_K", "grouped key and value heads found (blocks.0.attn._W_K)")]
    [TestCase("blocks.0.attn.rotary_sin", "rotary positions found (blocks.0.attn.rotary_sin)")]
    [TestCase("readout.weight", "it has readout.weight besides")]
    public void A_tensor_of_another_architecture_is_named(string name, string problem)
    {
        foreach (NetworkLayout layout in new[] { NetworkLayout.Published, NetworkLayout.TransformerLens })
        {
            ShouldBeRefused([.. LayoutTensors.Of(Weights, layout), new NamedTensor(name, [1], new float[1])], problem);
        }
    }

    [TestCase("blocks.0.mlp.", "no MLP (attention only)")]
    [TestCase("pos_embed.", "no learned positions (pos_embed.W_pos)")]
    [TestCase("blocks.0.attn.W_K", "lacks blocks.0.attn.W_K")]
    [TestCase("embed.W_E", "lacks embed.W_E")]
    public void A_missing_tensor_is_named(string prefix, string problem) =>
        ShouldBeRefused([.. LayoutTensors.Of(Weights, NetworkLayout.Published).Where(tensor => !tensor.Name.StartsWith(prefix, StringComparison.Ordinal))], problem);

    [TestCase("W_U", new[] { 6, 4 }, "tensor W_U has the shape [6, 4], but [4, 4] goes with the others")]
    [TestCase("W_in", new[] { 8, 4 }, "tensor W_in has the shape [8, 4], but [4, 8] goes with the others")]
    [TestCase("W_Q", new[] { 4, 4 }, "tensor W_Q has 2 dimensions, 3 are needed")]
    public void A_tensor_of_another_shape_is_named_with_both_shapes(string name, int[] shape, string problem)
    {
        List<NamedTensor> tensors = LayoutTensors.Of(Weights, NetworkLayout.Native);
        int index = tensors.FindIndex(tensor => tensor.Name == name);
        tensors[index] = new NamedTensor(name, shape, new float[shape.Aggregate(1, (product, extent) => product * extent)]);

        ShouldBeRefused(tensors, problem);
    }

    [Test]
    public void A_context_other_than_three_or_two_tokens_is_named() =>
        ShouldBeRefused(With("W_pos", [4, 4]), "a context of 4 tokens, not 3 or 2");

    [Test]
    public void Tokens_that_are_not_p_and_equals_are_named()
    {
        ShouldBeRefused(With("W_E", [7, 4]), "7 tokens and 6 output classes");
        ShouldBeRefused(With("W_E", [10, 4]), "10 tokens and 6 output classes");
        ShouldBeRefused(With("W_U", [4, 4]), "6 tokens and 4 output classes");
        ShouldBeRefused([.. With("W_E", [7, 4]).Where(tensor => tensor.Name != "W_U"), new NamedTensor("W_U", [4, 7], new float[28])], "7 tokens leave none for \"=\"");
        ShouldBeRefused([.. With("W_E", [16, 4]).Where(tensor => tensor.Name != "W_U"), new NamedTensor("W_U", [4, 16], new float[64])], "p = 15 is not prime");
    }

    [Test]
    public void Heads_that_do_not_fill_the_width_are_named() => ShouldBeRefused(
        [.. LayoutTensors.Of(Weights, NetworkLayout.Native).Where(tensor => !"W_Q W_K W_V W_O".Contains(tensor.Name, StringComparison.Ordinal)),
            .. new[] { "W_Q", "W_K", "W_V" }.Select(name => new NamedTensor(name, [2, 4, 3], new float[24])), new NamedTensor("W_O", [2, 3, 4], new float[24])],
        "2 heads of 3 in a model of width 4");

    /// <summary>Only the last token is read: whether those before see what comes after them changes nothing.</summary>
    [Test]
    public void A_mask_that_hides_tokens_from_the_last_one_is_named_and_any_other_makes_no_difference()
    {
        List<NamedTensor> With(params float[] mask) => [.. LayoutTensors.Of(Weights, NetworkLayout.TransformerLens), new NamedTensor("blocks.0.attn.mask", [3, 3], mask)];

        ShouldBeRefused(With(1, 0, 0, 1, 1, 0, 0, 1, 1), "blocks.0.attn.mask hides tokens from the last one");
        NetworkFile.Read(ByteSource.Of("a.file", Safetensors(With(1, 1, 1, 1, 1, 1, 1, 1, 1)))).Weights.Values.Should().Equal(Weights.Values);
    }

    /// <summary>What can be no part of the network is passed over, and said.</summary>
    [Test]
    public void Copies_and_empty_tensors_and_those_of_something_else_are_passed_over_with_a_note()
    {
        List<NamedTensor> own = LayoutTensors.Of(Weights, NetworkLayout.Published);
        NetworkFile copied = Read([.. own, own[0] with { Name = "x_embed" }]);
        NetworkFile empty = Read([.. own, new NamedTensor("hook.buffer", [0, 4], Array.Empty<float>())]);
        NetworkFile averaged = Read([.. own.Select(tensor => tensor with { Name = $"module.{tensor.Name}" }), new NamedTensor("n_averaged", [1], new[] { 5f })]);

        copied.Notes.Should().Equal("x_embed: passed over, because it is a copy of another tensor");
        empty.Notes.Should().Equal("hook.buffer: passed over, because nothing is in it");
        averaged.Notes.Should().Equal("n_averaged: passed over, because the network's own names begin with module.");
        foreach (NetworkFile network in new[] { copied, empty, averaged })
        {
            network.Weights.Values.Should().Equal(Weights.Values);
        }

        ShouldBeRefused([.. own, new NamedTensor("x_embed", own[0].Shape, new float[own[0].Values.Length])], "it has x_embed besides");
    }

    [Test]
    public void Biases_of_the_MLP_that_are_not_there_are_zero_and_said_to_be()
    {
        NetworkFile network = Read([.. LayoutTensors.Of(Weights, NetworkLayout.Published).Where(tensor => !tensor.Name.Contains("mlp.b_", StringComparison.Ordinal))]);

        network.Weights["b_in"].ToArray().Should().OnlyContain(value => value == 0).And.HaveCount(8);
        network.Weights["W_in"].ToArray().Should().Equal(Weights["W_in"].ToArray());
        network.Notes.Should().Equal("blocks.0.mlp.b_in: is not there, and taken as zero", "blocks.0.mlp.b_out: is not there, and taken as zero");
    }

    [Test]
    public void A_prefix_that_all_names_share_is_no_obstacle_in_either_format()
    {
        List<NamedTensor> tensors = [.. LayoutTensors.Of(Weights, NetworkLayout.Published).Select(tensor => tensor with { Name = $"module.{tensor.Name}" })];

        NetworkFile.Read(ByteSource.Of("a.file", Safetensors(tensors, new("act_fn", "relu"), new("n_layers", "1")))).Weights.Values.Should().Equal(Weights.Values);
    }

    [Test]
    public void A_file_with_several_networks_or_none_is_refused_with_their_places()
    {
        ShouldBeRefused(Pickled(new List<object?> { Model(), Model() }), "holds 2 networks: [0], [1]; choose one with --network");
        ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["losses"] = new List<object?> { 1.0 } }), "holds no tensor embed.W_E or W_E, nor any dict of tensors");
        ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["train_losses"] = new List<object?> { 1.0, 0.5 }, ["epochs"] = 3L }), "holds numbers (train_losses), no network");
        ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["weight"] = new TensorBytes(ElementType.Float32, [1], new byte[4]) }), "holds no tensor embed.W_E or W_E, but weight; one layer of causal attention");

        byte[] chosen = Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["checkpoints"] = new List<object?> { Model(), Model() } });
        NetworkFile.Read(ByteSource.Of("a.pth", chosen)).Weights.Values.Should().Equal(Weights.Values);
    }

    [Test]
    public void One_of_several_networks_can_be_chosen_by_its_place()
    {
        byte[] several = Pickled(new OrderedDictionary<object, object?> { ["checkpoints"] = new OrderedDictionary<object, object?> { [0L] = Model(), [250L] = Model() }, ["ema"] = Model() });

        ShouldBeRefused(several, "holds 3 networks: checkpoints[0], checkpoints[250], ema; choose one with --network");
        NetworkFile.Read(ByteSource.Of("a.pth", several), new NetworkReading { Name = "checkpoints[250]" }).Weights.Values.Should().Equal(Weights.Values);
        FluentActions.Invoking(() => NetworkFile.Read(ByteSource.Of("a.pth", several), new NetworkReading { Name = "checkpoints[7]" })).Should().Throw<CheckpointException>().WithMessage("*none of them checkpoints[7]: checkpoints[0], *");
        FluentActions.Invoking(() => NetworkFile.Read(ByteSource.Of("a.file", Safetensors(LayoutTensors.Of(Weights, NetworkLayout.Native))), new NetworkReading { Name = "ema" })).Should().Throw<CheckpointException>().WithMessage("*holds one network, and none at ema; leave --network out");
    }

    /// <summary>All other tensors agree on d_model: the one that does not is the one that is transposed.</summary>
    [Test]
    public void A_transposed_embedding_is_blamed_on_the_embedding() => ShouldBeRefused(With("W_E", [4, 6]), "tensor W_E has the shape [4, 6]");

    private static List<NamedTensor> With(string name, int[] shape) =>
    [
        .. LayoutTensors.Of(Weights, NetworkLayout.Native).Where(tensor => tensor.Name != name),
        new NamedTensor(name, shape, new float[shape.Aggregate(1, (product, extent) => product * extent)]),
    ];
}
