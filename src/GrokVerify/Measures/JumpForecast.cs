using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Measures;

/// <summary>
/// When a run of the paper's setting will jump, told at an epoch long before: ln of the epoch of test accuracy 0.5 is a sum of ln of the test loss (the further it has climbed the later) and ln of the excluded
/// loss of all frequencies (the more of the circuit is there the sooner), with the interval that holds nine times of ten. Never, where the excluded loss is so low that nothing of the logits depends on a + b
/// (shuffled labels), or the sum of squared weights so high that nothing holds it (no weight decay).
/// </summary>
/// <remarks>
/// Fitted by least squares to ln on the calibrated seeds that fix rules, those that had not jumped by then. The interval is a conformal one (jackknife): the forecast times or over a factor, the ceil(0.9 (n + 1))-th
/// smallest of the n factors by which a seed misses the fit to the others. A test fits both again from golden/CalibrationGolden, and counts how many of the other seeds lie within.
/// </remarks>
/// <param name="MadeAt">The epoch at which it is told.</param>
/// <param name="Epoch">The epoch of the jump; null for never.</param>
/// <param name="Factor">What the epoch is divided and multiplied by for the ends of the interval; above 1.</param>
internal sealed record JumpForecast(long MadeAt, double? Epoch, double Factor)
{
    /// <summary>Below it the train pairs are fitted without a + b; the calibrated seeds have 0.1 and more.</summary>
    private const double LeastExcludedLoss = 1e-2;

    /// <summary>About 10, 20 and 40% of the way of a median run.</summary>
    public static IReadOnlyList<Fit> Fits { get; } =
    [
        new(750, Constant: 4.0, OfTestLoss: 1.2, OfExcludedLoss: -0.2, Factor: 1.3, LargestSumSquaredWeights: 3_800),
        new(1_500, Constant: 4.0, OfTestLoss: 1.2, OfExcludedLoss: -0.2, Factor: 1.3, LargestSumSquaredWeights: 3_400),
        new(3_000, Constant: 4.0, OfTestLoss: 1.2, OfExcludedLoss: -0.2, Factor: 1.3, LargestSumSquaredWeights: 2_900),
    ];

    public double? Earliest => Epoch / Factor;

    public double? Latest => Epoch * Factor;

    /// <summary>True for the settings that forecasts are made for: the paper's, with any seed, with labels shuffled or not, and without its weight decay.</summary>
    public static bool AppliesTo(TrainingConfig config) =>
        config.WeightDecay is 0 or 1 && config == new TrainingConfig { Seed = config.Seed, LabelRule = config.LabelRule, WeightDecay = config.WeightDecay, LossForm = config.LossForm };

    /// <summary>The forecast at an epoch; null where the run does not reach it, its losses there are not known, or it has jumped by then.</summary>
    /// <param name="fit">At which epoch.</param>
    /// <param name="rows">The run's logged rows so far, epochs ascending.</param>
    /// <param name="excludedLoss">Excluded loss of all frequencies on the train pairs at its checkpoints so far, epochs ascending.</param>
    public static JumpForecast? At(Fit fit, IReadOnlyList<MetricsRow> rows, IReadOnlyList<(long Epoch, double Loss)> excludedLoss)
    {
        MetricsRow? row = rows.FirstOrDefault(row => row.Epoch == fit.At);
        double? excluded = excludedLoss.Where(point => point.Epoch == fit.At).Select(point => (double?)point.Loss).FirstOrDefault();
        if (row is null || excluded is not double loss || rows.TakeWhile(other => other.Epoch <= fit.At).Any(other => other.TestAccuracy >= 0.5))
        {
            return null;
        }

        bool never = loss < LeastExcludedLoss || row.SumSquaredWeights > fit.LargestSumSquaredWeights;
        return new JumpForecast(fit.At, never ? null : Math.Exp(fit.Constant + (fit.OfTestLoss * Math.Log(row.TestLoss)) + (fit.OfExcludedLoss * Math.Log(loss))), fit.Factor);
    }

    /// <summary>The newest forecast; null before the first and after the jump.</summary>
    /// <inheritdoc cref="At" path="/param"/>
    public static JumpForecast? Newest(IReadOnlyList<MetricsRow> rows, IReadOnlyList<(long Epoch, double Loss)> excludedLoss) =>
        rows.Any(row => row.TestAccuracy >= 0.5) ? null : Fits.Reverse().Select(fit => At(fit, rows, excludedLoss)).FirstOrDefault(forecast => forecast is not null);

    /// <summary>What the calibrated seeds say at one epoch.</summary>
    /// <param name="At">The epoch.</param>
    /// <param name="Constant">Of the sum for ln of the jump's epoch.</param>
    /// <param name="OfTestLoss">What ln of the test loss (nats) is multiplied by in it.</param>
    /// <param name="OfExcludedLoss">What ln of the excluded loss of all frequencies (nats) is multiplied by in it.</param>
    /// <param name="Factor">Half of the interval's width, as a factor.</param>
    /// <param name="LargestSumSquaredWeights">1.1 times the largest of the calibrated seeds.</param>
    internal sealed record Fit(long At, double Constant, double OfTestLoss, double OfExcludedLoss, double Factor, double LargestSumSquaredWeights);
}
