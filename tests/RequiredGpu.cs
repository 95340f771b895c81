using GrokVerify.LibTorch;
using TorchSharp;

namespace GrokVerify;

/// <summary>What a test of category Gpu asks for first.</summary>
internal static class RequiredGpu
{
    /// <summary>Makes the test inconclusive where libtorch does not load or sees no CUDA device, or fails it if GROKVERIFY_REQUIRE_GPU=1.</summary>
    public static void Check() => Check(Obstacle());

    /// <summary>Likewise where something else keeps the test from a GPU.</summary>
    public static void Check(string? obstacle)
    {
        if (obstacle is null)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("GROKVERIFY_REQUIRE_GPU") == "1")
        {
            Assert.Fail($"GROKVERIFY_REQUIRE_GPU=1, but {obstacle}");
        }

        Assert.Inconclusive(obstacle);
    }

    private static string? Obstacle()
    {
        try
        {
            LibTorchLoader.Require();
        }
        catch (LibTorchUnavailableException unavailable)
        {
            return unavailable.Message;
        }

        return torch.cuda.is_available() ? null : "libtorch sees no CUDA device";
    }
}
