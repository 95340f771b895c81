using System.Globalization;
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
    private const double Shade = 0.22;

    public static IEnumerable<PlotFile> Of(ReproductionResult reproduction) => [Losses(reproduction), Accuracies(reproduction)];

    /// <summary>The whole story in one picture: both losses of the network, and what is left of it with its key frequencies alone, and without them.</summary>
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
                    OfCheckpoints("excluded loss: train pairs, without these", measures => measures.ExcludedTrain?.Loss, PlotStyle.Purple),
                ]
                : (Curve[])[],
        ];
        string title = string.Create(CultureInfo.InvariantCulture, $"Learning (a + b) mod {config.Model.Prime} from {config.TrainFraction:0.##%} of all pairs");
        using Plot plot = PlotStyle.Create(title, "epoch (training steps, each on all train pairs)", "loss (cross-entropy in nats)");
        Draw(plot, reproduction, curves);
        PlotStyle.UseLogarithmicY(plot, curves.SelectMany(curve => curve.Values));
        return PlotFile.Render("grokking.png", title, plot);
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
