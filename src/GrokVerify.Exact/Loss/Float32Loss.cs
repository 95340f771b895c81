using System.Runtime.CompilerServices;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Loss;

/// <summary>The float32 log-softmax of a row of logits: to study how it collapses.</summary>
internal static unsafe class Float32Loss<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>The loss of a row: -(l_y - max - log sum), in float32.</summary>
    public static float Loss(float* values, nint stride, int classes, int label)
    {
        float ofLabel = values[LogitRow<TLanes, TVector>.Place(label, stride)];
        (float largest, float logSum) = LogSum(values, stride, classes);
        return -((ofLabel - largest) - logSum);
    }

    /// <summary>Replaces the logits by (exp(l - max - log sum) - [label]) / n, zero below <see cref="GradientFloor"/>.</summary>
    public static void Gradient(float* values, nint stride, int classes, int label, int pairs)
    {
        (float largest, float logSum) = LogSum(values, stride, classes);
        TVector top = TLanes.Broadcast(largest);
        TVector log = TLanes.Broadcast(logSum);
        TVector n = TLanes.Broadcast(pairs);
        TVector floor = TLanes.Broadcast(GradientFloor.Least * pairs);
        for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
        {
            float* logits = values + (panel * stride);
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TLanes.Store(logits + j, Probability(TLanes.Load(logits + j), top, log, floor));
            }
        }

        values[LogitRow<TLanes, TVector>.Place(label, stride)] -= 1;
        for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
        {
            float* gradient = values + (panel * stride);
            for (int j = 0; j < PanelMatrix.Width; j += TLanes.Count)
            {
                TLanes.Store(gradient + j, TLanes.Divide(TLanes.Load(gradient + j), n));
            }
        }
    }

    /// <summary>exp(l - max - log sum), zero where it is not above the floor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Probability(TVector logits, TVector largest, TVector logSum, TVector floor)
    {
        TVector probability = VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(TLanes.Subtract(logits, largest), logSum));
        return TLanes.SelectGreater(probability, floor, probability, TLanes.Broadcast(0));
    }

    /// <summary>The largest logit, and log sum exp(l - largest), rounded to float32.</summary>
    private static (float Largest, float LogSum) LogSum(float* values, nint stride, int classes)
    {
        LogitRow<TLanes, TVector>.EmptyFill(values, stride, classes);
        float largest = LogitRow<TLanes, TVector>.Largest(values, stride, PanelMatrix.PanelCount(classes));
        float* partial = stackalloc float[VectorMath<TLanes, TVector>.PartialSums];
        TVector top = TLanes.Broadcast(largest);
        for (int lane = 0; lane < VectorMath<TLanes, TVector>.PartialSums; lane += TLanes.Count)
        {
            TVector sum = TLanes.Broadcast(0);
            for (int panel = 0; panel < PanelMatrix.PanelCount(classes); panel++)
            {
                for (int j = lane; j < PanelMatrix.Width; j += VectorMath<TLanes, TVector>.PartialSums)
                {
                    TVector logits = TLanes.Load(values + (panel * stride) + j);
                    sum = TLanes.Add(sum, VectorMath<TLanes, TVector>.Exp(TLanes.Subtract(logits, top)));
                }
            }

            TLanes.Store(partial + lane, sum);
        }

        return (largest, (float)DoubleMath.Log(VectorMath<TLanes, TVector>.AddTree(partial)));
    }
}
