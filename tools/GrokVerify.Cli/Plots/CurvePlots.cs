using GrokVerify.Cli.Reproduction;
using GrokVerify.Measures;
using ScottPlot;
using ScottPlot.Plottables;

namespace GrokVerify.Cli.Plots;

/// <summary>Curves over the epochs of a run, its phases shaded behind them.</summary>
internal static class CurvePlots
{
    private const float LineWidth = 2;
    private const double Shade = 0.13;

    public static IEnumerable<PlotFile> Of(ReproductionResult reproduction) => [Losses(reproduction), Accuracies(reproduction), KeyFrequencyLosses(reproduction)];

    private static PlotFile Losses(ReproductionResult reproduction)
    {
        double[] epochs = [.. reproduction.Evidence.Rows.Select(row => (double)row.Epoch)];
        return Logarithmic(
            reproduction,
            "loss-curves.png",
            "Train and test loss",
            new Curve("train loss", epochs, [.. reproduction.Evidence.Rows.Select(row => PlotStyle.Logarithm(row.TrainLoss))], PlotStyle.Blue),
            new Curve("test loss", epochs, [.. reproduction.Evidence.Rows.Select(row => PlotStyle.Logarithm(row.TestLoss))], PlotStyle.Vermilion));
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

    private static PlotFile KeyFrequencyLosses(ReproductionResult reproduction)
    {
        IReadOnlyList<MeasurePoint> points = reproduction.Evidence.Curve.Points;
        double[] epochs = [.. points.Select(point => (double)point.Epoch)];
        Curve Of(string name, Func<ProgressMeasures, double?> loss, Color colour) =>
            new(name, epochs, [.. points.Select(point => PlotStyle.Logarithm(loss(point.Measures)))], colour);
        return Logarithmic(
            reproduction,
            "restricted-and-excluded-loss.png",
            reproduction.Evidence.KeyFrequencies.Exist ? "Restricted and excluded loss" : "Restricted and excluded loss: absent, there are no key frequencies",
            Of("restricted loss, all pairs", measures => measures.Restricted?.Loss, PlotStyle.Green),
            Of("excluded loss, train pairs", measures => measures.ExcludedTrain?.Loss, PlotStyle.Purple),
            Of("train loss", measures => measures.Train?.Loss, PlotStyle.Blue),
            Of("test loss", measures => measures.Test?.Loss, PlotStyle.Vermilion));
    }

    private static PlotFile Logarithmic(ReproductionResult reproduction, string name, string title, params Curve[] curves)
    {
        using Plot plot = PlotStyle.Create(title, "epoch", "loss (nats)");
        Draw(plot, reproduction, curves);
        PlotStyle.UseLogarithmicY(plot, curves.SelectMany(curve => curve.Values));
        return PlotFile.Render(name, title, plot);
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
        plot.ShowLegend(Edge.Right);
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
