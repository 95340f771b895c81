using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.Formats.PyTorch;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Networks;

/// <summary>Networks that are not the paper's: what makes them others is named.</summary>
[Category("Fast")]
public class UnsupportedNetworkTests
{
    private static readonly TransformerWeights Weights = FactoredForwardTests.RandomWeights(5, 4, 2, 8);

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
    [TestCase("embed.W_E", "has no tensor W_E or embed.W_E, but ")]
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
    public void A_context_other_than_three_tokens_is_named() =>
        ShouldBeRefused(With("W_pos", [2, 4]), "a context of 2 tokens, not 3");

    [Test]
    public void Tokens_that_are_not_p_and_equals_are_named()
    {
        ShouldBeRefused(With("W_E", [7, 4]), "7 tokens and 6 output classes", "p = 6 is even");
        ShouldBeRefused(With("W_U", [4, 4]), "6 tokens and 4 output classes");
        ShouldBeRefused([.. With("W_E", [7, 4]).Where(tensor => tensor.Name != "W_U"), new NamedTensor("W_U", [4, 7], new float[28])], "p = 6 is even");
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

    [TestCase("fn_name", "subtract", "the task (fn_name of its configuration) is subtract")]
    [TestCase("act_fn", "gelu", "the activation (act_fn of its configuration) is gelu")]
    [TestCase("normalization_type", "LNPre", "the normalization (normalization_type of its configuration) is LNPre")]
    [TestCase("n_layers", 2L, "the number of layers (n_layers of its configuration) is 2")]
    [TestCase("use_ln", true, "LayerNorm (use_ln of its configuration) is True")]
    [TestCase("p", 7L, "its configuration says p = 7, its tensors have p = 5")]
    [TestCase("operation", "x-y", "the task (operation of its configuration) is x-y")]
    [TestCase("op", "x/y", "the task (op of its configuration) is x/y")]
    [TestCase("operator", "multiplication", "the task (operator of its configuration) is multiplication")]
    [TestCase("task", "modular subtraction", "the task (task of its configuration) is modular subtraction")]
    [TestCase("fn", "a * b", "the task (fn of its configuration) is a * b")]
    [TestCase("activation", "GELU", "the activation (activation of its configuration) is GELU")]
    [TestCase("hidden_act", "silu", "the activation (hidden_act of its configuration) is silu")]
    [TestCase("normalization", "RMS", "the normalization (normalization of its configuration) is RMS")]
    [TestCase("use_layernorm", true, "LayerNorm (use_layernorm of its configuration) is True")]
    [TestCase("n_ctx", 5L, "its configuration says n_ctx = 5, its tensors have n_ctx = 3")]
    [TestCase("n_heads", 4L, "its configuration says n_heads = 4, its tensors have n_heads = 2")]
    [TestCase("d_vocab", 114L, "its configuration says d_vocab = 114, its tensors have d_vocab = 6")]
    public void A_configuration_of_another_network_is_named(string key, object value, string problem) =>
        ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["config"] = new OrderedDictionary<object, object?> { [key] = value } }), problem);

    [TestCase("fn_name", "subtract", "the task (fn_name of its configuration) is subtract")]
    [TestCase("act_fn", "gelu", "the activation (act_fn of its configuration) is gelu")]
    [TestCase("n_layers", "2", "the number of layers (n_layers of its configuration) is 2")]
    [TestCase("p", "7", "its configuration says p = 7, its tensors have p = 5")]
    public void Metadata_of_another_network_are_named(string key, string value, string problem) =>
        ShouldBeRefused(Safetensors(LayoutTensors.Of(Weights, NetworkLayout.Published), new KeyValuePair<string, string>(key, value)), problem);

    /// <summary>However deep it is nested, and whatever the dict is called: another task stays another task.</summary>
    [TestCase("cfg")]
    [TestCase("args")]
    [TestCase("model_config")]
    [TestCase("hyper_parameters")]
    [TestCase("hparams")]
    public void A_configuration_is_found_wherever_it_usually_is(string key)
    {
        var settings = new OrderedDictionary<object, object?> { ["op"] = "sub" };
        object?[] forms = [settings, new OrderedDictionary<object, object?> { ["data"] = settings }, "{\"data\": {\"op\": \"sub\"}}"];
        foreach (object? form in forms)
        {
            ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), [key] = form }), "the task (op of its configuration) is sub");
        }

        ShouldBeRefused(Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["op"] = "sub" }), "the task (op of its configuration) is sub");
        ShouldBeRefused(Safetensors(LayoutTensors.Of(Weights, NetworkLayout.Published), new KeyValuePair<string, string>(key, "{\"op\": \"sub\"}")), "the task (op of its configuration) is sub");
    }

    [Test]
    public void A_configuration_in_a_file_beside_the_network_is_found()
    {
        string folder = Directory.CreateTempSubdirectory("grokverify-").FullName;
        string file = Path.Combine(folder, "network.safetensors");
        SafetensorsWriter.Write(file, LayoutTensors.Of(Weights, NetworkLayout.Published), []);
        foreach (string name in new[] { "cfg.json", "config.json", "network.json" })
        {
            File.WriteAllText(Path.Combine(folder, name), "{\"act_fn\": \"gelu\", \"frac_train\": 0.3, \"seed\": 4}");
            FluentActions.Invoking(() => NetworkFile.Read(file)).Should().Throw<CheckpointException>().WithMessage($"*the activation (act_fn of {name}) is gelu*");
            File.WriteAllText(Path.Combine(folder, name), "{\"act_fn\": \"relu\", \"frac_train\": 0.3, \"seed\": 4}");
            NetworkFile.Read(file).Facts.Should().BeEquivalentTo(new { TrainFraction = 0.3, Seed = 4L });
            File.WriteAllText(Path.Combine(folder, name), "no JSON at all");
            NetworkFile.Read(file).Facts.Seed.Should().BeNull();
            File.Delete(Path.Combine(folder, name));
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestCase("fn_name", "Add")]
    [TestCase("op", "+")]
    [TestCase("operation", "x+y")]
    [TestCase("operator", "(a + b) mod p")]
    [TestCase("task", "modular addition")]
    [TestCase("task", "grokking")]
    [TestCase("fn_name", "mod_add")]
    [TestCase("act_fn", "RELU")]
    [TestCase("activation", "nn.ReLU()")]
    [TestCase("normalization_type", "None")]
    [TestCase("use_ln", false)]
    [TestCase("attention_dir", "bidirectional", Description = "the same, where the last position alone is read")]
    [TestCase("d_vocab_out", 5L)]
    [TestCase("n_layers", 1L)]
    public void Other_spellings_of_what_is_supported_are_accepted(string key, object value) => NetworkFile
        .Read(ByteSource.Of("a.pth", Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["config"] = new OrderedDictionary<object, object?> { [key] = value } })))
        .Weights.Values.Should().Equal(Weights.Values);

    /// <summary>TransformerLens seeds the initial weights with "seed"; "data_seed" is of the split.</summary>
    [Test]
    public void A_seed_of_the_weights_is_not_taken_for_that_of_the_split()
    {
        OrderedDictionary<object, object?> Config(params (string Key, object? Value)[] more) => new(
            [.. new (string Key, object? Value)[] { ("d_vocab", 6L), ("init_weights", true), ("seed", 999L), ("frac_train", 0.3) }.Concat(more).Select(entry => KeyValuePair.Create((object)entry.Key, entry.Value))]);
        NetworkFacts Facts(OrderedDictionary<object, object?> config) => NetworkFile.Read(ByteSource.Of("a.pth", Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["config"] = config }))).Facts;

        Facts(Config()).Seed.Should().BeNull();
        Facts(Config(("data_seed", 598L))).Should().BeEquivalentTo(new { Seed = 598L, TrainFraction = 0.3 });
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
    public void A_configuration_of_a_supported_network_is_accepted()
    {
        var config = new OrderedDictionary<object, object?>
        {
            ["act_fn"] = "relu", ["normalization_type"] = null, ["n_layers"] = 1L, ["attn_only"] = false, ["fn_name"] = "add", ["p"] = 5L, ["seed"] = 999L,
        };
        byte[] file = Pickled(new OrderedDictionary<object, object?> { ["model"] = Model(), ["cfg"] = config });

        var network = NetworkFile.Read(ByteSource.Of("a.pth", file));

        network.Weights.Values.Should().Equal(Weights.Values);
        network.Facts.Seed.Should().BeNull("without a fraction a seed is that of the weights, not of a split");
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
        NetworkFile.Read(ByteSource.Of("a.pth", several), "checkpoints[250]").Weights.Values.Should().Equal(Weights.Values);
        FluentActions.Invoking(() => NetworkFile.Read(ByteSource.Of("a.pth", several), "checkpoints[7]")).Should().Throw<CheckpointException>().WithMessage("*none of them checkpoints[7]: checkpoints[0], *");
        FluentActions.Invoking(() => NetworkFile.Read(ByteSource.Of("a.file", Safetensors(LayoutTensors.Of(Weights, NetworkLayout.Native))), "ema")).Should().Throw<CheckpointException>().WithMessage("*holds one network, and none at ema; leave --network out");
    }

    [TestCase("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "is a pointer of Git LFS, not the file itself; fetch it: git lfs pull")]
    [TestCase("  <!DOCTYPE html><html>", "is an HTML page; download the file itself")]
    [TestCase("<html lang=en>", "is an HTML page; download the file itself")]
    [TestCase("{\"d_model\": 128}", "is JSON; give the file of the weights")]
    [TestCase("\u001f\u008b\b and so on", "is compressed by gzip; unpack it")]
    [TestCase("\u0093NUMPY\u0001\u0000v", "is an array of NumPy")]
    public void A_file_that_is_something_else_is_named(string content, string problem) => ShouldBeRefused(System.Text.Encoding.Latin1.GetBytes(content), problem);

    [Test]
    public void An_archive_of_something_else_is_named()
    {
        ShouldBeRefused(TorchArchive.Zip(("W_E.npy", new byte[3]), ("W_U.npy", new byte[3])), "is an archive of NumPy arrays (W_E.npy, W_U.npy)");
        ShouldBeRefused(TorchArchive.Zip(("models/a.pth", new byte[3]), ("models/cfg.json", new byte[3])), "is a zip archive of other files (models/a.pth, models/cfg.json); unpack it");
        using var deflated = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(deflated, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("models/published.pth").Open();
            entry.Write(new byte[1000]);
        }

        ShouldBeRefused(deflated.ToArray(), "is a zip archive of other files (models/published.pth); unpack it");
    }

    /// <summary>What git does to a file that it takes for text.</summary>
    [TestCase("published.pth")]
    [TestCase("legacy.pth")]
    public void A_file_whose_line_endings_were_converted_is_named(string name)
    {
        byte[] original = File.ReadAllBytes(TorchFiles.Of(name));
        byte[] converted = [.. original.SelectMany((value, i) => value == '\n' && (i == 0 || original[i - 1] != '\r') ? new byte[] { (byte)'\r', value } : [value])];

        ShouldBeRefused(converted, "every line feed has a carriage return before it; mark such files as binary in .gitattributes");
    }

    [Test]
    public void What_has_no_length_is_not_opened()
    {
        string empty = Path.GetTempFileName();
        foreach (string path in OperatingSystem.IsWindows() ? [empty] : new[] { empty, "/dev/zero" })
        {
            FluentActions.Invoking(() => NetworkFile.Read(path)).Should().Throw<CheckpointException>().WithMessage($"{path}: is empty, or no regular file; *");
        }

        File.Delete(empty);
    }

    /// <summary>Trained on the tokens a and b alone, in a layout that has room for "=": weight decay leaves nothing of what stands for it.</summary>
    [Test]
    public void A_network_of_two_tokens_is_named()
    {
        TransformerWeights Decayed(params (string Name, int Row)[] rows)
        {
            var weights = new TransformerWeights(Weights.Config, [.. Weights.Values]);
            foreach ((string name, int row) in rows)
            {
                foreach (ref float value in weights[name].Slice(row * 4, 4))
                {
                    value *= 1e-4f;
                }
            }

            return weights;
        }

        ShouldBeRefused(LayoutTensors.Of(Decayed(("W_E", 5), ("W_pos", 2)), NetworkLayout.Published), "its \"=\" was never trained, neither the embedding nor the position, so that it reads two tokens");
        Read(LayoutTensors.Of(Decayed(("W_E", 5)), NetworkLayout.Published)).Weights.Values.Should().HaveCount(Weights.Values.Length, "its position says that it is read");
        Read(LayoutTensors.Of(Decayed(("W_pos", 2)), NetworkLayout.Published)).Weights.Values.Should().HaveCount(Weights.Values.Length);
    }

    /// <summary>All other tensors agree on d_model: the one that does not is the one that is transposed.</summary>
    [Test]
    public void A_transposed_embedding_is_blamed_on_the_embedding() => ShouldBeRefused(With("W_E", [4, 6]), "tensor W_E has the shape [4, 6]");

    [Test]
    public void A_file_from_before_the_zip_format_is_refused_by_name() =>
        ShouldBeRefused(File.ReadAllBytes(TorchFiles.Of("legacy.pth")), "is in PyTorch's format from before version 1.6; load it with a recent torch and save it again");

    [Test]
    public void A_tar_archive_and_a_bare_pickle_are_refused_by_name()
    {
        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));

        ShouldBeRefused(tar, "is a tar archive, PyTorch's format from before version 0.2");
        ShouldBeRefused([0x80, 4, (byte)'N', (byte)'.', 0, 0, 0, 0, 0], "is a bare pickle");
    }

    private static List<NamedTensor> With(string name, int[] shape) =>
    [
        .. LayoutTensors.Of(Weights, NetworkLayout.Native).Where(tensor => tensor.Name != name),
        new NamedTensor(name, shape, new float[shape.Aggregate(1, (product, extent) => product * extent)]),
    ];

    private static NewOrderedDict Model() => new([.. LayoutTensors.Of(Weights, NetworkLayout.TransformerLens)
        .Select(tensor => KeyValuePair.Create(tensor.Name, (object?)TensorBytes.Of(tensor.Shape, tensor.Values.Span)))]);

    private static byte[] Pickled(object content) => TorchArchive.Zip([.. PyTorchWriter.Entries(content)]);

    private static byte[] Safetensors(List<NamedTensor> tensors, params KeyValuePair<string, string>[] metadata)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("grokverify-").FullName, "a.safetensors");
        SafetensorsWriter.Write(path, tensors, metadata);
        byte[] bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return bytes;
    }

    private static NetworkFile Read(List<NamedTensor> tensors) => NetworkFile.Read(ByteSource.Of("a.file", Safetensors(tensors)));

    private static void ShouldBeRefused(List<NamedTensor> tensors, params string[] problems) => ShouldBeRefused(Safetensors(tensors), problems);

    private static void ShouldBeRefused(byte[] file, params string[] problems)
    {
        Action read = () => NetworkFile.Read(ByteSource.Of("a.file", file));
        string message = read.Should().Throw<CheckpointException>().Which.Message;
        message.Should().StartWith("a.file: ").And.NotContain("\n").And.NotContain("Parameter");
        problems.Should().Contain(problem => message.Contains(problem, StringComparison.Ordinal), message);
    }
}
