using System.Globalization;
using GrokVerify.Claims;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using ScottPlot;
using ScottPlot.Plottables;

namespace GrokVerify.Cli.Plots;

/// <summary>Curves over the epochs of a run, its phases shaded behind them.</summary>
internal static class CurvePlots
{
    private const float LineWidth = 2;
    private const float MarkerSize = 9;
    private const double Shade = 0.22;

    public static IEnumerable<PlotFile> Of(ReproductionResult reproduction) => [Losses(reproduction), Accuracies(reproduction)];

    /// <summary>
    /// The whole story in one picture, the paper's figure 7: both losses of the network, and what is left of it with its key frequencies alone, and without any frequency. In the paper's setting its points
    /// are laid over the curves, their epochs stretched by the ratio of the two jumps.
    /// </summary>
    private static PlotFile Losses(ReproductionResult reproduction)
    {
        RunEvidence evidence = reproduction.Evidence;
        TrainingConfig config = reproduction.Run.Config;
        Curve OfRun(string name, Func<MetricsRow, double> loss, Color colour) =>
            new(name, [.. evidence.Rows.Select(row => (double)row.Epoch)], [.. evidence.Rows.Select(row => PlotStyle.Logarithm(loss(row)))], colour);
        Curve OfCheckpoints(string name, Func<ProgressMeasures, double?> loss, Color colour) =>
            new(name, [.. evidence.Curve.Points.Select(point => (double)point.Epoch)], [.. evidence.Curve.Points.Select(point => PlotStyle.Logarithm(loss(point.Measures)))], colour);
        Curve[] curves =
        [
            OfRun("guessing evenly", _ => evidence.UniformLoss, PlotStyle.Grey),
            OfRun("train loss: pairs trained on", row => row.TrainLoss, PlotStyle.Blue),
            OfRun("test loss: pairs held back", row => row.TestLoss, PlotStyle.Vermilion),
            .. evidence.KeyFrequencies.Exist
                ? [
                    OfCheckpoints("restricted loss: key frequencies only", measures => measures.Restricted?.Loss, PlotStyle.Green),
                ]
                : (Curve[])[],
            .. evidence.FinalMeasures.SplitAbsence is null
                ? [
                    OfCheckpoints("excluded loss: train pairs, without any frequency", measures => measures.ExcludedAllFrequenciesTrain?.Loss, PlotStyle.Purple),
                ]
                : (Curve[])[],
        ];
        string title = string.Create(CultureInfo.InvariantCulture, $"Learning (a + b) mod {config.Model.Prime} from {config.TrainFraction:0.##%} of all pairs");
        using Plot plot = PlotStyle.Create(title, "epoch (training steps, each on all train pairs)", "loss (cross-entropy in nats)");
        Draw(plot, reproduction, curves);
        if (PublishedMainline.IsSettingOf(config) && PublishedFigure7.StretchTo(evidence) is double stretch)
        {
            DrawPublished(plot, stretch, evidence.Rows[^1].Epoch);
        }

        PlotStyle.UseLogarithmicY(plot, curves.SelectMany(curve => curve.Values));
        return PlotFile.Render("grokking.png", title, plot);
    }

    private static void DrawPublished(Plot plot, double stretch, long last)
    {
        PublishedFigure7.Point[] points = [.. PublishedFigure7.Points.Where(point => stretch * point.Epoch <= last)];
        double[] epochs = [.. points.Select(point => stretch * point.Epoch)];
        Scatter Mark(Func<PublishedFigure7.Point, double> loss, Color colour)
        {
            Scatter marks = plot.Add.ScatterPoints(epochs, [.. points.Select(point => PlotStyle.Logarithm(loss(point)))]);
            marks.MarkerStyle = new MarkerStyle(MarkerShape.OpenCircle, MarkerSize, colour) { LineWidth = LineWidth };
            return marks;
        }

        Mark(point => point.TestLoss, PlotStyle.Vermilion);
        Mark(point => point.ExcludedLoss, PlotStyle.Purple);
        Mark(point => point.RestrictedLoss, PlotStyle.Green).LegendText = "circles: the paper's figure 7";
    }

    private static PlotFile Accuracies(ReproductionResult reproduction)
    {
        double[] epochs = [.. reproduction.Evidence.Rows.Select(row => (double)row.Epoch)];
        const string title = "Train and test accuracy";
        using Plot plot = PlotStyle.Create(title, "epoch", "accuracy");
        Draw(
            plot,
            reproduction,
            new Curve("train accuracy", epochs, [.. reproduction.Evidence.Rows.Select(row => row.TrainAccuracy)], PlotStyle.Blue),
            new Curve("test accuracy", epochs, [.. reproduction.Evidence.Rows.Select(row => row.TestAccuracy)], PlotStyle.Vermilion));
        plot.Axes.SetLimitsY(0, 1.03);
        return PlotFile.Render("accuracy.png", title, plot);
    }

    private static void Draw(Plot plot, ReproductionResult reproduction, params Curve[] curves)
    {
        long last = reproduction.Evidence.Rows[^1].Epoch;
        Span(plot, reproduction.Phases.Memorization, "memorization", PlotStyle.Grey, last);
        Span(plot, reproduction.Phases.CircuitFormation, "circuit formation", Color.FromHex("#E69F00"), last);
        Span(plot, reproduction.Phases.Cleanup, "cleanup", Color.FromHex("#56B4E9"), last);
        foreach (Curve curve in curves)
        {
            Scatter line = plot.Add.ScatterLine(curve.Epochs, curve.Values, curve.Colour);
            line.LineWidth = LineWidth;
            line.LegendText = curve.Name;
        }

        PlotStyle.UseEpochs(plot, last);
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.TightHorizontalWrapping = true;
        plot.ShowLegend(Edge.Bottom);
    }

    private static void Span(Plot plot, Phase phase, string name, Color colour, long last)
    {
        if (phase.Begin is long begin)
        {
            HorizontalSpan span = plot.Add.HorizontalSpan(begin, phase.End ?? last, colour.WithAlpha(Shade));
            span.LineStyle.Width = 0;
            span.LegendText = name;
        }
    }

    private sealed record Curve(string Name, double[] Epochs, double[] Values, Color Colour);
}
