using System.Globalization;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The epoch of the jump is decided long before: <see cref="JumpForecast"/> tells it from the Gini coefficient of the embedding.</summary>
/// <remarks>
/// Statistic: the epoch of test accuracy 0.5 over the forecast at each of three epochs, 1 where the run has jumped by then; and that coefficient.
/// Rule: at epoch 1,500 within the interval that holds for nine seeds of ten. A test counts the calibrated seeds within the three intervals.
/// </remarks>
internal sealed class ForecastOfTheJump : RunClaim
{
    internal static readonly Statistic Jump = new("epoch of test accuracy 0.5", Published: "9,371 (figure 7)");

    private const string Short = "no checkpoints lie around that epoch";

    public override string Id => "forecast-of-the-jump";

    public override string Sentence => "The epoch of the jump can be told long before";

    public override string Source => "the project's own";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Jump, .. JumpForecast.Fits.SelectMany(StatisticsAt)];

    /// <summary>The two statistics of one epoch: the forecast, then what it is made of.</summary>
    internal static Statistic[] StatisticsAt(JumpForecast.Fit fit)
    {
        bool isDecisive = fit == JumpForecast.Fits[1];
        string at = fit.At.ToString(CultureInfo.InvariantCulture);
        return
        [
            new($"epoch of test accuracy 0.5, over that foretold at epoch {at}", AtLeast: isDecisive ? 1 / fit.Factor : null, AtMost: isDecisive ? fit.Factor : null),
            new($"Gini coefficient of the embedding at epoch {at}"),
        ];
    }

    /// <summary>The forecast at one epoch of a run; null where the run has no checkpoints around it.</summary>
    internal static JumpForecast? Foretold(RunEvidence run, JumpForecast.Fit fit) => Gini(run, fit) is double gini ? fit.Of(run.Rows, gini) : null;

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        long? jump = run.Jump?.Epoch;
        const string noJump = "test accuracy never reaches 0.5";
        yield return Jump.Of(jump, noJump);
        foreach (JumpForecast.Fit fit in JumpForecast.Fits)
        {
            Statistic[] statistics = StatisticsAt(fit);
            double? gini = Gini(run, fit);
            yield return statistics[0].Of(jump <= fit.At ? 1 : jump / Foretold(run, fit)?.Epoch, jump is null ? noJump : gini is null ? Short : "it was foretold never to come");
            yield return statistics[1].Of(gini, Short);
        }
    }

    private static double? Gini(RunEvidence run, JumpForecast.Fit fit) => LogarithmicCurve.At(run.Curve.Of(measures => measures.GiniEmbedding), fit.At);
}
