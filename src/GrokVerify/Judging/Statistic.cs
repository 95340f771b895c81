using System.Globalization;

namespace GrokVerify.Judging;

/// <summary>One statistic of a claim, and the bounds that the decision rule puts on it; either may be absent, both are inclusive.</summary>
/// <param name="Name">What is measured, in words; the same on every run.</param>
/// <param name="AtLeast">Lower bound.</param>
/// <param name="AtMost">Upper bound.</param>
/// <param name="Published">The value that the paper or its released data has, and where; null where nobody published one.</param>
public sealed record Statistic(string Name, double? AtLeast = null, double? AtMost = null, string? Published = null)
{
    /// <summary>The rule in words, e.g. "at least 10".</summary>
    public string Rule => (AtLeast, AtMost) switch
    {
        (double least, double most) => string.Create(CultureInfo.InvariantCulture, $"from {least:G6} to {most:G6}"),
        (double least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least:G6}"),
        (null, double most) => string.Create(CultureInfo.InvariantCulture, $"at most {most:G6}"),
        _ => "has to exist",
    };

    /// <summary>The statistic with its value on some run.</summary>
    /// <param name="measured">Its value; null where it does not exist.</param>
    /// <param name="absence">Why there is no value; not looked at where there is one.</param>
    public Finding Of(double? measured, string? absence = null) => new(this, measured, measured is null ? absence ?? "absent" : null);

    /// <summary>True when a value exists and lies within the bounds.</summary>
    public bool Admits(double? measured) => measured is double value && !(value < AtLeast) && !(value > AtMost) && !double.IsNaN(value);
}
