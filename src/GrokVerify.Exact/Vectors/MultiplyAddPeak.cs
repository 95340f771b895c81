using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Exact.Vectors;

/// <summary>How fast this machine can multiply and add: a loop on registers alone, the ceiling of every matrix product.</summary>
internal static class MultiplyAddPeak
{
    private const int Rounds = 100;
    private const int Iterations = 100_000;
    private const int Chains = 12;

    /// <summary>Billions of operations a second (a fused multiply-add is two), of all threads together: the best of a hundred short rounds.</summary>
    /// <param name="threads">Threads that compute at once, from 1 up.</param>
    /// <param name="width">The widest that the machine computes with when not given.</param>
    public static double Measure(int threads, VectorWidth? width = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Func<double> round = (width ?? MachineVectors.Widest) switch
        {
            VectorWidth.Vector512 => Round<Lanes512, Vector512<float>>,
            VectorWidth.Vector256 => Round<Lanes256, Vector256<float>>,
            VectorWidth.Vector128 => Round<Lanes128, Vector128<float>>,
            _ => Round<Lanes32, float>,
        };
        double[] best = new double[threads];
        using var start = new Barrier(threads);
        void Work(int thread)
        {
            for (int i = 0; i < Rounds; i++)
            {
                start.SignalAndWait();
                best[thread] = Math.Max(best[thread], round());
            }
        }

        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => Work(thread)) { IsBackground = true })];
        Array.ForEach(others, thread => thread.Start());
        Work(0);
        Array.ForEach(others, thread => thread.Join());
        return best.Sum();
    }

    private static double Round<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        long start = Stopwatch.GetTimestamp();
        float end = Loop<TLanes, TVector>(Iterations);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double operations = 2.0 * Chains * TLanes.Count * Iterations;
        return end > 0 ? operations / seconds * 1e-9 : 0;
    }

    /// <summary>Twelve chains, more than latency times units need; each tends to 1, so that no number overflows or becomes subnormal.</summary>
    /// <remarks>A method of its own, without a call: a call would make the compiler keep the chains in memory.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Loop<TLanes, TVector>(int iterations)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector x = TLanes.Broadcast(0.5f);
        TVector c0 = x, c1 = x, c2 = x, c3 = x, c4 = x, c5 = x, c6 = x, c7 = x, c8 = x, c9 = x, c10 = x, c11 = x;
        for (int i = 0; i < iterations; i++)
        {
            c0 = TLanes.MultiplyAdd(c0, x, x);
            c1 = TLanes.MultiplyAdd(c1, x, x);
            c2 = TLanes.MultiplyAdd(c2, x, x);
            c3 = TLanes.MultiplyAdd(c3, x, x);
            c4 = TLanes.MultiplyAdd(c4, x, x);
            c5 = TLanes.MultiplyAdd(c5, x, x);
            c6 = TLanes.MultiplyAdd(c6, x, x);
            c7 = TLanes.MultiplyAdd(c7, x, x);
            c8 = TLanes.MultiplyAdd(c8, x, x);
            c9 = TLanes.MultiplyAdd(c9, x, x);
            c10 = TLanes.MultiplyAdd(c10, x, x);
            c11 = TLanes.MultiplyAdd(c11, x, x);
        }

        TVector sum = TLanes.Add(TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3)), TLanes.Add(TLanes.Add(c4, c5), TLanes.Add(c6, c7)));
        return TLanes.First(TLanes.Add(sum, TLanes.Add(TLanes.Add(c8, c9), TLanes.Add(c10, c11))));
    }
}
