using GrokVerify.Training;
using TorchSharp;

namespace GrokVerify.Tests.Training;

[TestFixture]
[Category("Fast")]
[NonParallelizable]
public class LibTorchTests
{
    [Test]
    public void Loads_and_then_keeps_to_its_folder()
    {
        LibTorch.Require();
        LibTorch.Require();
        using torch.Tensor ones = torch.ones(3);
        ones.sum().item<float>().Should().Be(3);

        Action change = () => LibTorch.UseFolder("/somewhere/else");

        change.Should().Throw<InvalidOperationException>().WithMessage("libtorch is loaded already*");
    }
}
