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

    public static IEnumerable<PlotFile> Of(Findings findings) => [Losses(findings), Accuracies(findings), KeyFrequencyLosses(findings)];

    private static PlotFile Losses(Findings findings)
    {
        double[] epochs = [.. findings.Evidence.Rows.Select(row => (double)row.Epoch)];
        return Logarithmic(
            findings,
            "loss-curves.png",
            "Train and test loss",
            new Curve("train loss", epochs, [.. findings.Evidence.Rows.Select(row => PlotStyle.Logarithm(row.TrainLoss))], PlotStyle.Blue),
            new Curve("test loss", epochs, [.. findings.Evidence.Rows.Select(row => PlotStyle.Logarithm(row.TestLoss))], PlotStyle.Vermilion));
    }

    private static PlotFile Accuracies(Findings findings)
    {
        double[] epochs = [.. findings.Evidence.Rows.Select(row => (double)row.Epoch)];
        const string title = "Train and test accuracy";
        using Plot plot = PlotStyle.Create(title, "epoch", "accuracy");
        Draw(
            plot,
            findings,
            new Curve("train accuracy", epochs, [.. findings.Evidence.Rows.Select(row => row.TrainAccuracy)], PlotStyle.Blue),
            new Curve("test accuracy", epochs, [.. findings.Evidence.Rows.Select(row => row.TestAccuracy)], PlotStyle.Vermilion));
        plot.Axes.SetLimitsY(0, 1.03);
        return PlotFile.Render("accuracy.png", title, plot);
    }

    private static PlotFile KeyFrequencyLosses(Findings findings)
    {
        IReadOnlyList<MeasurePoint> points = findings.Evidence.Curve.Points;
        double[] epochs = [.. points.Select(point => (double)point.Epoch)];
        Curve Of(string name, Func<ProgressMeasures, double?> loss, Color colour) =>
            new(name, epochs, [.. points.Select(point => PlotStyle.Logarithm(loss(point.Measures)))], colour);
        return Logarithmic(
            findings,
            "restricted-and-excluded-loss.png",
            findings.Evidence.KeyFrequencies.Exist ? "Restricted and excluded loss" : "Restricted and excluded loss: absent, there are no key frequencies",
            Of("restricted loss, all pairs", measures => measures.Restricted?.Loss, PlotStyle.Green),
            Of("excluded loss, train pairs", measures => measures.ExcludedTrain?.Loss, PlotStyle.Purple),
            Of("train loss", measures => measures.Train?.Loss, PlotStyle.Blue),
            Of("test loss", measures => measures.Test?.Loss, PlotStyle.Vermilion));
    }

    private static PlotFile Logarithmic(Findings findings, string name, string title, params Curve[] curves)
    {
        using Plot plot = PlotStyle.Create(title, "epoch", "loss (nats)");
        Draw(plot, findings, curves);
        PlotStyle.UseLogarithmicY(plot, curves.SelectMany(curve => curve.Values));
        return PlotFile.Render(name, title, plot);
    }

    private static void Draw(Plot plot, Findings findings, params Curve[] curves)
    {
        long last = findings.Evidence.Rows[^1].Epoch;
        Span(plot, findings.Phases.Memorization, "memorization", PlotStyle.Grey, last);
        Span(plot, findings.Phases.CircuitFormation, "circuit formation", Color.FromHex("#E69F00"), last);
        Span(plot, findings.Phases.Cleanup, "cleanup", Color.FromHex("#56B4E9"), last);
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
