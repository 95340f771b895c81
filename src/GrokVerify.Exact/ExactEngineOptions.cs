using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact;

/// <summary>What may differ between two engines without changing a result.</summary>
internal sealed record ExactEngineOptions
{
    private const int MostThreads = 1024;

    /// <summary>As many as the machine has processors when null.</summary>
    public int? Threads { get; init; }

    /// <summary>The widest that the machine computes with when null.</summary>
    public VectorWidth? Width { get; init; }

    /// <summary>Whether the time inside products is taken.</summary>
    public bool MeasureProducts { get; init; }

    /// <exception cref="ArgumentException">The number of threads is out of range.</exception>
    public void Validate()
    {
        if (Threads is < 1 or > MostThreads)
        {
            throw new ArgumentException($"threads = {Threads} is out of range: give a number from 1 to {MostThreads}");
        }
    }
}
