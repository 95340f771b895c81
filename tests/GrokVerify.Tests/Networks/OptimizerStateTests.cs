using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>Moments of an optimiser that is not quite the one that trains here: with several groups of parameters, with a part of its state, or another optimiser.</summary>
[Category("Fast")]
public class OptimizerStateTests
{
    private static readonly string[] Names = OptimizerFiles.Names;
    private static readonly string[] Biases = OptimizerFiles.Biases;

    private string _folder = "";

    private string File => Path.Combine(_folder, "network.pth");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Moments_of_several_groups_come_to_their_parameters_though_their_numbers_are_in_another_order()
    {
        OptimizerFiles.Write(File, [([.. Names.Except(Biases)], OptimizerFiles.Settings()), (Biases, OptimizerFiles.Settings(("weight_decay", 0.0), ("lr", 2e-3)))]);

        var network = NetworkFile.Read(File);

        network.MomentsAbsence.Should().BeNull();
        foreach (string name in Names)
        {
            ShouldHave(network, name, Array.IndexOf(Names, name) + 1);
        }

        network.Facts.Should().BeEquivalentTo(new { Epoch = 40L, LearningRate = 1e-3, WeightDecay = 0.5, Beta1 = 0.9, Beta2 = 0.98, Epsilon = 1e-8 }, "the biases are few");
        network.Notes.Should().Equal("the optimiser has 2 groups of parameters with settings of their own; taken for all weights is what most of them have: lr 0.001, not 0.002, weight_decay 0.5, not 0");
    }

    [Test]
    public void Groups_with_the_same_settings_are_nothing_to_speak_of()
    {
        OptimizerFiles.Write(File, [(Biases, OptimizerFiles.Settings()), ([.. Names.Except(Biases)], OptimizerFiles.Settings())]);

        var network = NetworkFile.Read(File);

        network.Notes.Should().BeEmpty();
        ShouldHave(network, "blocks.0.mlp.b_out", Array.IndexOf(Names, "blocks.0.mlp.b_out") + 1);
    }

    [Test]
    public void Where_shapes_do_not_tell_which_parameter_is_in_which_group_no_moment_is_guessed()
    {
        string[] query = ["blocks.0.attn.W_Q"];
        OptimizerFiles.Write(File, [(query, OptimizerFiles.Settings()), ([.. Names.Except(query)], OptimizerFiles.Settings())]);

        var network = NetworkFile.Read(File);

        network.Moments.Should().BeNull("W_Q, W_K and W_V have one shape");
        network.MomentsAbsence.Should().Be("the optimiser has 2 groups of parameters, and the shapes of its moments do not tell which parameter is in which");
    }

    [Test]
    public void What_is_missing_is_zero_and_named_and_the_others_are_kept()
    {
        OptimizerFiles.Write(File, [(Names, OptimizerFiles.Settings())], name => name switch
        {
            "embed.W_E" => [],
            "pos_embed.W_pos" or "unembed.W_U" => ["exp_avg"],
            _ => ["exp_avg", "exp_avg_sq"],
        });

        var network = NetworkFile.Read(File);

        network.Facts.Epoch.Should().Be(40);
        network.MomentsAbsence.Should().Be("the optimiser has no exp_avg_sq of pos_embed.W_pos, unembed.W_U, and no exp_avg and no exp_avg_sq of embed.W_E");
        foreach (string name in Names)
        {
            // m without v would make a step of any size: the quotient of one that goes on and one that begins anew.
            ShouldHave(network, name, name is "embed.W_E" or "pos_embed.W_pos" or "unembed.W_U" ? 0 : Array.IndexOf(Names, name) + 1);
        }
    }

    [TestCase("momentum_buffer", "the optimiser has no exp_avg and no exp_avg_sq of any parameter, but momentum_buffer")]
    [TestCase("exp_avg", "the optimiser has no exp_avg_sq of any parameter")]
    public void An_optimiser_without_them_has_none(string keeps, string absence)
    {
        OptimizerFiles.Write(File, [(Names, OptimizerFiles.Settings())], _ => [keeps]);

        NetworkFile.Read(File).Should().BeEquivalentTo(new { Moments = (OptimizerMoments?)null, MomentsAbsence = absence });
    }

    [Test]
    public void An_optimiser_of_fewer_parameters_has_none()
    {
        OptimizerFiles.Write(File, [([.. Names.Skip(1)], OptimizerFiles.Settings())]);

        NetworkFile.Read(File).MomentsAbsence.Should().Be("the optimiser has 10 parameters, the network 11");
    }

    [Test]
    public void In_a_safetensors_file_too_what_is_missing_is_zero_and_named()
    {
        TransformerWeights weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 5, DModel = 4, Heads = 2, DMlp = 3 }, 1);
        List<NamedTensor> own = LayoutTensors.Of(weights, NetworkLayout.Native);
        string path = Path.Combine(_folder, "network.safetensors");
        SafetensorsWriter.Write(path, [.. own, .. own.Select(tensor => tensor with { Name = "adam.m." + tensor.Name }), .. own.Skip(1).Select(tensor => tensor with { Name = "adam.v." + tensor.Name })], []);

        var network = NetworkFile.Read(path);

        network.MomentsAbsence.Should().Be("the optimiser has no adam.v of W_E");
        network.Moments!.First.Should().Equal(weights.Values.Select((value, place) => place < 6 * 4 ? 0 : value));
    }

    private static void ShouldHave(NetworkFile network, string name, float first)
    {
        ParameterTensor tensor = network.Weights.Layout[name.Split('.')[^1]];
        Range place = tensor.Offset..(tensor.Offset + tensor.Count);
        network.Moments!.First[place].Should().OnlyContain(value => value == first, $"of {name}");
        network.Moments.Second[place].Should().OnlyContain(value => value == first / 8, $"of {name}");
    }
}
