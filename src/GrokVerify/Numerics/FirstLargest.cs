using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GrokVerify.Numerics;

/// <summary>Where the largest value stands, the first of several; both zeros are equal.</summary>
internal static class FirstLargest
{
    /// <param name="values">At least one.</param>
    /// <returns>From 0 up; the last one where a value is NaN, which is equal to nothing.</returns>
    public static int IndexIn(ReadOnlySpan<double> values)
    {
        double largest = TensorPrimitives.Max(values);
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        int vector = 0;
        while (vector < vectors.Length && !Vector512.EqualsAny(vectors[vector], Vector512.Create(largest)))
        {
            vector++;
        }

        int first = Math.Min(vector * Vector512<double>.Count, values.Length - 1);
        while (first < values.Length - 1 && values[first] != largest)
        {
            first++;
        }

        return first;
    }
}
