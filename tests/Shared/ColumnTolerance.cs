using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GrokVerify.Golden;

/// <summary>
/// How far a received cell may lie from the expected one, on either side: exact, or |received - expected| at most
/// absolute + relative * |expected|. Written "exact", "rel 1e-5", "abs 1e-7" or "rel 1e-5 + abs 1e-7", then " or nan" where NaN is a value.
/// </summary>
internal sealed record ColumnTolerance
{
    private const string NaNSuffix = " or nan";

    private ColumnTolerance(double relative, double absolute)
    {
        Relative = relative;
        Absolute = absolute;
    }

    /// <summary>The cells are the same text.</summary>
    public static ColumnTolerance Exact { get; } = new(0, 0) { IsExact = true };

    public bool IsExact { get; private init; }

    public double Relative { get; }

    public double Absolute { get; }

    /// <summary>NaN is expected in places; it equals NaN only.</summary>
    public bool AllowsNaN { get; private init; }

    /// <param name="relative">Share of |expected|, from 0 to below 1.</param>
    /// <param name="absolute">In units of the column, from 0.</param>
    public static ColumnTolerance Within(double relative = 0, double absolute = 0)
    {
        if (!(relative is >= 0 and < 1) || !(absolute >= 0 && double.IsFinite(absolute)) || relative + absolute == 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"a tolerance of rel {relative} + abs {absolute} is out of range: give rel in [0, 1) and abs from 0, not both 0, or exact"));
        }

        return new ColumnTolerance(relative, absolute);
    }

    public ColumnTolerance OrNaN() => this with { AllowsNaN = true };

    /// <summary>The largest allowed |received - expected|.</summary>
    public double Allowed(double expected) => Absolute + (Relative * Math.Abs(expected));

    public bool IsWiderThan(ColumnTolerance bound) =>
        Relative > bound.Relative || Absolute > bound.Absolute || (AllowsNaN && !bound.AllowsNaN);

    public static bool TryParse(string text, [NotNullWhen(true)] out ColumnTolerance? tolerance)
    {
        tolerance = null;
        bool allowsNaN = text.EndsWith(NaNSuffix, StringComparison.Ordinal);
        string amount = allowsNaN ? text[..^NaNSuffix.Length] : text;
        if (amount == "exact")
        {
            tolerance = allowsNaN ? null : Exact;
            return tolerance is not null;
        }

        string[] parts = amount.Split(" + ");
        if (parts.Length > 2
            || !TryParsePart(parts[0], out bool firstIsRelative, out double first)
            || !TryParsePart(parts[^1], out bool lastIsRelative, out double last)
            || (parts.Length == 2 && !(firstIsRelative && !lastIsRelative)))
        {
            return false;
        }

        double relative = firstIsRelative ? first : 0;
        double absolute = lastIsRelative ? 0 : last;
        if (relative >= 1)
        {
            return false;
        }

        tolerance = new ColumnTolerance(relative, absolute) { AllowsNaN = allowsNaN };
        return true;
    }

    public override string ToString()
    {
        if (IsExact)
        {
            return "exact";
        }

        string[] parts = [.. new[] { Part("rel", Relative), Part("abs", Absolute) }.Where(part => part.Length > 0)];
        return string.Join(" + ", parts) + (AllowsNaN ? NaNSuffix : "");
    }

    private static bool TryParsePart(string part, out bool isRelative, out double number)
    {
        number = 0;
        isRelative = part.StartsWith("rel ", StringComparison.Ordinal);
        return (isRelative || part.StartsWith("abs ", StringComparison.Ordinal))
            && double.TryParse(part[4..], NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && number > 0 && double.IsFinite(number);
    }

    private static string Part(string kind, double number) =>
        number == 0 ? "" : $"{kind} {number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant()}";
}
