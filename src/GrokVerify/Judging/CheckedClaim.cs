namespace GrokVerify.Judging;

/// <summary>A claim judged on one network, or why it cannot be.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Result">What it comes to; null where it is not applicable.</param>
/// <param name="NotApplicable">Why it is not applicable; null where it is.</param>
public sealed record CheckedClaim(RunClaim Claim, ClaimResult? Result, string? NotApplicable);
