namespace GrokVerify.Measures;

/// <summary>A curve between its points, straight on a logarithmic axis.</summary>
internal static class LogarithmicCurve
{
    /// <summary>The value at an epoch; null beyond the ends.</summary>
    /// <param name="curve">Epochs ascending, values above 0.</param>
    /// <param name="epoch">Any.</param>
    public static double? At(IReadOnlyList<(double Epoch, double Value)> curve, double epoch)
    {
        int after = 0;
        while (after < curve.Count && curve[after].Epoch < epoch)
        {
            after++;
        }

        if (after == curve.Count || (after == 0 && curve[0].Epoch > epoch))
        {
            return null;
        }

        (double Epoch, double Value) end = curve[after];
        (double Epoch, double Value) begin = curve[Math.Max(0, after - 1)];
        double share = after == 0 ? 0 : (epoch - begin.Epoch) / (end.Epoch - begin.Epoch);
        return begin.Value * Math.Pow(end.Value / begin.Value, share);
    }
}
