using GrokVerify.Loop;

namespace GrokVerify.Measures;

/// <summary>
/// The three phases of a run. Memorization ends when the train loss is below 1e-2 and the excluded loss of all frequencies reaches its minimum before the test loss halves;
/// circuit formation ends when the test loss, past its maximum, first falls below half of it; cleanup ends as
/// <see cref="CleanupRule"/> says. A run may lack a phase, and then the reason is given.
/// </summary>
/// <remarks>No key set is needed, so the phases of a run that still goes on can be told. The phases are those of arXiv 2301.05217 section 5.2, where they are drawn by eye; the rules are the project's.</remarks>
public sealed record PhaseTimeline
{
    /// <summary>The train loss below which a network has memorized.</summary>
    public const double MemorizedTrainLoss = 1e-2;

    private PhaseTimeline(Phase memorization, Phase circuitFormation, Phase cleanup)
    {
        Memorization = memorization;
        CircuitFormation = circuitFormation;
        Cleanup = cleanup;
    }

    public Phase Memorization { get; }

    public Phase CircuitFormation { get; }

    public Phase Cleanup { get; }

    /// <summary>Finds the phases of a run whose progress measures are known.</summary>
    /// <param name="rows">The run's logged rows, epochs ascending.</param>
    /// <param name="curve">The measures at its checkpoints.</param>
    public static PhaseTimeline Of(IReadOnlyList<MetricsRow> rows, MeasureCurve curve)
    {
        string? absence = curve.Points.Select(point => point.Measures.SplitAbsence).FirstOrDefault(reason => reason is not null);
        return absence is null
            ? Of(rows, [.. curve.Points.Select(point => (point.Epoch, point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss))])
            : Without(rows, absence);
    }

    /// <summary>Finds the phases from the logged rows and the excluded loss.</summary>
    /// <param name="rows">The run's logged rows, epochs ascending, at least one.</param>
    /// <param name="excludedLoss">Excluded loss of all frequencies on the train pairs, epochs ascending; may be coarser than the rows.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static PhaseTimeline Of(IReadOnlyList<MetricsRow> rows, IReadOnlyList<(long Epoch, double Loss)> excludedLoss)
    {
        RequireRows(rows);
        Phase memorization = FindMemorization(rows, excludedLoss);
        return After(rows, memorization);
    }

    private static PhaseTimeline Without(IReadOnlyList<MetricsRow> rows, string absence)
    {
        RequireRows(rows);
        return After(rows, new Phase(rows[0].Epoch, null, $"the end of memorization needs the excluded loss: {absence}"));
    }

    private static PhaseTimeline After(IReadOnlyList<MetricsRow> rows, Phase memorization)
    {
        Phase formation = FindCircuitFormation(rows, memorization);
        return new PhaseTimeline(memorization, formation, FindCleanup(rows, formation));
    }

    private static void RequireRows(IReadOnlyList<MetricsRow> rows)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("phases need one logged row or more", nameof(rows));
        }
    }

    private static Phase FindMemorization(IReadOnlyList<MetricsRow> rows, IReadOnlyList<(long Epoch, double Loss)> excludedLoss)
    {
        long begin = rows[0].Epoch;
        MetricsRow? memorized = rows.FirstOrDefault(row => row.TrainLoss < MemorizedTrainLoss);
        if (memorized is null)
        {
            return new Phase(begin, null, "the train loss never fell below 1e-2");
        }

        (long Epoch, double Loss)[] candidates = [.. excludedLoss.Where(point => point.Epoch >= memorized.Epoch)];
        if (candidates.Length == 0)
        {
            return new Phase(begin, null, "the excluded loss was not measured after the train loss fell below 1e-2");
        }

        // Once the network generalizes the excluded loss falls again, where there are few frequencies to below where it began: that is not the end of memorization.
        long? generalizes = HalvedTestLoss(rows)?.Epoch;
        int counted = candidates.TakeWhile(point => !(point.Epoch >= generalizes)).Count() + 1;
        (long Epoch, double Loss) lowest = candidates.Take(counted).MinBy(point => point.Loss);
        return lowest.Epoch == candidates[^1].Epoch
            ? new Phase(begin, null, "the excluded loss was lowest at the last checkpoint: it had not begun to rise")
            : new Phase(begin, lowest.Epoch, null);
    }

    private static Phase FindCircuitFormation(IReadOnlyList<MetricsRow> rows, Phase memorization)
    {
        if (memorization.End is not { } begin)
        {
            return new Phase(null, null, "memorization had not ended");
        }

        MetricsRow? halved = HalvedTestLoss(rows);
        if (halved is null)
        {
            return new Phase(begin, null, "the test loss never fell below half its maximum");
        }

        return halved.Epoch > begin
            ? new Phase(begin, halved.Epoch, null)
            : new Phase(null, null, $"the test loss had halved by epoch {halved.Epoch}, before memorization ended: the network generalized while it memorized");
    }

    private static MetricsRow? HalvedTestLoss(IReadOnlyList<MetricsRow> rows)
    {
        int peak = Enumerable.Range(0, rows.Count).MaxBy(i => rows[i].TestLoss);
        return rows.Skip(peak + 1).FirstOrDefault(row => row.TestLoss < rows[peak].TestLoss / 2);
    }

    private static Phase FindCleanup(IReadOnlyList<MetricsRow> rows, Phase formation)
    {
        if (formation.End is not { } begin)
        {
            return new Phase(null, null, "circuit formation was not seen to end");
        }

        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Epoch > begin && CleanupRule.HasEndedAt(rows, i))
            {
                return new Phase(begin, rows[i].Epoch, null);
            }
        }

        return new Phase(begin, null, "the sum of squared weights was still falling by more than 1% in 250 epochs, or the test loss was not below 1e-2, at the last row");
    }
}
