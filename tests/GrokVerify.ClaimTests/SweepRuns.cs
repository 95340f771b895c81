using GrokVerify.Claims;
using GrokVerify.Judging;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <summary>
/// The families of runs that differ in one setting. All that any claim needs is trained together when a test first asks, side by side with one thread each,
/// and a run that several claims need is trained once. At p = 59 and seed 0; in the nightly tier at p = 113 with a fresh seed.
/// </summary>
internal static class SweepRuns
{
    private static readonly SweepScale Scale = TrainingTier.IsNightly ? SweepScale.Paper : SweepScale.Small;
    private static readonly IReadOnlyList<SweepClaim> Claims = ClaimCatalog.SweepsAt(Scale, TrainingTier.Seeds[0]);
    private static IReadOnlyDictionary<RunRequest, TrainingRun>? _trained;

    /// <summary>The runs of a claim's plan.</summary>
    public static Sweep Of<TClaim>(CancellationToken cancellation)
        where TClaim : SweepClaim
    {
        TClaim claim = Claims.OfType<TClaim>().Single();
        return new Sweep(claim, [.. claim.Plan.Select(run => TrainedCurve.Of(run, Trained(cancellation)[run.Request]))], "");
    }

    /// <summary>Every planned run once, in the order of the catalogue.</summary>
    public static IReadOnlyList<TrainedCurve> All(CancellationToken cancellation) =>
        [.. Claims.SelectMany(claim => claim.Plan).DistinctBy(run => run.Request).Select(run => TrainedCurve.Of(run, Trained(cancellation)[run.Request]))];

    /// <summary>A run of the plan on labels without a rule, otherwise alike, for 1,000 epochs: longer than the small scale takes to generalize at fraction 0.8.</summary>
    public static TrainedCurve OnShuffledLabels(PlannedRun run, CancellationToken cancellation)
    {
        const int epochs = 1_000;
        PlannedRun shuffled = run with
        {
            Name = $"{run.Name}, shuffled labels",
            Config = run.Config with { LabelRule = LabelRule.Shuffled },
            Schedule = run.Schedule with { Epochs = epochs, UntilGrokked = false },
        };
        return TrainedCurve.Of(shuffled, RunTraining.Train([(shuffled.Name, shuffled.Request)], cancellation)[0]);
    }

    private static IReadOnlyDictionary<RunRequest, TrainingRun> Trained(CancellationToken cancellation)
    {
        if (_trained is null)
        {
            // What takes long comes first, so that no core is left with it at the end; but runs that others go on from come before everything.
            RunRequest[] origins = [.. Claims.SelectMany(claim => claim.Plan).Select(run => run.Request.From).OfType<RunRequest>()];
            PlannedRun[] runs = [.. Claims.SelectMany(claim => claim.Plan).DistinctBy(run => run.Request).OrderByDescending(run => origins.Contains(run.Request)).ThenByDescending(Cost)];
            _trained = runs.Zip(RunTraining.Train([.. runs.Select(run => (run.Name, run.Request))], cancellation)).ToDictionary(pair => pair.First.Request, pair => pair.Second);
        }

        return _trained;
    }

    /// <summary>In proportion to the operations of a training, at most.</summary>
    private static double Cost(PlannedRun run) => run.Schedule.Epochs * run.Config.TrainFraction * Math.Pow(run.Config.Model.Prime, 3);
}
