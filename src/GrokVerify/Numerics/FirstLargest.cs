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

    /// <summary>Whether it stands at an index: <see cref="IndexIn"/>, but done as soon as a larger value is seen.</summary>
    /// <param name="values">At least one; no NaN.</param>
    /// <param name="index">From 0 up.</param>
    public static bool IsAt(int index, ReadOnlySpan<double> values)
    {
        double value = values[index];
        Vector512<double> same = Vector512.Create(value);
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        int before = index / Vector512<double>.Count;
        for (int vector = 0; vector < vectors.Length; vector++)
        {
            if (vector < before ? Vector512.GreaterThanOrEqualAny(vectors[vector], same) : Vector512.GreaterThanAny(vectors[vector], same))
            {
                return false;
            }
        }

        return !values[(before * Vector512<double>.Count)..index].Contains(value) && !Exceeds(values[(vectors.Length * Vector512<double>.Count)..], value);
    }

    private static bool Exceeds(ReadOnlySpan<double> values, double value)
    {
        foreach (double other in values)
        {
            if (other > value)
            {
                return true;
            }
        }

        return false;
    }
}
