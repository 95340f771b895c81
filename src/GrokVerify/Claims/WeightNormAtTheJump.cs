using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.Claims;

/// <summary>Of what moves before the jump, the sum of squared weights is at one value when the test accuracy jumps, on whatever seed and at whatever epoch.</summary>
/// <remarks>
/// Statistic: the sum of squared weights at the first logged row with a test accuracy of 0.5; beside it, to compare how far they spread over seeds, the excluded loss of all frequencies and the restricted loss
/// there, on a straight line of logarithms between the checkpoints around it.
/// Rule: 1,800 to 2,340, four standard deviations each way of the 23 seeds that fix rules, whose mean is 2,071 and whose standard deviation is 3.3%. That of the excluded loss is 25%; the restricted loss
/// spreads over factors.
/// A value at which something happens is not its cause: networks whose norm is held constant generalize too (<see cref="GeneralizationAtConstantNorm"/>).
/// </remarks>
internal sealed class WeightNormAtTheJump : RunClaim
{
    private static readonly Statistic Squares = new("sum of squared weights at test accuracy 0.5", AtLeast: 1_800, AtMost: 2_340, Published: "2,010 (figure 7)");
    private static readonly Statistic Excluded = new("excluded loss of all frequencies at test accuracy 0.5, over ln p", Published: "2.4 (figure 7)");
    private static readonly Statistic Restricted = new("restricted loss at test accuracy 0.5", Published: "7e-3 (figure 7)");

    public override string Id => "weight-norm-at-the-jump";

    public override string Sentence => "The test accuracy jumps where the sum of squared weights has fallen to one value";

    public override string Source => "arXiv 2301.05217 figure 7; a value that no text states";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Squares, Excluded, Restricted];

    protected override IEnumerable<Finding> Find(RunEvidence run)
    {
        const string noJump = "test accuracy never reaches 0.5";
        yield return Squares.Of(run.Jump?.SumSquaredWeights, noJump);
        yield return Excluded.Of(AtJump(run, measures => measures.ExcludedAllFrequenciesTrain?.Loss) / run.UniformLoss, run.FinalMeasures.SplitAbsence ?? noJump);
        yield return Restricted.Of(AtJump(run, measures => measures.Restricted?.Loss), run.KeyFrequencies.AbsenceReason ?? noJump);
    }

    private static double? AtJump(RunEvidence run, Func<ProgressMeasures, double?> value) =>
        run.Jump is { } jump ? LogarithmicCurve.At(run.Curve.Of(value), jump.Epoch) : null;
}
