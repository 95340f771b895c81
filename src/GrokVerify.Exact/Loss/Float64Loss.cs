using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Loss;

/// <summary>The float64 log-softmax of a row of float32 logits, one class after the other: as the authors trained, not fast.</summary>
internal static unsafe class Float64Loss
{
    /// <summary>Replaces the logits by (softmax - [label]) / pairs, rounded to float32; zero below <see cref="GradientFloor"/> and in the fill of the last panel.</summary>
    public static void Gradient(float* values, nint stride, int classes, int label, int pairs)
    {
        (double largest, double logSum) = LogSum(values, stride, classes);
        for (int j = 0; j < PanelMatrix.PanelCount(classes) * PanelMatrix.Width; j++)
        {
            ref float value = ref At(values, stride, j);
            value = j < classes ? Gradient(value, largest, logSum, j == label, pairs) : 0;
        }
    }

    /// <summary>(softmax - [label]) / pairs of one class, rounded to float32; zero below <see cref="GradientFloor"/>.</summary>
    public static float Gradient(float logit, double largest, double logSum, bool isLabel, int pairs)
    {
        double probability = DoubleMath.Exp(logit - largest - logSum);
        float gradient = (float)((probability - (isLabel ? 1 : 0)) / pairs);
        return Math.Abs(gradient) > GradientFloor.Least ? gradient : 0;
    }

    /// <summary>Replaces the logits by (softmax - targets) / pairs, likewise.</summary>
    public static void Gradient(float* values, nint stride, ReadOnlySpan<double> targets, int pairs)
    {
        (double largest, double logSum) = LogSum(values, stride, targets.Length);
        for (int j = 0; j < PanelMatrix.PanelCount(targets.Length) * PanelMatrix.Width; j++)
        {
            ref float value = ref At(values, stride, j);
            float gradient = j < targets.Length ? (float)((DoubleMath.Exp(value - largest - logSum) - targets[j]) / pairs) : 0;
            value = Math.Abs(gradient) > GradientFloor.Least ? gradient : 0;
        }
    }

    /// <summary>The softmax of a row.</summary>
    public static void Softmax(float* values, nint stride, Span<double> probabilities)
    {
        (double largest, double logSum) = LogSum(values, stride, probabilities.Length);
        for (int j = 0; j < probabilities.Length; j++)
        {
            probabilities[j] = DoubleMath.Exp(At(values, stride, j) - largest - logSum);
        }
    }

    public static double Loss(float* values, nint stride, int classes, int label)
    {
        (double largest, double logSum) = LogSum(values, stride, classes);
        return -(At(values, stride, label) - largest - logSum);
    }

    private static (double Largest, double LogSum) LogSum(float* values, nint stride, int classes)
    {
        double largest = values[0];
        for (int j = 1; j < classes; j++)
        {
            largest = At(values, stride, j) > largest ? At(values, stride, j) : largest;
        }

        double sum = 0;
        for (int j = 0; j < classes; j++)
        {
            sum += DoubleMath.Exp(At(values, stride, j) - largest);
        }

        return (largest, DoubleMath.Log(sum));
    }

    private static ref float At(float* values, nint stride, int column) =>
        ref values[(column / PanelMatrix.Width * stride) + (column % PanelMatrix.Width)];
}
