using System.Globalization;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Judging;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GrokVerify.Cli.Plots;

/// <summary>Spectra of the last network, a bar for each frequency, the key frequencies in another colour and named.</summary>
internal static class SpectrumPlots
{
    private const double BarWidth = 0.8;
    private const int LabelSize = 13;
    private const double Headroom = 1.12;

    public static IEnumerable<PlotFile> Of(ReproductionResult reproduction)
    {
        NetworkEvidence last = reproduction.Evidence.Network;
        return
        [
            Spectrum(reproduction, "embedding-spectrum.png", "Fourier spectrum of the embedding W_E", "norm of the cosine and sine rows", last.Embedding.FrequencyNorms),
            .. last.NeuronAbsence is null
                ? [Spectrum(reproduction, "neuron-logit-map-spectrum.png", "Fourier spectrum of the neuron-logit map W_L = W_U W_out", "norm of the cosine and sine rows", last.NeuronLogitMap.FrequencyNorms)]
                : Array.Empty<PlotFile>(),
            Spectrum(reproduction, "alpha-spectrum.png", "Spectrum of the logits: coefficients α of cos(2πk(a + b − c)/p)", "α", last.Measures.Alpha),
        ];
    }

    private static PlotFile Spectrum(ReproductionResult reproduction, string name, string title, string yLabel, IReadOnlyList<double> values)
    {
        using Plot plot = PlotStyle.Create(title, "frequency k", yLabel);
        IReadOnlyList<int> keys = reproduction.Evidence.KeyFrequencies.Frequencies;
        AddBars(plot, values, Enumerable.Range(1, values.Count).Where(k => keys.Contains(k)), "key frequencies", PlotStyle.Vermilion, isLabelled: true);
        AddBars(plot, values, Enumerable.Range(1, values.Count).Where(k => !keys.Contains(k)), "other frequencies", PlotStyle.Grey, isLabelled: false);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = k => k < 0 ? "" : k.ToString("0", CultureInfo.InvariantCulture),
        };
        plot.Axes.SetLimitsX(0, values.Count + 1);
        double lowest = Math.Min(values.Min(), 0);
        plot.Axes.SetLimitsY(Headroom * lowest, Math.Max(Headroom * values.Max(), 1e-12));
        plot.ShowLegend(Edge.Right);
        return PlotFile.Render(name, title, plot);
    }

    private static void AddBars(Plot plot, IReadOnlyList<double> values, IEnumerable<int> frequencies, string legend, Color colour, bool isLabelled)
    {
        Bar[] bars = [.. frequencies.Select(k => new Bar
        {
            Position = k,
            Value = values[k - 1],
            Size = BarWidth,
            FillColor = colour,
            LineWidth = 0,
            Label = isLabelled ? k.ToString(CultureInfo.InvariantCulture) : "",
        })];
        if (bars.Length == 0)
        {
            return;
        }

        ScottPlot.Plottables.BarPlot drawn = plot.Add.Bars(bars);
        drawn.LegendText = legend;
        drawn.ValueLabelStyle.FontSize = LabelSize;
        drawn.ValueLabelStyle.FontName = InterFont.Name;
    }
}
