using GrokVerify.Loop;

namespace GrokVerify.Measures;

/// <summary>
/// Slingshots: sudden returns of the train loss of a network that had fitted its train pairs. A spike begins where the loss rises above 1e-2 and ends where
/// it is below 1e-4 again, so that a loss which trembles about 1e-2 is one spike.
/// </summary>
/// <remarks>
/// Source: arXiv 2301.05217 appendix D.2 (slingshots come from low precision of the loss); "above 1e-2 after the first fit" is how they were counted in the
/// released low-precision run. That a network has fitted below 1e-4 is this project's definition.
/// </remarks>
internal static class LossSpikes
{
    /// <summary>The train loss above which a fitted network spikes.</summary>
    public const double Risen = 1e-2;

    /// <summary>The train loss below which a network has fitted its train pairs, for the first time or again.</summary>
    public const double Fitted = 1e-4;

    /// <summary>The epochs of the rows at which a spike was first seen, ascending. A spike that comes and goes between two rows is not seen.</summary>
    /// <param name="rows">Logged rows, epochs ascending.</param>
    public static IReadOnlyList<long> Of(IReadOnlyList<MetricsRow> rows)
    {
        var spikes = new List<long>();
        bool isFitted = false;
        foreach (MetricsRow row in rows)
        {
            if (isFitted && row.TrainLoss > Risen)
            {
                spikes.Add(row.Epoch);
                isFitted = false;
            }
            else if (row.TrainLoss < Fitted)
            {
                isFitted = true;
            }
        }

        return spikes;
    }
}
