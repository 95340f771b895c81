using System.Security.Cryptography;
using System.Text;

namespace GrokVerify.Judging;

/// <summary>A finding of the paper as a decision: statistics, and for each a rule. Where a rule was changed after a look at the numbers, the claim says from what.</summary>
public abstract class Claim
{
    /// <summary>Short and stable, lower case with hyphens.</summary>
    public abstract string Id { get; }

    /// <summary>The claim as a sentence.</summary>
    public abstract string Sentence { get; }

    /// <summary>Where it is made: paper section, figure, or released data.</summary>
    public abstract string Source { get; }

    /// <summary>Everything that is measured, with its rule and the published value. A claim holds when every rule is met.</summary>
    public abstract IReadOnlyList<Statistic> Statistics { get; }

    /// <summary>Where what is measured here differs from what the paper says; null where it does not.</summary>
    public virtual string? Deviation => null;

    /// <summary>SHA-256 of the identifier and of every statistic with its rule, 64 lower-case hexadecimal digits: evidence by another rule has another.</summary>
    internal string RuleSha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Statistics.Select(statistic => $"{statistic.Name}: {statistic.Rule}").Prepend(Id)))));
}
