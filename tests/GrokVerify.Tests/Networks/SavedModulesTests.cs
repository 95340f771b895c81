using System.Diagnostics;
using System.Runtime.InteropServices;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.ForwardPass;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Networks;

/// <summary>torch.save(model), rather than of its state dict: a tree of objects that hold parameters.</summary>
[Category("Fast")]
public class SavedModulesTests
{
    private static readonly TransformerWeights Weights = FactoredForwardTests.RandomWeights(5, 4, 2, 8);
    private readonly List<byte[]> _storages = [];

    [Test]
    public void A_module_is_read_as_its_state_dict()
    {
        byte[] block = Module([], ("attn", Leaf("blocks.0.attn", "W_K", "W_Q", "W_V", "W_O")), ("mlp", Leaf("blocks.0.mlp", "W_in", "b_in", "W_out", "b_out")));
        byte[] model = Module(
            [], ("embed", Leaf("embed", "W_E")), ("pos_embed", Leaf("pos_embed", "W_pos")), ("blocks", Module([], ("0", block))), ("unembed", Leaf("unembed", "W_U")));
        byte[] file = Of([(byte)'}', .. Text("model"), .. model, (byte)'s'], [.. _storages]);

        var network = NetworkFile.Read(ByteSource.Of(Name, file));

        network.Weights.Values.Should().Equal(Weights.Values);
        network.Notes.Should().Equal("holds objects of strange.models.Module, looked into as data and never made");
    }

    /// <summary>Each of eighteen modules holds the next one twice: a quarter of a million paths, in a file of some kilobytes.</summary>
    [Test]
    public void Modules_that_are_shared_again_and_again_end_soon()
    {
        byte[] module = [.. Module([]), (byte)'q', 0];
        for (byte i = 0; i < 18; i++)
        {
            module = [.. module, (byte)'0', .. Module([], ("a", [(byte)'h', i]), ("b", [(byte)'h', i])), (byte)'q', (byte)(i + 1)];
        }

        var clock = Stopwatch.StartNew();
        Action read = () => NetworkFile.Read(ByteSource.Of(Name, Of(module)));

        read.Should().Throw<CheckpointException>().WithMessage("*holds no tensor embed.W_E or W_E*");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    private static byte[] Entries(IEnumerable<(string Name, byte[] Value)> entries) => [(byte)'}', (byte)'(', .. entries.SelectMany(entry => (byte[])[.. Text(entry.Name), .. entry.Value]), (byte)'u'];

    private static byte[] Module((string Name, byte[] Value)[] parameters, params (string Name, byte[] Value)[] modules) =>
    [
        .. Global("strange.models", "Module"), (byte)')', 0x81, .. Entries([("_parameters", Entries(parameters)), ("_buffers", [(byte)'}']), ("_modules", Entries(modules))]), (byte)'b',
    ];

    private byte[] Leaf(string path, params string[] names) => Module([.. names.Select(name => (name, Parameter($"{path}.{name}")))]);

    private byte[] Parameter(string name)
    {
        NamedTensor tensor = LayoutTensors.Of(Weights, NetworkLayout.Published).Single(tensor => tensor.Name == name);
        byte[] strides = Tuple([.. tensor.Shape.Select((_, axis) => Number((byte)tensor.Shape.Skip(axis + 1).Aggregate(1, (product, extent) => product * extent)))]);
        byte[] none = [.. Global("collections", "OrderedDict"), (byte)')', (byte)'R'];
        byte[] storage = [.. Tuple(Text("storage"), Global("torch", "FloatStorage"), Text($"{_storages.Count}"), Text("cpu"), Number((byte)tensor.Values.Length)), (byte)'Q'];
        byte[] shape = Tuple([.. tensor.Shape.Select(extent => Number((byte)extent))]);
        _storages.Add(MemoryMarshal.AsBytes(tensor.Values.Span).ToArray());
        byte[] rebuilt = [.. Global("torch._utils", "_rebuild_tensor_v2"), .. Tuple(storage, Number(0), shape, strides, [0x89], none), (byte)'R'];
        return [.. Global("torch._utils", "_rebuild_parameter"), .. Tuple(rebuilt, [0x88], none), (byte)'R'];
    }
}
