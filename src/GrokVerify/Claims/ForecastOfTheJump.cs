using System.Globalization;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>The epoch of the jump is decided long before: <see cref="JumpForecast"/> tells it from the test loss and the excluded loss.</summary>
/// <remarks>
/// Statistic: the epoch of test accuracy 0.5 over the forecast at each of three epochs, 1 where the run has jumped by then; and what the forecasts are made of.
/// Rule: at epoch 1,500 within the interval that holds for nine seeds of ten. A test counts the calibrated seeds within the three intervals.
/// </remarks>
internal sealed class ForecastOfTheJump : RunClaim
{
    internal static readonly Statistic Jump = new("epoch of test accuracy 0.5", Published: "9,371 (figure 7)");

    public override string Id => "forecast-of-the-jump";

    public override string Sentence => "The epoch of the jump can be told long before";

    public override string Source => "the project's own";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Jump, .. JumpForecast.Fits.SelectMany(StatisticsAt)];

    /// <summary>The four statistics of one epoch: the forecast, then what it is made of.</summary>
    internal static Statistic[] StatisticsAt(JumpForecast.Fit fit)
    {
        bool isDecisive = fit == JumpForecast.Fits[1];
        string at = fit.At.ToString(CultureInfo.InvariantCulture);
        return
        [
            new($"epoch of test accuracy 0.5, over that foretold at epoch {at}", AtLeast: isDecisive ? 1 / fit.Factor : null, AtMost: isDecisive ? fit.Factor : null),
            new($"test loss at epoch {at}"),
            new($"excluded loss of all frequencies at epoch {at}"),
            new($"sum of squared weights at epoch {at}"),
        ];
    }

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        (long Epoch, double Loss)[] excluded = run.FinalMeasures.SplitAbsence is null ? [.. run.Curve.Points.Select(point => (point.Epoch, point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss))] : [];
        long? jump = run.Rows.FirstOrDefault(row => row.TestAccuracy >= 0.5)?.Epoch;
        const string noJump = "test accuracy never reaches 0.5";
        yield return Jump.Of(jump, noJump);
        foreach (JumpForecast.Fit fit in JumpForecast.Fits)
        {
            Statistic[] statistics = StatisticsAt(fit);
            MetricsRow? row = run.Rows.FirstOrDefault(row => row.Epoch == fit.At);
            double? foretold = JumpForecast.At(fit, run.Rows, excluded)?.Epoch;
            yield return statistics[0].Of(jump <= fit.At ? 1 : jump / foretold, jump is null ? noJump : "it was foretold never to come, or nothing was foretold");
            yield return statistics[1].Of(row?.TestLoss, "the run has no such row");
            yield return statistics[2].Of(excluded.Where(point => point.Epoch == fit.At).Select(point => (double?)point.Loss).FirstOrDefault(), "the run has no such checkpoint");
            yield return statistics[3].Of(row?.SumSquaredWeights, "the run has no such row");
        }
    }
}
