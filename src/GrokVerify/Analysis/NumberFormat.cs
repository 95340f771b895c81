using System.Globalization;

namespace GrokVerify.Analysis;

/// <summary>Numbers as people read them; files hold them with all their digits instead.</summary>
internal static class NumberFormat
{
    /// <summary>A loss in nats, three digits: 24.3, 0.0123, 5.54e-8.</summary>
    public static string Loss(double loss)
    {
        if (loss == 0 || !double.IsFinite(loss))
        {
            return loss.ToString(CultureInfo.InvariantCulture);
        }

        double magnitude = Math.Abs(loss);
        string format = magnitude < 1e-3 || magnitude >= 1e5 ? "0.00e0" : magnitude < 1 ? "0.0000" : magnitude < 10 ? "0.000" : "0.0";
        return loss.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A share from 0 to 1, four decimals.</summary>
    public static string Share(double share) => share.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>An epoch or another whole number, with separators.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A measure of no fixed size, four digits.</summary>
    public static string Measure(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "G4", CultureInfo.InvariantCulture);

    /// <summary>6:14 or 1:02:33.</summary>
    public static string Duration(TimeSpan duration) =>
        duration.ToString(duration.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
