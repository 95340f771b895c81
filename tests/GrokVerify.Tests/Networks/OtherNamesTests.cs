using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>The paper's network under names and in shapes of its author's liking.</summary>
[Category("Fast")]
public class OtherNamesTests : NetworkFileRefusals
{
    /// <summary>Ours as matrices [input, output], heads side by side.</summary>
    private static readonly Dictionary<string, (int Rows, int Columns, Func<int, int, float> At)> Matrices = new()
    {
        ["W_E"] = (6, 4, (i, j) => Weights["W_E"][(4 * i) + j]),
        ["W_pos"] = (3, 4, (i, j) => Weights["W_pos"][(4 * i) + j]),
        ["W_Q"] = (4, 4, (i, j) => Weights["W_Q"][(j / 2 * 8) + (2 * i) + (j % 2)]),
        ["W_K"] = (4, 4, (i, j) => Weights["W_K"][(j / 2 * 8) + (2 * i) + (j % 2)]),
        ["W_V"] = (4, 4, (i, j) => Weights["W_V"][(j / 2 * 8) + (2 * i) + (j % 2)]),
        ["W_O"] = (4, 4, (i, j) => Weights["W_O"][(4 * i) + j]),
        ["W_in"] = (4, 8, (i, j) => Weights["W_in"][(8 * i) + j]),
        ["W_out"] = (8, 4, (i, j) => Weights["W_out"][(4 * i) + j]),
        ["W_U"] = (4, 6, (i, j) => Weights["W_U"][(6 * i) + j]),
    };

    private static readonly NamedTensor[] Biases = [Bias("b_in", "mlp.0.bias"), Bias("b_out", "mlp.2.bias")];

    private static readonly Dictionary<string, NamedTensor[]> Clothes = new()
    {
        ["of nn.Linear and nn.Embedding"] =
        [
            Same("W_E", "token_embed.weight"), Same("W_pos", "pos_embed.weight"), Turned("W_Q", "attn.q_proj.weight"), Turned("W_K", "attn.k_proj.weight"), Turned("W_V", "attn.v_proj.weight"),
            Turned("W_O", "attn.o_proj.weight"), Turned("W_in", "mlp.0.weight"), Turned("W_out", "mlp.2.weight"), Turned("W_U", "unembed.weight"), Biases[0], Biases[1],
        ],
        ["of bare parameters"] =
        [
            Same("W_E", "embed"), Same("W_pos", "pos"), Ours("W_Q", "W_Q", 2, 4, 2), Ours("W_K", "W_K", 2, 4, 2), Ours("W_V", "W_V", 2, 4, 2), Ours("W_O", "W_O", 2, 2, 4),
            Same("W_in", "W_in"), Bias("b_in", "b_in"), Same("W_out", "W_out"), Bias("b_out", "b_out"), Same("W_U", "unembed"),
        ],
        ["of few letters"] =
        [
            Same("W_E", "emb"), Same("W_pos", "pe.pos"), Ours("W_Q", "wq", 2, 4, 2), Ours("W_K", "wk", 2, 4, 2), Ours("W_V", "wv", 2, 4, 2), Ours("W_O", "wo", 2, 2, 4),
            Same("W_in", "w1"), Bias("b_in", "b1"), Same("W_out", "w2"), Bias("b_out", "b2"), Same("W_U", "wu"),
        ],
        ["our names behind nn.Linear"] =
        [
            Turned("W_E", "net.embed.W_E.weight"), Same("W_pos", "net.W_pos"), Turned("W_Q", "net.W_Q.weight"), Turned("W_K", "net.W_K.weight"), Turned("W_V", "net.W_V.weight"), Turned("W_O", "net.W_O.weight"),
            Turned("W_in", "net.W_in.weight"), Bias("b_in", "net.W_in.bias"), Turned("W_out", "net.W_out.weight"), Bias("b_out", "net.W_out.bias"), Turned("W_U", "net.W_U.weight"),
        ],
        ["of GPT-2, with its mask"] =
        [
            Same("W_E", "transformer.wte.weight"), Same("W_pos", "transformer.wpe.weight"), Fused("transformer.h.0.attn.c_attn.weight"), Turned("W_O", "transformer.h.0.attn.c_proj.weight"),
            new NamedTensor("transformer.h.0.attn.bias", [1, 1, 3, 3], new float[] { 1, 0, 0, 1, 1, 0, 1, 1, 1 }),
            Turned("W_in", "transformer.h.0.mlp.c_fc.weight"), Bias("b_in", "transformer.h.0.mlp.c_fc.bias"), Turned("W_out", "transformer.h.0.mlp.c_proj.weight"), Bias("b_out", "transformer.h.0.mlp.c_proj.bias"),
            Turned("W_U", "lm_head.weight"),
        ],
        ["whose MLP only nn.Linear's order of axes tells, and whose classes only their number"] =
        [
            Same("W_E", "tok.weight"), Same("W_pos", "position"), Turned("W_Q", "query.weight"), Turned("W_K", "key.weight"), Turned("W_V", "value.weight"), Turned("W_O", "mix.weight"),
            Turned("W_in", "first.weight"), Bias("b_in", "first.bias"), Turned("W_out", "last.weight"), Bias("b_out", "last.bias"), Turned("W_U", "answers.weight"),
        ],
    };

