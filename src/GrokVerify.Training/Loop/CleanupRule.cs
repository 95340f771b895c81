namespace GrokVerify.Loop;

/// <summary>
/// The end of the cleanup phase: test loss below 1e-2, and the sum of squared weights has stopped falling faster than 1% in 250 epochs.
/// </summary>
/// <remarks>The phase is the paper's (arXiv 2301.05217 section 5.2); the two thresholds are this project's.</remarks>
internal static class CleanupRule
{
    public const double GrokkedTestLoss = 1e-2;
    public const double SettledDecrease = 0.01;
    public const int SettledEpochs = 250;

    /// <summary>True when the newest row is past the end of cleanup.</summary>
    /// <param name="rows">Logged rows, epochs ascending.</param>
    public static bool HasEnded(IReadOnlyList<MetricsRow> rows) => rows.Count > 0 && HasEndedAt(rows, rows.Count - 1);

    /// <summary>True when row <paramref name="index"/> is past the end of cleanup, judged from it and the rows before it.</summary>
    public static bool HasEndedAt(IReadOnlyList<MetricsRow> rows, int index)
    {
        MetricsRow row = rows[index];
        if (!(row.TestLoss < GrokkedTestLoss))
        {
            return false;
        }

        for (int i = index - 1; i >= 0; i--)
        {
            long elapsed = row.Epoch - rows[i].Epoch;
            if (elapsed >= SettledEpochs)
            {
                double allowed = SettledDecrease * elapsed / SettledEpochs;
                return rows[i].TestLoss < GrokkedTestLoss && row.SumSquaredWeights > rows[i].SumSquaredWeights * (1 - allowed);
            }
        }

        return false;
    }
}
