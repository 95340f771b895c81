using GrokVerify.Engines;
using GrokVerify.Loop;

namespace GrokVerify.Measures;

/// <summary>
/// When a run of the paper's setting will jump, told long before by one number that needs no key set, the Gini coefficient of the embedding's frequency norms: the sparser the embedding already is, the sooner.
/// The epoch of test accuracy 0.5 is a power of that coefficient, with an interval that holds nine times of ten; never, where the embedding is hardly sparser than at random, as with shuffled labels, or
/// nothing holds the weights, as without weight decay.
/// </summary>
/// <remarks>
/// Fitted by least squares of logarithms to the calibrated seeds that fix rules, those that had not jumped by then. Of the measures that need no key set, alone and in pairs, this one, itself or its logarithm, missed
/// least over the three epochs when each seed was foretold from the others; the largest test loss so far missed by a quarter more. The interval is conformal (jackknife): the forecast times or over a factor, the
/// ceil(0.9 (n + 1))-th smallest of the n factors by which a seed misses the fit to the others. Tests make the fits anew from golden/CalibrationGolden, and count how many of the other seeds lie within.
/// </remarks>
/// <param name="MadeAt">The epoch at which it is told.</param>
/// <param name="Epoch">The epoch of the jump; null for never.</param>
/// <param name="Factor">What the epoch is divided and multiplied by for the ends of the interval; above 1.</param>
internal sealed record JumpForecast(long MadeAt, double? Epoch, double Factor)
{
    /// <summary>Calibrated seeds have 0.061 and more at these epochs, with shuffled labels it is 0.041 at most.</summary>
    private const double LeastGini = 0.05;

    /// <summary>Calibrated seeds never come to 3,800; without weight decay a network is past 4,800 at the first of these epochs, though its embedding may be as sparse as theirs (seed 2: 0.065).</summary>
    private const double LargestSumSquaredWeights = 4_000;

    /// <summary>Some 10, 20 and 40% of the way of a median run: 6,300 epochs.</summary>
    public static IReadOnlyList<Fit> Fits { get; } =
    [
        new(750, Scale: 3_621, Exponent: 2.484, Factor: 1.423),
        new(1_500, Scale: 6_474, Exponent: 2.221, Factor: 1.363),
        new(3_000, Scale: 10_306, Exponent: 1.671, Factor: 1.289),
    ];

    public double? Earliest => Epoch / Factor;

    public double? Latest => Epoch * Factor;

    /// <summary>True for the settings that forecasts are made for: the paper's, with any seed, with labels shuffled or not, and without its weight decay.</summary>
    public static bool AppliesTo(TrainingConfig config) =>
        config.WeightDecay is 0 or 1 && config == new TrainingConfig { Seed = config.Seed, LabelRule = config.LabelRule, WeightDecay = config.WeightDecay, LossForm = config.LossForm };

    /// <summary>The newest forecast; null before the first and after the jump.</summary>
    /// <param name="rows">The run's logged rows so far, epochs ascending.</param>
    /// <param name="gini">Gini coefficient of the embedding at its checkpoints so far.</param>
    public static JumpForecast? Newest(IReadOnlyList<MetricsRow> rows, IReadOnlyDictionary<long, double> gini) =>
        !rows.Any(row => row.TestAccuracy >= 0.5) && Fits.LastOrDefault(fit => gini.ContainsKey(fit.At)) is { } fit ? fit.Of(rows, gini[fit.At]) : null;

    /// <summary>What the calibrated seeds say at one epoch.</summary>
    /// <param name="At">The epoch.</param>
    /// <param name="Scale">The epoch of the jump where the Gini coefficient is 0.1.</param>
    /// <param name="Exponent">Minus the power of the Gini coefficient.</param>
    /// <param name="Factor">Half of the interval's width, as a factor.</param>
    internal sealed record Fit(long At, double Scale, double Exponent, double Factor)
    {
        /// <summary>The forecast at the fit's epoch; null where the run has no row up to it.</summary>
        /// <param name="rows">The run's logged rows.</param>
        /// <param name="gini">Gini coefficient of the embedding at that epoch.</param>
        public JumpForecast? Of(IReadOnlyList<MetricsRow> rows, double gini)
        {
            if (rows.LastOrDefault(row => row.Epoch <= At) is not { } row)
            {
                return null;
            }

            bool never = gini < LeastGini || row.SumSquaredWeights > LargestSumSquaredWeights;
            return new JumpForecast(At, never ? null : Scale * Math.Pow(gini / 0.1, -Exponent), Factor);
        }
    }
}