    public static IEnumerable<string> Names => Clothes.Keys;

    [TestCaseSource(nameof(Names))]
    public void A_network_in_other_clothes_is_read_by_names_and_shapes(string clothes)
    {
        NetworkFile network = Read(Clothes[clothes]);

        network.Weights.Values.Should().Equal(Weights.Values);
        network.Weights.OptionalBiases.Should().BeNull();
        network.Notes[0].Should().StartWith("is read by names and shapes as --map W_E=").And.EndWith("heads=2");
    }

    /// <summary>What is read by names is what --map would say, word for word.</summary>
    [TestCaseSource(nameof(Names))]
    public void The_map_that_the_note_names_reads_the_same_and_nothing_is_left_to_guess(string clothes)
    {
        NamedTensor[] tensors = Clothes[clothes];
        string map = Read(tensors).Notes[0].Split("--map ")[1];

        NetworkFile network = Read(tensors, map);

        network.Weights.Values.Should().Equal(Weights.Values);
        network.Notes.Should().NotContain(note => note.Contains("by names and shapes", StringComparison.Ordinal));
    }

    [Test]
    public void A_square_matrix_of_no_known_module_is_asked_for_with_a_map_that_needs_but_its_turns()
    {
        NamedTensor[] tensors =
        [
            Same("W_E", "embed"), Same("W_pos", "pos"), Same("W_Q", "attn.wq"), Same("W_K", "attn.wk"), Same("W_V", "attn.wv"), Same("W_O", "attn.wo"),
            Same("W_in", "W_in"), Bias("b_in", "b_in"), Same("W_out", "W_out"), Bias("b_out", "b_out"), Same("W_U", "unembed"),
        ];

        ShouldBeRefused([.. tensors], "does not say which axis of attn.wq [4, 4] is read; give --map W_E=embed,W_pos=pos,W_Q=attn.wq,W_K=attn.wk,W_V=attn.wv,W_O=attn.wo,W_in=W_in,W_out=W_out,W_U=unembed, with .T after the name of each matrix that is [input, output]");
        Read(tensors, "W_Q=attn.wq.T,W_K=attn.wk.T,W_V=attn.wv.T,W_O=attn.wo.T,heads=2").Weights.Values.Should().Equal(Weights.Values);
        Read(tensors, "W_Q=attn.wq,W_K=attn.wk.T,W_V=attn.wv.T,W_O=attn.wo.T,heads=2").Weights["W_Q"].ToArray().Should().Equal(
            [.. Enumerable.Range(0, 16).Select(i => Matrices["W_Q"].At((i / 8 * 2) + (i % 2), i % 8 / 2))], "without .T it is [output, input]");
    }

    [Test]
    public void What_names_and_shapes_leave_open_is_asked_for_with_a_map_that_has_the_rest()
    {
        NamedTensor[] tensors = [.. Linear().Where(tensor => !tensor.Name.StartsWith("attn.", StringComparison.Ordinal)),
            Turned("W_Q", "attn.a.weight"), Turned("W_K", "attn.b.weight"), Turned("W_V", "attn.c.weight"), Turned("W_O", "attn.d.weight")];

        ShouldBeRefused([.. tensors], "does not say by names and shapes which tensor is W_Q, W_K, W_V, W_O; left are attn.a.weight, attn.b.weight, attn.c.weight, attn.d.weight; "
            + "give --map W_E=token_embed.weight,W_pos=pos_embed.weight,W_Q=?,W_K=?,W_V=?,W_O=?,W_in=mlp.0.weight,W_out=mlp.2.weight,W_U=unembed.weight with names in place of ?");
        Read(tensors, "W_Q=attn.a.weight,W_K=attn.b.weight,W_V=attn.c.weight,heads=2").Weights.Values.Should().Equal(Weights.Values, "what is left is W_O");
    }

