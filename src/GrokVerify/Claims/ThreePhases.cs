using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>Training has three phases, memorization, circuit formation and cleanup, one after the other.</summary>
/// <remarks>
/// Statistic: the epochs at which the phases end, as <see cref="PhaseTimeline"/> finds them; the length of circuit formation over that of memorization.
/// Rule: all three end; circuit formation takes at least 1.5 times as long as memorization (figure 7, by the same rule: 6,450 / 1,400 = 4.6).
/// </remarks>
internal sealed class ThreePhases : RunClaim
{
    private static readonly Statistic Memorization = new("end of memorization", Published: "1,400 (section 5.2; figure 7 by this rule)");
    private static readonly Statistic CircuitFormation = new("end of circuit formation", Published: "7,850 (figure 7 by this rule; 9,400 by eye in section 5.2)");
    private static readonly Statistic Cleanup = new("end of cleanup", Published: "14,150 (figure 7 by this rule; 14,000 by eye in section 5.2)");
    private static readonly Statistic Lengths = new("length of circuit formation, over that of memorization", AtLeast: 1.5, Published: "4.6 (figure 7 by this rule; 5.7 in section 5.2)");

    public override string Id => "three-phases";

    public override string Sentence => "Training passes through memorization, circuit formation and cleanup";

    public override string Source => "arXiv 2301.05217 section 5.2, figure 7";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Memorization, CircuitFormation, Cleanup, Lengths];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        var phases = PhaseTimeline.Of(run.Rows, run.Curve);
        yield return Memorization.Of(phases.Memorization.End, phases.Memorization.Absence);
        yield return CircuitFormation.Of(phases.CircuitFormation.End, phases.CircuitFormation.Absence);
        yield return Cleanup.Of(phases.Cleanup.End, phases.Cleanup.Absence);
        yield return Lengths.Of(
            (double?)(phases.CircuitFormation.End - phases.CircuitFormation.Begin) / (phases.Memorization.End - phases.Memorization.Begin),
            phases.CircuitFormation.Absence);
    }
}
