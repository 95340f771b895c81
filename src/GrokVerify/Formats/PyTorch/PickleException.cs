namespace GrokVerify.Formats.PyTorch;

/// <summary>A pickle cannot be read; <see cref="PyTorchFile"/> tells it with the file's name.</summary>
internal sealed class PickleException(string problem, string remedy = PickleException.Copy) : Exception(problem)
{
    private const string Copy = "copy the file again, or save it again with torch.save";

    public string Remedy { get; } = remedy;
}
