using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tests.Formats.PyTorch;
using GrokVerify.Tests.ForwardPass;

namespace GrokVerify.Tests.Networks;

/// <summary>Files with a small network, and how they are refused: in one line that says why.</summary>
public abstract class NetworkFileRefusals
{
    private protected static readonly TransformerWeights Weights = FactoredForwardTests.RandomWeights(5, 4, 2, 8);

    private protected static NewOrderedDict Model() => new([.. LayoutTensors.Of(Weights, NetworkLayout.TransformerLens)
        .Select(tensor => KeyValuePair.Create(tensor.Name, (object?)TensorBytes.Of(tensor.Shape, tensor.Values.Span)))]);

    private protected static byte[] Pickled(object content) => TorchArchive.Zip([.. PyTorchWriter.Entries(content)]);

    private protected static byte[] Safetensors(List<NamedTensor> tensors, params KeyValuePair<string, string>[] metadata)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("grokverify-").FullName, "a.safetensors");
        SafetensorsWriter.Write(path, tensors, metadata);
        byte[] bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return bytes;
    }

    private protected static NetworkFile Read(List<NamedTensor> tensors) => NetworkFile.Read(ByteSource.Of("a.file", Safetensors(tensors)));

    private protected static void ShouldBeRefused(List<NamedTensor> tensors, params string[] problems) => ShouldBeRefused(Safetensors(tensors), problems);

    private protected static void ShouldBeRefused(byte[] file, params string[] problems)
    {
        Action read = () => NetworkFile.Read(ByteSource.Of("a.file", file));
        string message = read.Should().Throw<CheckpointException>().Which.Message;
        message.Should().StartWith("a.file: ").And.NotContain("\n").And.NotContain("Parameter");
        problems.Should().Contain(problem => message.Contains(problem, StringComparison.Ordinal), message);
    }
}
