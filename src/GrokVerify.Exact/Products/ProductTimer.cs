using System.Diagnostics;

namespace GrokVerify.Exact.Products;

/// <summary>Adds up the time inside products and the operations that they needed, where that is measured.</summary>
internal sealed class ProductTimer(bool isOn)
{
    private readonly Lock _lock = new();
    private long _ticks;

    public bool IsOn => isOn;

    /// <summary>Those of all threads added; zero unless measured.</summary>
    public double Seconds => (double)_ticks / Stopwatch.Frequency;

    /// <summary>Multiplications and additions; zero unless measured.</summary>
    public double Flops { get; private set; }

    public long Begin() => isOn ? Stopwatch.GetTimestamp() : 0;

    /// <param name="begin">What <see cref="Begin"/> gave.</param>
    /// <param name="flops">Operations since.</param>
    public void End(long begin, double flops)
    {
        if (isOn)
        {
            long ticks = Stopwatch.GetTimestamp() - begin;
            lock (_lock)
            {
                _ticks += ticks;
                Flops += flops;
            }
        }
    }
}
