using GrokVerify.Formats;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>What stands beside the weights, in whatever dict and under whatever name: what contradicts is named, what agrees is used.</summary>
[Category("Fast")]
public class FileConfigTests : NetworkFileRefusals
{
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
    [TestCase("fn", "a / b", "the task (fn of its configuration) is a / b")]
    [TestCase("funcs", "lambda x: (x[0]-x[1])%59", "the task (funcs of its configuration) is lambda x: (x[0]-x[1])%59")]
    [TestCase("task", "modular/subtraction", "the task (task of its configuration) is modular/subtraction")]
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

        File.Move(file, Path.Combine(folder, "model_7.safetensors"));
        File.WriteAllText(Path.Combine(folder, "config_7.json"), "{\"attn_coeff\": 0.5}");
        NetworkFile.Read(Path.Combine(folder, "model_7.safetensors")).Attention.Rate.Should().Be(0.5, "the code of arXiv 2306.17844 saves a configuration so");

        Directory.Delete(folder, recursive: true);
    }

    [TestCase("fn_name", "Add")]
    [TestCase("op", "+")]
    [TestCase("operation", "x+y")]
    [TestCase("operator", "(a + b) mod p")]
    [TestCase("task", "modular addition")]
    [TestCase("task", "grokking")]
    [TestCase("task", "modular/addition")]
    [TestCase("funcs", "lambda x: (x[0]+x[1])%59")]
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
}
