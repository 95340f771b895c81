using GrokVerify.Judging;

namespace GrokVerify.Claims;

/// <summary>The network from the authors' initial weights of seed 0 goes the way of figure 7, closer than nearly every other seed's.</summary>
/// <remarks>
/// Statistic, on the first run, which has to be that of seed 0: <see cref="PublishedFigure7"/>; and how many of the other runs would pass.
/// Rule, in powers of ten: reading the figure costs 0.1 (1% of an axis of some ten decades). The authors' code, run again in other precisions with the jump 3% to 7% later, is up to 0.10 from it in test loss,
/// 0.47 in restricted loss (on the steep slope at epoch 9,000) and 0.06 in the sum of squares before the jump; after it, where the losses fall by seven decades in some two thousand epochs, 2.31 and 2.43.
/// Together: at most 0.2 and 0.6 before the jump, 2.5 after it, 0.2 for the excluded loss of all frequencies, twice the reading error, and 0.1 for the sum of squares. In the same code seeds 2 and 3 miss by
/// test loss (0.39, 0.23), 1 by restricted loss (0.67), 4 and 5 by excluded loss (0.49, 0.53): the shape of the other curves is that of every seed.
/// </remarks>
internal sealed class FigureSeven : SeedsClaim
{
    /// <summary>What our network misses: see <see cref="Deviation"/>.</summary>
    internal static readonly Statistic RestrictedAfter = Distance("restricted loss, after the jump", 2.5);

    private static readonly Statistic Jump = new("epoch at which test accuracy passes 0.5", Published: "9,371 (figure 7)");
    private static readonly Statistic TestBefore = Distance("test loss, before the jump", 0.2);
    private static readonly Statistic RestrictedBefore = Distance("restricted loss, before the jump", 0.6);
    private static readonly Statistic TestAfter = Distance("test loss, after the jump", 2.5);
    private static readonly Statistic Excluded = Distance("excluded loss of all frequencies", 0.2);
    private static readonly Statistic Squares = Distance("sum of squared weights", 0.1);
    private static readonly Statistic Others = new("other seeds that come as close");

    public override string Id => "figure-seven";

    public override string Sentence => "From the authors' initial weights, training goes the way of the paper's figure 7, point by point";

    public override string Source => "arXiv 2301.05217 figure 7";

    public override string Deviation =>
        "Seed 0 stays within every bound but one: after the jump its restricted loss falls sooner than in the figure, by 4% of the epochs, where it falls by seven powers of ten in two thousand. "
        + "The bound was fixed before; it is left as it was, and the claim does not hold by it. Nor are the bounds a mark of this network alone: of 39 other calibrated seeds one, 23, stays within all of them, and one of three fresh ones.";

    public override IReadOnlyList<Statistic> Statistics { get; } = [Jump, TestBefore, RestrictedBefore, TestAfter, RestrictedAfter, Excluded, Squares, Others];

    protected override IEnumerable<Finding> Find(IReadOnlyList<RunEvidence> runs)
    {
        Finding[] first = [.. Compare(runs[0])];
        return [.. first, Others.Of(runs.Skip(1).Count(run => Compare(run).All(finding => finding.Holds)))];
    }

    private static IEnumerable<Finding> Compare(RunEvidence run)
    {
        PublishedFigure7.Distances? distances = PublishedFigure7.DistancesOf(run);
        const string absence = "test accuracy never passes 0.5, or there are no key frequencies";
        yield return Jump.Of(distances?.Jump, absence);
        yield return TestBefore.Of(distances?.TestLossBefore, absence);
        yield return RestrictedBefore.Of(distances?.RestrictedLossBefore, absence);
        yield return TestAfter.Of(distances?.TestLossAfter, absence);
        yield return RestrictedAfter.Of(distances?.RestrictedLossAfter, absence);
        yield return Excluded.Of(distances?.ExcludedLoss, absence);
        yield return Squares.Of(distances?.SumSquaredWeights, absence);
    }

    private static Statistic Distance(string curve, double most) => new($"{curve}: largest distance from figure 7, in powers of ten", AtMost: most, Published: "0 (the figure itself)");
}
