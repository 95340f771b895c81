namespace GrokVerify.Judging;

/// <summary>What a claim comes to on one run.</summary>
public enum Verdict
{
    /// <summary>Every part of the decision rule is met.</summary>
    Holds,

    /// <summary>At least one part of the decision rule is not met.</summary>
    DoesNotHold,
}
