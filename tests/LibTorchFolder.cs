using GrokVerify.LibTorch;

namespace GrokVerify;

/// <summary>Lets GROKVERIFY_LIBTORCH name the libtorch that a test assembly runs on; the library itself reads no environment.</summary>
[SetUpFixture]
public sealed class LibTorchFolder
{
    [OneTimeSetUp]
    public void Load()
    {
        if (Environment.GetEnvironmentVariable("GROKVERIFY_LIBTORCH") is { Length: > 0 } folder)
        {
            LibTorchLoader.UseFolder(folder);
            LibTorchLoader.Require();
        }
    }
}
