using GrokVerify.LibTorch;
using TorchSharp;

namespace GrokVerify.Tests.LibTorch;

[TestFixture]
[Category("Fast")]
[NonParallelizable]
public class LibTorchTests
{
    [Test]
    public void Loads_and_then_keeps_to_its_folder()
    {
        LibTorchLoader.Require();
        LibTorchLoader.Require();
        using torch.Tensor ones = torch.ones(3);
        ones.sum().item<float>().Should().Be(3);

        Action change = () => LibTorchLoader.UseFolder("/somewhere/else");

        change.Should().Throw<InvalidOperationException>().WithMessage("libtorch is loaded already*");
    }
}