    [Test]
    public void Heads_that_no_shape_tells_come_from_the_configuration_or_the_user()
    {
        ShouldBeRefused([.. Linear()], "does not say how many heads its attention has; give --map W_E=token_embed.weight");
        NetworkFile.Read(ByteSource.Of("a.file", Safetensors([.. Linear()], new KeyValuePair<string, string>("n_heads", "2")))).Weights.Values.Should().Equal(Weights.Values);
        Read([.. Linear()], "heads=1").Weights.Config.Heads.Should().Be(1);
    }

    [TestCase("W_Q=attn.nothing", "has no tensor attn.nothing that could be W_Q; give names that it has: token_embed.weight, ")]
    [TestCase("heads=3", "has a width of 4, which 3 heads do not divide; correct heads in --map, or its configuration")]
    [TestCase("W_Q=mlp.0.weight,W_in=attn.q_proj.weight", "has a tensor mlp.0.weight of shape [8, 4], which cannot be W_Q; correct W_Q in --map")]
    [TestCase("W_pos=mlp.0.bias,heads=2", "has a tensor mlp.0.bias of shape [8], which cannot be W_pos; correct W_pos in --map")]
    [TestCase("W_out=unembed.weight,W_U=mlp.2.weight,heads=2", "has a tensor unembed.weight of shape [6, 4], which cannot be W_out")]
    [TestCase("b_in=mlp.2.bias,b_out=mlp.0.bias,heads=2", "has a tensor mlp.2.bias of shape [4], which cannot be b_in")]
    public void A_map_that_does_not_fit_the_file_is_refused(string map, string problem) =>
        FluentActions.Invoking(() => Read([.. Linear()], map)).Should().Throw<CheckpointException>().WithMessage($"a.file: {problem}*");

    /// <summary>Whatever a user takes for what: the network that he says, or one clear error.</summary>
    [Test]
    [Category("Fuzz")]
    public void Any_map_of_any_names_ends_in_a_network_or_one_clear_error()
    {
        string[] clothes = [.. Names];
        int networks = 0;
        var problems = new HashSet<string>();
        for (int seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            NamedTensor[] tensors = Clothes[clothes[seed % clothes.Length]];
            string[] roles = random.GetItems([.. RoleNames.All], random.Next(1, 6));
            string map = string.Join(',', roles.Distinct().Select(role => $"{role}={tensors[random.Next(tensors.Length)].Name}{(random.Next(3) == 0 ? ".T" : "")}").Append("heads=2"));
            try
            {
                Read(tensors, map).Weights.Values.Should().HaveCount(Weights.Values.Length, map);
                networks++;
            }
            catch (CheckpointException error)
            {
                error.Message.Should().StartWith("a.file: ").And.Contain("; ").And.NotContain("\n");
                problems.Add(error.Problem);
            }
        }

        networks.Should().BePositive();
        problems.Count.Should().BeGreaterThan(100, "maps that all end alike test little");
    }

    [TestCase("", "no pair of names; give ours=theirs, with commas between")]
    [TestCase("W_Q", "W_Q is no pair of names; give ours=theirs, with commas between")]
    [TestCase("W_Q=", "W_Q= is no pair of names; give ours=theirs, with commas between")]
    [TestCase("W_X=a", "W_X is none of our tensors; they are W_E, W_pos, *, and heads")]
    [TestCase("W_Q=a,W_Q=b", "W_Q is given twice; give it once")]
    [TestCase("heads=two", "heads=two is no number of heads; give one from 1 to 1024")]
    public void A_map_that_is_none_is_refused(string map, string problem) =>
        FluentActions.Invoking(() => TensorMap.Parse(map)).Should().Throw<ArgumentException>().WithMessage(problem);

    [Test]
    public void A_tensor_that_is_for_nothing_ends_the_reading_and_a_copy_or_a_number_does_not()
    {
        NamedTensor[] network = [.. Linear(), new NamedTensor("attn.heads", [1], new[] { 2f }), Same("W_E", "x_embed")];

        Read(network, "W_E=token_embed.weight,heads=2").Notes.Should().Contain("attn.heads, x_embed: passed over, because no part of the network is in it");
        FluentActions.Invoking(() => Read([.. network, new NamedTensor("adapter", [5, 7], new float[35])], "W_E=token_embed.weight,heads=2")).Should().Throw<CheckpointException>().WithMessage("*it has adapter besides*");
    }

    [Test]
    public void Positions_are_known_whatever_their_number_and_only_three_or_two_are_supported()
    {
        NamedTensor[] With(int positions) => [.. Linear().Where(tensor => tensor.Name != "pos_embed.weight"), new NamedTensor("pos_embed.weight", [positions, 4], new float[4 * positions])];

        Read(With(2)).Attention.IsOfTwoTokens.Should().BeTrue();
        FluentActions.Invoking(() => Read(With(10))).Should().Throw<CheckpointException>().WithMessage("*a context of 10 tokens, not 3 or 2*");
    }

