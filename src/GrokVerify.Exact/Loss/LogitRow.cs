using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Loss;

/// <summary>A row of logits as it lies: panels of 32 classes, <c>stride</c> apart; what fills up the last one is no class.</summary>
internal static unsafe class LogitRow<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Writes negative infinity into the fill of a row's last panel.</summary>
    public static void EmptyFill(float* values, nint stride, int classes)
    {
        int used = classes % PanelMatrix.Width;
        float* last = values + Place(classes - 1, stride) - ((classes - 1) % PanelMatrix.Width);
        for (int j = used; used > 0 && j < PanelMatrix.Width; j++)
        {
            last[j] = float.NegativeInfinity;
        }
    }

    /// <summary>The largest of a row, fill included.</summary>
    public static float Largest(float* values, nint stride, int panels)
    {
        TVector even = TLanes.Load(values);
        TVector odd = even;
        for (int panel = 0; panel < panels; panel++)
        {
            for (int j = 0; j < PanelMatrix.Width; j += 2 * TLanes.Count)
            {
                TVector first = TLanes.Load(values + (panel * stride) + j);
                TVector second = TLanes.Load(values + (panel * stride) + j + TLanes.Count);
                even = TLanes.SelectGreater(first, even, first, even);
                odd = TLanes.SelectGreater(second, odd, second, odd);
            }
        }

        return VectorMath<TLanes, TVector>.Largest(TLanes.SelectGreater(odd, even, odd, even));
    }

    /// <summary>Whether the label's logit is the largest; the lowest class wins a tie. Empties the fill.</summary>
    public static bool IsLargest(float* values, nint stride, int classes, int label)
    {
        float ofLabel = values[Place(label, stride)];
        EmptyFill(values, stride, classes);
        float largest = Largest(values, stride, PanelMatrix.PanelCount(classes));
        if (!(ofLabel >= largest))
        {
            return false;
        }

        for (int j = 0; j < label; j++)
        {
            if (values[Place(j, stride)] == ofLabel)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where a class's logit lies, from the first one's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Place(int column, nint stride) => ((nint)((uint)column / PanelMatrix.Width) * stride) + (nint)((uint)column % PanelMatrix.Width);
}
