using System.Globalization;

namespace GrokVerify.Claims;

/// <summary>One statistic of a claim, and the bounds that the decision rule puts on it; either may be absent, both are inclusive.</summary>
/// <param name="Statistic">What was measured, in words.</param>
/// <param name="Measured">Its value; null where it does not exist.</param>
/// <param name="AtLeast">Lower bound.</param>
/// <param name="AtMost">Upper bound.</param>
/// <param name="Absence">Why there is no value; null where there is one.</param>
public sealed record Finding(string Statistic, double? Measured, double? AtLeast = null, double? AtMost = null, string? Absence = null)
{
    /// <summary>True when the value exists and lies within the bounds.</summary>
    public bool Holds => Measured is double value && !(value < AtLeast) && !(value > AtMost) && !double.IsNaN(value);

    /// <summary>The rule in words, e.g. "at least 10".</summary>
    public string Rule => (AtLeast, AtMost) switch
    {
        (double least, double most) => string.Create(CultureInfo.InvariantCulture, $"from {least:G6} to {most:G6}"),
        (double least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least:G6}"),
        (null, double most) => string.Create(CultureInfo.InvariantCulture, $"at most {most:G6}"),
        _ => "has to exist",
    };

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Holds ? "holds" : "FAILS")}: {Statistic}: {(Measured is double value ? value.ToString("G6", CultureInfo.InvariantCulture) : Absence ?? "absent")} (rule: {Rule})");
}
