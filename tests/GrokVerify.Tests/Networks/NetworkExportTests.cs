using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.ForwardPass;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Networks;

[Category("Fast")]
public class NetworkExportTests : RunFolderTests
{
    private static readonly TrainingConfig Config = new()
    {
        Model = new TransformerConfig { Prime = 7, DModel = 6, Heads = 3, DMlp = 10 },
        TrainFraction = 0.6,
        Seed = 5,
        WeightDecay = 0.3,
        LossForm = LossForm.Float64,
        WarmUpSteps = 3,
    };

    private static IEnumerable<TestCaseData> Ways =>
        from layout in Enum.GetValues<NetworkLayout>()
        from ending in NetworkExport.Endings
        select new TestCaseData(layout, ending);

    [TestCaseSource(nameof(Ways))]
    public void A_round_trip_keeps_every_bit_and_what_is_known_of_the_training(NetworkLayout layout, string ending)
    {
        NetworkFile network = OfRun();
        string path = In("network" + ending);

        NetworkExport.Write(network, layout, path);
        var read = NetworkFile.Read(path);

        read.Layout.Should().Be(layout);
        Bits(read.Weights.Values).Should().Equal(Bits(network.Weights.Values));
        read.Weights.OptionalBiases.Should().BeNull();
        read.Facts.Should().Be(network.Facts);
        read.Classes.Should().Be(8);
        bool keeps = NetworkExport.KeepsMoments(layout, path);
        keeps.Should().Be(layout == NetworkLayout.Native || ending == ".pth");
        (read.Moments is not null).Should().Be(keeps);
        if (keeps)
        {
            Bits(read.Moments!.First).Should().Equal(Bits(network.Moments!.First));
            Bits(read.Moments.Second).Should().Equal(Bits(network.Moments.Second));
        }
    }

    [TestCaseSource(nameof(Ways))]
    public void What_a_file_of_others_tells_survives_too(NetworkLayout layout, string ending)
    {
        var network = NetworkFile.Read(TorchFiles.Of("published.pth"));
        string path = In("network" + ending);

        NetworkExport.Write(network, layout, path);
        var read = NetworkFile.Read(path);

        Bits(read.Weights.Values).Should().Equal(Bits(network.Weights.Values));
        read.Facts.Should().BeEquivalentTo(new { Epoch = 3L, TrainFraction = 0.4, Seed = 7L, WeightDecay = 0.5, LearningRate = 1e-3 });
        read.Facts.Should().Be(network.Facts);

        if (NetworkExport.KeepsMoments(layout, path))
        {
            Bits(read.Moments!.Second).Should().Equal(Bits(network.Moments!.Second));
        }
    }

    [TestCase(".pth")]
    [TestCase(".safetensors")]
    public void What_is_not_known_of_the_training_is_not_made_up(string ending)
    {
        NetworkFile network = OfRun() with { Facts = new NetworkFacts() };
        string path = In("network" + ending);

        NetworkExport.Write(network, NetworkLayout.Native, path);
        var read = NetworkFile.Read(path);

        read.Facts.Should().Be(new NetworkFacts());
        Bits(read.Moments!.Second).Should().Equal(Bits(network.Moments!.Second));
    }

    [TestCase(".pth")]
    [TestCase(".safetensors")]
    public void Further_biases_and_p_classes_survive_in_the_layout_that_has_them(string ending)
    {
        var network = NetworkFile.Read(TorchFiles.Of("transformerlens.pth"));
        string path = In("network" + ending);

        NetworkExport.Write(network, NetworkLayout.TransformerLens, path);
        var read = NetworkFile.Read(path);

        read.Classes.Should().Be(5);
        Bits(read.Weights.Values).Should().Equal(Bits(network.Weights.Values));
        foreach ((string name, float[] values) in network.Weights.OptionalBiases!.All)
        {
            Bits(read.Weights.OptionalBiases!.All.Single(bias => bias.Name == name).Values).Should().Equal(Bits(values), $"of {name}");
        }
    }

    [TestCase(NetworkLayout.Native)]
    [TestCase(NetworkLayout.Published)]
    public void Further_biases_are_never_dropped_silently(NetworkLayout layout)
    {
        Action write = () => NetworkExport.Write(NetworkFile.Read(TorchFiles.Of("transformerlens.pth")), layout, In("network.pth"));

        write.Should().Throw<ArgumentException>().WithMessage("the network has biases that only TransformerLens' layout has a place for: choose that*");
        Directory.EnumerateFileSystemEntries(Folder).Should().BeEmpty();
    }

    [Test]
    public void Exported_tensors_are_those_of_the_layout_element_by_element()
    {
        NetworkFile network = OfRun();
        foreach (NetworkLayout layout in Enum.GetValues<NetworkLayout>())
        {
            NetworkExport.Write(network with { Facts = new NetworkFacts() }, layout, In($"{layout}.safetensors"));
            using var file = SafetensorsFile.Open(In($"{layout}.safetensors"));
            foreach (NamedTensor expected in LayoutTensors.Of(network.Weights, layout))
            {
                file.Tensors[expected.Name].Shape.Should().Equal(expected.Shape.Select(extent => (long)extent));
                Bits(file.ReadSingles(expected.Name)).Should().Equal(Bits(expected.Values.ToArray()), $"{expected.Name} of {layout}");
            }
        }
    }

    [Test]
    public void A_file_of_another_ending_is_refused()
    {
        Action write = () => NetworkExport.Write(OfRun(), NetworkLayout.Native, In("network.onnx"));

        write.Should().Throw<ArgumentException>().WithMessage("*network.onnx: the file's name has to end in .pth or .safetensors*");
    }

    private static NetworkFile OfRun()
    {
        TransformerWeights weights = FactoredForwardTests.RandomWeights(7, 6, 3, 10);

        // A signed zero, a subnormal number and the largest: bits that arithmetic on the way would change.
        weights.Values[0] = -0f;
        weights.Values[1] = float.Epsilon;
        weights.Values[2] = float.MaxValue;
        float[] first = [.. weights.Values.Select(value => value * 0.01f)];
        float[] second = [.. weights.Values.Select(value => value * value)];
        second[2] = 1e-30f;
        return NetworkFile.Of("run", Config, new TrainingState(1234, weights, first, second));
    }

    private static int[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
