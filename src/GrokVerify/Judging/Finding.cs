using System.Globalization;

namespace GrokVerify.Judging;

/// <summary>The value of one statistic of a claim on a run, a network or a family of runs.</summary>
/// <param name="Statistic">What was measured, and its rule.</param>
/// <param name="Measured">Its value; null where it does not exist.</param>
/// <param name="Absence">Why there is no value; null where there is one.</param>
public sealed record Finding(Statistic Statistic, double? Measured, string? Absence)
{
    /// <summary>True when the value exists and lies within the rule's bounds.</summary>
    public bool Holds => Statistic.Admits(Measured);

    /// <summary>Name, value and rule.</summary>
    internal string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"{Statistic.Name}: {(Measured is double value ? value.ToString("G6", CultureInfo.InvariantCulture) : Absence)} (rule: {Statistic.Rule})");

    public override string ToString() => $"{(Holds ? "holds" : "FAILS")}: {Words}";
}
