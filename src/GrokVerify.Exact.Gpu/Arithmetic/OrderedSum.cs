using System.Runtime.CompilerServices;
using GrokVerify.Exact.Gpu.Kernels;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Arithmetic;

/// <summary>A float64 sum in the order of its terms, for which a group of threads fetches as many terms at a time as it has threads.</summary>
internal static class OrderedSum
{
    /// <summary>Room for the terms of a group, in shared memory.</summary>
    public const int Terms = ProductKernel.Threads;

    /// <summary>Adds the terms of all threads, the first thread's first. Every thread of the group has to come here.</summary>
    /// <param name="terms">Shared memory: <see cref="Terms"/>.</param>
    /// <param name="sum">What they are added to; only the first thread's counts.</param>
    /// <param name="term">This thread's.</param>
    /// <param name="count">Threads that have one.</param>
    /// <returns>The sum, for the first thread.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(ArrayView<double> terms, double sum, double term, int count)
    {
        terms[Group.IdxX] = term;
        Group.Barrier();
        if (Group.IdxX == 0)
        {
            for (int i = 0; i < count; i++)
            {
                sum += terms[i];
            }
        }

        Group.Barrier();
        return sum;
    }
}
