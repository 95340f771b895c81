using System.Buffers.Binary;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Training;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class CheckpointTests : RunFolderTests
{
    private static readonly TrainingConfig Config = PseudoTraining.Config with { WeightDecay = 0.1, LabelRule = GrokVerify.Tasks.LabelRule.Shuffled };

    [Test]
    public void A_checkpoint_reads_back_to_the_bit()
    {
        TrainingState written = State();
        Checkpoint.Write(In("a.safetensors"), written, Config);

        var read = Checkpoint.Read(In("a.safetensors"));

        read.Config.Should().Be(Config);
        read.State!.Epoch.Should().Be(1234);
        read.Weights.Values.Should().Equal(written.Weights.Values);
        read.State.FirstMoment.Should().Equal(written.FirstMoment);
        read.State.SecondMoment.Should().Equal(written.SecondMoment);
    }

    [Test]
    public void Without_optimiser_state_a_checkpoint_holds_the_weights_alone_and_cannot_be_resumed()
    {
        Checkpoint.Write(In("a.safetensors"), State() with { FirstMoment = null, SecondMoment = null }, Config);

        var read = Checkpoint.Read(In("a.safetensors"));
        using var file = SafetensorsFile.Open(In("a.safetensors"));

        read.State!.CanResume.Should().BeFalse();
        file.Tensors.Keys.Should().Equal("W_E", "W_pos", "W_Q", "W_K", "W_V", "W_O", "W_in", "b_in", "W_out", "b_out", "W_U");
        file.Tensors["W_Q"].Shape.Should().Equal(2L, 4L, 2L);
    }

    [Test]
    public void Every_flipped_bit_is_noticed()
    {
        string path = In("a.safetensors");
        Checkpoint.Write(path, State(), Config);
        byte[] sound = File.ReadAllBytes(path);
        List<int> unnoticed = [];

        // A stride prime to 8 meets every bit of a byte; the data are protected by one hash, so fewer samples do there.
        int headerEnd = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(sound);
        for (int at = 0; at < sound.Length; at += at < headerEnd ? 5 : 211)
        {
            byte[] damaged = [.. sound];
            damaged[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, damaged);
            try
            {
                // A file that no longer says what wrote it counts as one of other origin: a run does not take it for its own.
                if (Checkpoint.Read(path).Config is not null)
                {
                    unnoticed.Add(at);
                }
            }
            catch (CheckpointException)
            {
                continue;
            }
        }

        unnoticed.Should().BeEmpty();
    }

    [Test]
    public void Every_truncation_is_noticed()
    {
        string path = In("a.safetensors");
        Checkpoint.Write(path, State(), Config);
        byte[] sound = File.ReadAllBytes(path);
        for (int length = 0; length < sound.Length; length += 67)
        {
            File.WriteAllBytes(path, sound[..length]);
            Action read = () => Checkpoint.Read(path);
            read.Should().Throw<CheckpointException>($"only {length} of {sound.Length} bytes are there");
        }
    }

    [Test]
    public void Weights_of_other_origin_give_the_shape_but_no_epoch_and_no_configuration()
    {
        var weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 7, DModel = 6, Heads = 3, DMlp = 5 }, 1);
        SafetensorsWriter.Write(
            In("other.safetensors"),
            [.. Tensors(weights).Reverse(), new NamedTensor("something_else", [2], new[] { 1f, 2f })],
            [new("format", "pt")]);

        var read = Checkpoint.Read(In("other.safetensors"));

        read.Weights.Config.Should().Be(weights.Config);
        read.Weights.Values.Should().Equal(weights.Values);
        read.State.Should().BeNull();
        read.Config.Should().BeNull();
    }

    [Test]
    public void A_transposed_tensor_of_other_origin_is_refused_with_both_shapes()
    {
        var weights = WeightInitializer.Initialize(new TransformerConfig { Prime = 7, DModel = 6, Heads = 3, DMlp = 5 }, 1);
        SafetensorsWriter.Write(
            In("other.safetensors"),
            [.. Tensors(weights).Select(tensor => tensor.Name == "W_U" ? tensor with { Shape = [8, 6] } : tensor)],
            []);

        Action read = () => Checkpoint.Read(In("other.safetensors"));

        read.Should().Throw<CheckpointException>().WithMessage("*\"W_U\" has the shape [8, 6], but [6, 8] is needed; store matrices as [input, output]*");
    }

    [Test]
    public void A_file_without_our_tensors_is_refused_with_the_names_that_are_needed()
    {
        SafetensorsWriter.Write(In("other.safetensors"), [new NamedTensor("embed.W_E", [2], new[] { 1f, 2f })], []);

        Action read = () => Checkpoint.Read(In("other.safetensors"));

        read.Should().Throw<CheckpointException>().WithMessage("*has no tensor \"W_E\" with 2 dimensions; name the tensors W_E, W_pos*W_U");
    }

    [Test]
    public void Weights_of_another_shape_than_the_configuration_are_not_written()
    {
        Action write = () => Checkpoint.Write(In("a.safetensors"), State(), new TrainingConfig());

        write.Should().Throw<ArgumentException>();
        File.Exists(In("a.safetensors")).Should().BeFalse();
    }

    private static IEnumerable<NamedTensor> Tensors(TransformerWeights weights) => weights.Layout.Tensors.Select(
        tensor => new NamedTensor(tensor.Name, tensor.Shape, weights.Values.AsMemory(tensor.Offset, tensor.Count)));

    private static TrainingState State()
    {
        TrainingState initial = TrainingState.Initial(Config);
        float[] first = [.. initial.Weights.Values.Select(value => value * 0.3f)];
        float[] second = [.. initial.Weights.Values.Select(value => value * value)];
        return initial with { Epoch = 1234, FirstMoment = first, SecondMoment = second };
    }
}