    [Test]
    public void Biases_of_attention_are_found_beside_their_matrices_with_heads_apart_or_not()
    {
        float[] values = [1, 2, 3, 4];
        NamedTensor[] bare = [.. Clothes["of bare parameters"], new NamedTensor("b_Q", [2, 2], values), new NamedTensor("b_V", [4], values)];
        NamedTensor[] linear = [.. Linear(), new NamedTensor("attn.q_proj.bias", [4], values), new NamedTensor("attn.v_proj.bias", [4], values)];

        foreach (NamedTensor[] tensors in new[] { bare, linear })
        {
            NetworkFile network = Read(tensors);
            network.Weights.OptionalBiases!.Query.Should().Equal(values);
            network.Weights.OptionalBiases.Value.Should().Equal(values);
            network.Weights.OptionalBiases.Key.Should().OnlyContain(value => value == 0);
        }
    }

    /// <summary>In the file m is twice the weight and v its square, each in the shape that the file has: so they are in ours.</summary>
    [Test]
    public void An_optimisers_moments_follow_their_tensors()
    {
        NamedTensor[] tensors = Linear();
        TensorBytes Of(NamedTensor tensor, Func<float, float> value) => TensorBytes.Of(tensor.Shape, [.. tensor.Values.ToArray().Select(value)]);
        OrderedDictionary<object, object?> Dictionary(params (object Key, object? Value)[] entries) => new(entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        byte[] file = Pickled(Dictionary(
            ("net", new NewOrderedDict([.. tensors.Select(tensor => KeyValuePair.Create(tensor.Name, (object?)Of(tensor, value => value)))])),
            ("n_heads", 2L),
            ("optimizer", Dictionary(
                ("state", Dictionary([.. tensors.Select((tensor, number) => ((object)(long)number, (object?)Dictionary(("step", 3L), ("exp_avg", Of(tensor, value => 2 * value)), ("exp_avg_sq", Of(tensor, value => value * value)))))])),
                ("param_groups", new List<object?> { Dictionary(("lr", 1e-3), ("params", Enumerable.Range(0, tensors.Length).Select(number => (object?)(long)number).ToList())) })))));

        NetworkFile network = NetworkFile.Read(ByteSource.Of("a.pth", file));

        network.Weights.Values.Should().Equal(Weights.Values);
        network.MomentsAbsence.Should().BeNull();
        network.Moments!.First.Should().Equal([.. Weights.Values.Select(value => 2 * value)]);
        network.Moments.Second.Should().Equal([.. Weights.Values.Select(value => value * value)]);
    }

    [Test]
    public void A_norm_and_a_second_layer_are_named_under_any_names()
    {
        ShouldBeRefused([.. Linear(), new NamedTensor("norm1.weight", [4], new float[4])], "weights of a normalization found (norm1.weight)");
        ShouldBeRefused([.. Linear().Select(tensor => tensor.Name.StartsWith("attn", StringComparison.Ordinal) ? tensor with { Name = $"encoder.layers.1.{tensor.Name}" } : tensor)], "2 layers");
    }

    private static NamedTensor[] Linear() => Clothes["of nn.Linear and nn.Embedding"];

    private static NetworkFile Read(NamedTensor[] tensors, string? map = null) => NetworkFile.Read(
        ByteSource.Of("a.file", Safetensors([.. tensors], map is null ? [new KeyValuePair<string, string>("n_heads", "2")] : [])), new NetworkReading { Map = map is null ? null : TensorMap.Parse(map) });

    private static NamedTensor Same(string ours, string theirs)
    {
        (int rows, int columns, Func<int, int, float> at) = Matrices[ours];
        return new NamedTensor(theirs, [rows, columns], Enumerable.Range(0, rows * columns).Select(i => at(i / columns, i % columns)).ToArray());
    }

    private static NamedTensor Turned(string ours, string theirs)
    {
        (int rows, int columns, Func<int, int, float> at) = Matrices[ours];
        return new NamedTensor(theirs, [columns, rows], Enumerable.Range(0, rows * columns).Select(i => at(i % rows, i / rows)).ToArray());
    }

    private static NamedTensor Ours(string ours, string theirs, params int[] shape) => new(theirs, shape, Weights[ours].ToArray());

    private static NamedTensor Bias(string ours, string theirs) => new(theirs, [Weights[ours].Length], Weights[ours].ToArray());

    private static NamedTensor Fused(string theirs) => new(
        theirs, [12, 4], new[] { "W_Q", "W_K", "W_V" }.SelectMany(ours => Turned(ours, ours).Values.ToArray()).ToArray());
}
