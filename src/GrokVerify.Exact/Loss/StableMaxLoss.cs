using GrokVerify.Engines;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Loss;

/// <summary>StableMax cross-entropy of a row of float32 logits in float64, one class after the other (<see cref="LossForm.StableMax"/>).</summary>
/// <remarks>s(x) = x + 1 from 0 up, 1 / (1 - x) below; s'(x) = 1 and s(x)^2. S is the sum of s over all classes, R over the wrong ones: loss = ln(S / s(l_y)) = log1p(R / s(l_y)).</remarks>
internal static unsafe class StableMaxLoss
{
    /// <summary>Replaces the logits by s'(l_j) / S, and -s'(l_y) R / (s(l_y) S) at the label, both over the number of pairs: no term cancels. Zero below <see cref="GradientFloor"/> and in the fill.</summary>
    public static void Gradient(float* values, nint stride, int classes, int label, int pairs)
    {
        (double ofLabel, double wrong) = Sums(values, stride, classes, label);
        double whole = (ofLabel + wrong) * pairs;
        for (int j = 0; j < PanelMatrix.PanelCount(classes) * PanelMatrix.Width; j++)
        {
            ref float value = ref At(values, stride, j);
            double slope = value < 0 ? Of(value) * Of(value) : 1;
            float gradient = (float)((j == label ? -slope * (wrong / ofLabel) : slope) / whole);
            value = j < classes && Math.Abs(gradient) > GradientFloor.Least ? gradient : 0;
        }
    }

    public static double Loss(float* values, nint stride, int classes, int label)
    {
        (double ofLabel, double wrong) = Sums(values, stride, classes, label);
        return DoubleMath.LogOnePlus(wrong / ofLabel);
    }

    private static double Of(double x) => x < 0 ? 1 / (1 - x) : x + 1;

    private static (double OfLabel, double Wrong) Sums(float* values, nint stride, int classes, int label)
    {
        double wrong = 0;
        for (int j = 0; j < classes; j++)
        {
            wrong += j == label ? 0 : Of(At(values, stride, j));
        }

        return (Of(At(values, stride, label)), wrong);
    }

    private static ref float At(float* values, nint stride, int column) =>
        ref values[(column / PanelMatrix.Width * stride) + (column % PanelMatrix.Width)];
}
