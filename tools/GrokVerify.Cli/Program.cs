using GrokVerify.Training;
using TorchSharp;

try
{
    LibTorch.UseFolder(Environment.GetEnvironmentVariable("GROKVERIFY_LIBTORCH"));
    LibTorch.Require();
    Console.WriteLine($"libtorch {torch.__version__} is loaded; {torch.get_num_threads()} threads");
    return 0;
}
catch (LibTorchUnavailableException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 2;
}
