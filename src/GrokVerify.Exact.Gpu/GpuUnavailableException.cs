namespace GrokVerify.Exact.Gpu;

/// <summary>There is no GPU that gives the exact engine's bits, or not enough memory on it. The message is one line: what, and what to do.</summary>
public sealed class GpuUnavailableException : Exception
{
    public GpuUnavailableException()
    {
    }

    public GpuUnavailableException(string message)
        : base(message)
    {
    }

    public GpuUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
