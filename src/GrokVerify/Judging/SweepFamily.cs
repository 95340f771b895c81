using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>
/// The families of runs that differ in one setting. All that any of some claims needs is trained together when it is first asked for, and a run that several claims need is trained once.
/// </summary>
/// <param name="sweep">Trains what is missing.</param>
/// <param name="claims">The claims, of one scale and seed.</param>
internal sealed class SweepFamily(RunSweep sweep, IReadOnlyList<SweepClaim> claims)
{
    private readonly Lock _gate = new();
    private IReadOnlyDictionary<RunRequest, TrainingRun>? _trained;

    /// <summary>A claim with the runs of its plan.</summary>
    /// <param name="claim">One of the family's.</param>
    /// <param name="cancellation">Ends all trainings; they can be resumed.</param>
    public Sweep Of(SweepClaim claim, CancellationToken cancellation) =>
        new(claim, [.. claim.Plan.Select(run => TrainedCurve.Of(run, Trained(cancellation)[run.Request]))], "");

    /// <summary>Every planned run once, in the order of the claims.</summary>
    public IReadOnlyList<TrainedCurve> All(CancellationToken cancellation) =>
        [.. claims.SelectMany(claim => claim.Plan).DistinctBy(run => run.Request).Select(run => TrainedCurve.Of(run, Trained(cancellation)[run.Request]))];

    /// <summary>A run of the plan on labels without a rule, otherwise alike, for 1,000 epochs: longer than the small scale takes to generalize at fraction 0.8.</summary>
    public TrainedCurve OnShuffledLabels(PlannedRun run, CancellationToken cancellation)
    {
        const int epochs = 1_000;
        PlannedRun shuffled = run with
        {
            Name = $"{run.Name}, shuffled labels",
            Config = run.Config with { LabelRule = LabelRule.Shuffled },
            Schedule = run.Schedule with { Epochs = epochs, UntilGrokked = false },
        };
        return TrainedCurve.Of(shuffled, sweep.Train([shuffled.Request], cancellation)[0]);
    }

    private IReadOnlyDictionary<RunRequest, TrainingRun> Trained(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _trained ??= Train(cancellation);
        }
    }

    private Dictionary<RunRequest, TrainingRun> Train(CancellationToken cancellation)
    {
        // What takes long comes first, so that no core is left with it at the end; but runs that others go on from come before everything.
        RunRequest[] wanted = [.. claims.SelectMany(claim => claim.Plan).Select(run => run.Request).Distinct()];
        RunRequest[] origins = [.. wanted.Select(run => run.From).OfType<RunRequest>()];
        RunRequest[] ordered = [.. wanted.OrderByDescending(origins.Contains).ThenByDescending(Cost)];
        return ordered.Zip(sweep.Train(ordered, cancellation)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>In proportion to the operations of a training, at most.</summary>
    private static double Cost(RunRequest run) => run.Schedule.Epochs * run.Config.TrainFraction * Math.Pow(run.Config.Model.Prime, 3);
}
