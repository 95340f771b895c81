using System.Security.Cryptography;
using System.Text;
using System.Buffers.Binary;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Runs;

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
        read.State.Epoch.Should().Be(1234);
        read.Weights.Values.Should().Equal(written.Weights.Values);
        read.State.FirstMoment.Should().Equal(written.FirstMoment);
        read.State.SecondMoment.Should().Equal(written.SecondMoment);
    }

    [Test]
    public void A_mean_gradient_is_kept_beside_the_moments()
    {
        TrainingState written = State() with { GradientMean = [.. State().Weights.Values.Select((_, i) => i * 0.5f)] };
        Checkpoint.Write(In("a.safetensors"), written, Config);

        var read = Checkpoint.Read(In("a.safetensors"));

        read.State.GradientMean.Should().Equal(written.GradientMean).And.NotEqual(read.State.SecondMoment);
        read.State.FirstMoment.Should().Equal(written.FirstMoment);
        RunStart.Of(written).Sha256.Should().NotBe(RunStart.Of(State()).Sha256, "a run that starts from it is another");
    }

    [Test]
    public void Without_optimiser_state_a_checkpoint_holds_the_weights_alone_and_cannot_be_resumed()
    {
        Checkpoint.Write(In("a.safetensors"), State() with { FirstMoment = null, SecondMoment = null }, Config);

        var read = Checkpoint.Read(In("a.safetensors"));
        using var file = SafetensorsFile.Open(In("a.safetensors"));

        read.State.CanResume.Should().BeFalse();
        file.Tensors.Keys.Should().Equal("W_E", "W_pos", "W_Q", "W_K", "W_V", "W_O", "W_in", "b_in", "W_out", "b_out", "W_U");
        file.Tensors["W_Q"].Shape.Should().Equal(2L, 4L, 2L);
    }

    /// <summary>The numbers and their hash stay as they are; three bytes of the header change.</summary>
    [TestCase("QKV", "KVQ", Description = "in a circle")]
    [TestCase("QK", "KQ", Description = "exchanged")]
    public void Tensors_under_each_other_s_names_are_noticed(string letters, string others)
    {
        string path = In("a.safetensors");
        Checkpoint.Write(path, State(), Config);
        byte[] content = File.ReadAllBytes(path);
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        string names = Encoding.UTF8.GetString(content, 8, header);
        string renamed = string.Concat(names.Split("\"W_").Select((part, i) => i == 0 ? part : $"\"W_{(letters.IndexOf(part[0], StringComparison.Ordinal) is var at and >= 0 && part[1] == '"' ? others[at] : part[0])}{part[1..]}"));
        Encoding.UTF8.GetBytes(renamed).CopyTo(content, 8);
        File.WriteAllBytes(path, content);

        FluentActions.Invoking(() => Checkpoint.Read(path)).Should().Throw<CheckpointException>().WithMessage("*is damaged: where W_Q was written it has W_K*");
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
                Checkpoint.Read(path);
                unnoticed.Add(at);
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
    public void A_file_of_other_origin_is_no_checkpoint()
    {
        SafetensorsWriter.Write(In("other.safetensors"), [new NamedTensor("W_E", [2], new[] { 1f, 2f })], []);

        Action read = () => Checkpoint.Read(In("other.safetensors"));

        read.Should().Throw<CheckpointException>().WithMessage("*other.safetensors: is not a checkpoint that was written here; *");
    }

    [Test]
    public void Further_biases_are_not_written_because_they_would_be_lost()
    {
        TrainingState state = State();
        var biases = new OptionalBiases([], [], [], [], []);

        Action write = () => Checkpoint.Write(In("a.safetensors"), state with { Weights = new TransformerWeights(Config.Model, state.Weights.Values) { OptionalBiases = biases } }, Config);

        write.Should().Throw<ArgumentException>();
    }

    [Test]
    public void Weights_of_another_shape_than_the_configuration_are_not_written()
    {
        Action write = () => Checkpoint.Write(In("a.safetensors"), State(), new TrainingConfig());

        write.Should().Throw<ArgumentException>();
        File.Exists(In("a.safetensors")).Should().BeFalse();
    }

    [Test]
    public void A_checkpoint_that_lacks_a_tensor_names_it()
    {
        Forge(tensors: tensors => [.. tensors.Where(tensor => tensor.Name != "b_in")]);

        Reading().Should().Throw<CheckpointException>().WithMessage("*tensor \"b_in\" is missing, but [8] is needed; *");
    }

    [Test]
    public void A_checkpoint_with_a_tensor_of_another_shape_names_both_shapes()
    {
        Forge(tensors: tensors => [.. tensors.Select(tensor => tensor.Name == "b_in" ? new NamedTensor("b_in", [2, 4], tensor.Values) : tensor)]);

        Reading().Should().Throw<CheckpointException>().WithMessage("*tensor \"b_in\" has the shape [2, 4], but [8] is needed; *");
    }

    [Test]
    public void A_checkpoint_with_a_tensor_too_many_is_refused()
    {
        Forge(tensors: tensors => [.. tensors, new NamedTensor("b_O", [1], new float[1])]);

        Reading().Should().Throw<CheckpointException>().WithMessage("*holds 12 tensors, not 11, 33 or 44; *");
    }

    [TestCase("x")]
    [TestCase("-1")]
    [TestCase("99999999999999999999")]
    public void An_epoch_that_is_none_is_one_clear_error(string epoch)
    {
        Forge(epoch: epoch);

        Reading().Should().Throw<CheckpointException>().Which.Message.Should().Contain("has metadata that cannot be understood: ").And.NotContain(".;");
    }

    [TestCase("{")]
    [TestCase("{\"prime\": 5}")]
    [TestCase(null)]
    public void A_configuration_that_is_none_or_out_of_range_is_one_clear_error(string? config)
    {
        Forge(config: config ?? RunJson.Canonical(Config with { TrainFraction = 2 }));

        Reading().Should().Throw<CheckpointException>().WithMessage("*has metadata that cannot be understood: *");
    }

    private Func<Checkpoint> Reading() => () => Checkpoint.Read(In("forged.safetensors"));

    /// <summary>A file whose hash is right, whatever it holds.</summary>
    private void Forge(Func<IReadOnlyList<NamedTensor>, IReadOnlyList<NamedTensor>>? tensors = null, string epoch = "1234", string? config = null)
    {
        TransformerWeights weights = State().Weights;
        NamedTensor[] whole = [.. weights.Layout.Tensors.Select(tensor => new NamedTensor(tensor.Name, tensor.Shape, weights.Values.AsMemory(tensor.Offset, tensor.Count)))];
        IReadOnlyList<NamedTensor> forged = tensors?.Invoke(whole) ?? whole;
        config ??= RunJson.Canonical(Config);
        byte[] content = [.. forged.SelectMany(tensor => TensorBytes.LittleEndian(tensor.Values.Span).ToArray()), .. Encoding.UTF8.GetBytes(epoch), .. Encoding.UTF8.GetBytes(config)];
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        SafetensorsWriter.Write(In("forged.safetensors"), forged, [new("grokverify_format", "1"), new("epoch", epoch), new("config", config), new("sha256", hash)]);
    }

    private static TrainingState State()
    {
        TrainingState initial = TrainingState.Initial(Config);
        float[] first = [.. initial.Weights.Values.Select(value => value * 0.3f)];
        float[] second = [.. initial.Weights.Values.Select(value => value * value)];
        return initial with { Epoch = 1234, FirstMoment = first, SecondMoment = second };
    }
}
