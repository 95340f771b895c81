using System.Globalization;
using System.Text.RegularExpressions;
using GrokVerify.Cli.Page;

namespace GrokVerify.ReportTests;

/// <summary>The colours of the charts, as people see them.</summary>
[Category("Fast")]
public class ColourTests
{
    /// <summary>WCAG 2.2, success criterion 1.4.11: graphics need a contrast of 3 to 1.</summary>
    private const double LeastContrast = 3;

    /// <summary>In CIELAB (1976) a difference of 2.3 is just noticed side by side; lines of a chart lie apart.</summary>
    private const double LeastDifference = 20;

    /// <summary>Dichromats' colours in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1.</summary>
    private static readonly Dictionary<string, double[,]> Eyes = new()
    {
        ["all cones"] = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        ["no red cones"] = new[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        ["no green cones"] = new[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
        ["no blue cones"] = new[,] { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
    };

    [Test]
    public void Lines_stand_out_from_the_paper([ValueSource(nameof(Names))] string colour, [Values] bool isDark)
    {
        double[] line = Linear(Value(colour, isDark));
        double[] paper = Linear(Value("paper", isDark));

        Contrast(line, paper).Should().BeGreaterThanOrEqualTo(LeastContrast);
    }

    [Test]
    public void The_colour_blind_tell_lines_apart([Values("all cones", "no red cones", "no green cones", "no blue cones")] string eyes, [Values] bool isDark)
    {
        foreach ((string one, string other) in Names.SelectMany((one, i) => Names.Skip(i + 1).Select(other => (one, other))))
        {
            double[] a = Lab(Seen(Linear(Value(one, isDark)), Eyes[eyes]));
            double[] b = Lab(Seen(Linear(Value(other, isDark)), Eyes[eyes]));
            Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum()).Should().BeGreaterThanOrEqualTo(LeastDifference, "{0} and {1} have to look different with {2}", one, other, eyes);
        }
    }

    private static IEnumerable<string> Names => Enum.GetNames<Colour>().Select(name => name.ToLowerInvariant());

    private static double[] Value(string name, bool isDark)
    {
        MatchCollection values = Regex.Matches(PageFiles.Text("page.css"), $@"--{name}: #([0-9a-f]{{6}})", RegexOptions.CultureInvariant);
        values.Should().HaveCount(2, "light and dark have a value each");
        string value = values[isDark ? 1 : 0].Groups[1].Value;
        return [.. Enumerable.Range(0, 3).Select(i => int.Parse(value.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)];
    }

    private static double[] Linear(double[] rgb) => [.. rgb.Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];

    private static double[] Seen(double[] linear, double[,] eyes) =>
        [.. Enumerable.Range(0, 3).Select(row => Math.Clamp(Enumerable.Range(0, 3).Sum(column => eyes[row, column] * linear[column]), 0, 1))];

    private static double Luminance(double[] linear) => (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);

    private static double Contrast(double[] one, double[] other)
    {
        (double a, double b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>CIELAB of linear sRGB, white D65.</summary>
    private static double[] Lab(double[] linear)
    {
        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
        double x = F(((0.4124 * linear[0]) + (0.3576 * linear[1]) + (0.1805 * linear[2])) / 0.9505);
        double y = F(Luminance(linear));
        double z = F(((0.0193 * linear[0]) + (0.1192 * linear[1]) + (0.9505 * linear[2])) / 1.089);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }
}
