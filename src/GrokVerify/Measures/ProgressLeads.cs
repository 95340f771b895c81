namespace GrokVerify.Measures;

/// <summary>
/// How many epochs before test accuracy 0.5 each progress measure had moved, on a run's checkpoints. Restricted loss has moved when it is below half of ln p, the excluded loss of all frequencies when it is
/// above, each from the first checkpoint after which that stays so until the jump; the Gini coefficient of W_E when it is past half of the way from its minimum before the jump to its final value, from the
/// first checkpoint after which that stays so to the end, which may be after the jump.
/// </summary>
/// <remarks>The claim that they lead is that of arXiv 2301.05217 section 5.2; it gives no numeric definition, these are the project's.</remarks>
/// <param name="Jump">Epoch of the first checkpoint with a test accuracy of 0.5 or more; null when there is none.</param>
/// <param name="RestrictedLoss">Lead in epochs, above 0; null when it had not moved.</param>
/// <param name="ExcludedLoss">Lead in epochs, above 0; null when it had not moved.</param>
/// <param name="GiniEmbedding">Lead in epochs; negative when it moved after the jump.</param>
/// <param name="Absence">Why there is no lead at all; null where leads were looked for.</param>
internal sealed record ProgressLeads(long? Jump, long? RestrictedLoss, long? ExcludedLoss, long? GiniEmbedding, string? Absence)
{
    /// <param name="curve">The measures of a run.</param>
    public static ProgressLeads Of(MeasureCurve curve)
    {
        ProgressMeasures last = curve.Points[^1].Measures;
        long? jump = curve.Points.FirstOrDefault(point => point.Measures.Test?.Accuracy >= 0.5)?.Epoch;
        string? absence = last.KeyFrequenciesAbsence ?? last.SplitAbsence ?? (jump is null ? "test accuracy never reaches 0.5" : null);
        MeasurePoint[] before = absence is null ? [.. curve.Points.TakeWhile(point => point.Epoch < jump)] : [];
        if (before.Length == 0)
        {
            return new ProgressLeads(jump, null, null, null, absence ?? "test accuracy is 0.5 at the first checkpoint");
        }

        double halfUniform = Math.Log((2 * last.Alpha.Count) + 1) / 2;
        double halfWay = (before.Min(point => point.Measures.GiniEmbedding) + last.GiniEmbedding) / 2;
        return new ProgressLeads(
            jump,
            jump - MovedAt(before, point => point.Measures.Restricted!.Value.Loss < halfUniform),
            jump - MovedAt(before, point => point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss > halfUniform),
            jump - MovedAt([.. curve.Points], point => point.Measures.GiniEmbedding > halfWay),
            null);
    }

    private static long? MovedAt(MeasurePoint[] points, Predicate<MeasurePoint> hasMoved)
    {
        int first = Array.FindLastIndex(points, point => !hasMoved(point)) + 1;
        return first < points.Length ? points[first].Epoch : null;
    }
}
