using GrokVerify.Training;
using TorchSharp;

namespace GrokVerify;

/// <summary>What a test of category Gpu asks for first.</summary>
internal static class RequiredGpu
{
    /// <summary>Makes the test inconclusive where libtorch sees no CUDA device, or fails it if GROKVERIFY_REQUIRE_GPU=1.</summary>
    public static void Check()
    {
        LibTorch.Require();
        if (torch.cuda.is_available())
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("GROKVERIFY_REQUIRE_GPU") == "1")
        {
            Assert.Fail("GROKVERIFY_REQUIRE_GPU=1, but libtorch sees no CUDA device");
        }

        Assert.Inconclusive("libtorch sees no CUDA device");
    }
}
