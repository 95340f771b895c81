using GrokVerify.Engines;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>The promise, tried out before it is relied on: a few steps on the GPU and on the processor.</summary>
internal static class SameBits
{
    private const int Steps = 2;

    /// <exception cref="GpuUnavailableException">The bits differ.</exception>
    public static void Require(GpuFleet fleet, TrainingConfig config, TrainingState start)
    {
        using FleetMember member = fleet.Add(config, start);
        using var engine = new ExactEngine(config, start);
        for (int i = 0; i < Steps; i++)
        {
            member.Step();
            engine.Step();
        }

        TrainingState there = member.Capture();
        TrainingState here = engine.Capture();
        if (!Same(there.Weights.Values, here.Weights.Values) || !Same(there.FirstMoment!, here.FirstMoment!) || !Same(there.SecondMoment!, here.SecondMoment!))
        {
            throw new GpuUnavailableException(
                $"the GPU gives other bits than the processor after {Steps} steps, so nothing was trained on it: give --device cpu, and report GPU and driver");
        }
    }

    private static bool Same(float[] a, float[] b) => a.Select(BitConverter.SingleToInt32Bits).SequenceEqual(b.Select(BitConverter.SingleToInt32Bits));
}
