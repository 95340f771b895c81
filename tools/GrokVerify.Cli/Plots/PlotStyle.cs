using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace GrokVerify.Cli.Plots;

/// <summary>What the plots have in common.</summary>
internal static class PlotStyle
{
    private const int TextSize = 14;
    private const int TitleSize = 17;
    private const int RightMargin = 25;
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    // Okabe and Ito's colours, told apart by the colour-blind too.
    public static Color Blue { get; } = Color.FromHex("#0072B2");

    public static Color Vermilion { get; } = Color.FromHex("#D55E00");

    public static Color Green { get; } = Color.FromHex("#009E73");

    public static Color Purple { get; } = Color.FromHex("#CC79A7");

    public static Color Grey { get; } = Color.FromHex("#9A9A9A");

    public static Plot Create(string title, string xLabel, string yLabel)
    {
        InterFont.Install();
        var plot = new Plot();
        plot.Font.Set(InterFont.Name);
        plot.Title(title, TitleSize);
        plot.XLabel(xLabel, TextSize);
        plot.YLabel(yLabel, TextSize);
        plot.Axes.Bottom.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Left.TickLabelStyle.FontSize = TextSize;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Top.IsVisible = false;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Legend.FontSize = TextSize;
        plot.Legend.FontName = InterFont.Name;
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(0.2);
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Whole epochs with separators along the x axis.</summary>
    public static void UseEpochs(Plot plot, long last)
    {
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = epoch => epoch.ToString("N0", CultureInfo.InvariantCulture),
            IntegerTicksOnly = true,
        };
        plot.Axes.SetLimitsX(0, Math.Max(last, 1));

        // An axis without lines: room for the half of the last epoch's label that is beyond it.
        plot.Axes.Right.IsVisible = true;
        plot.Axes.Right.MinimumSize = RightMargin;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Right.TickGenerator = new EmptyTickGenerator();
    }

    /// <summary>Powers of ten along the y axis; the values plotted are base-10 logarithms.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="logarithms">Everything that is plotted.</param>
    public static void UseLogarithmicY(Plot plot, IEnumerable<double> logarithms)
    {
        double[] finite = [.. logarithms.Where(double.IsFinite)];
        double lowest = finite.Length == 0 ? 0 : Math.Floor(finite.Min());
        double highest = finite.Length == 0 ? 1 : Math.Max(Math.Ceiling(finite.Max()), lowest + 1);
        plot.Axes.Left.TickGenerator = new NumericAutomatic
        {
            MinorTickGenerator = new LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = PowerOfTen,
        };
        plot.Axes.SetLimitsY(lowest, highest);
    }

    /// <summary>The logarithm to plot; NaN, a gap, where there is none.</summary>
    public static double Logarithm(double? value) => value is > 0 ? Math.Log10(value.Value) : double.NaN;

    private static string PowerOfTen(double exponent)
    {
        string digits = Math.Abs(Math.Round(exponent)).ToString(CultureInfo.InvariantCulture);
        return $"10{(exponent < 0 ? "⁻" : "")}{string.Concat(digits.Select(digit => SuperscriptDigits[digit - '0']))}";
    }
}
