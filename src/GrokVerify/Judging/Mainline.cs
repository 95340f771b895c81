using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>
/// The paper's setting (p = 113, 30% of the pairs, weight decay 1) over seeds, and the sabotaged trainings beside it. Everything is trained side by side when it is first asked for, and measured once.
/// </summary>
/// <remarks>
/// "3 of 5 seeds show it" is decided when three of three have: the other seeds are trained only for claims that are open then. The decision is that of all five. The error rates of
/// <see cref="SeedRule"/> are those of the full rule, because which seeds are trained changes no verdict.
/// </remarks>
public sealed class Mainline
{
    private const int ShuffledLabelsEpochs = 3_000;

    /// <summary>A run that is measured has several checkpoints in hand already, and their products use several cores.</summary>
    private const int CoresForMeasuring = 4;

    private static readonly SeedRule Rule = SeedRule.Default;

    private readonly RunSweep _sweep;
    private readonly IReadOnlyList<long> _seeds;
    private readonly Func<long, double?> _length;
    private readonly int _fewest;
    private readonly Lock _gate = new();
    private readonly Dictionary<PlannedRun, JudgedRun> _judged = [];
    private readonly Dictionary<(Control Control, PlannedRun Mainline), JudgedRun> _spoiled = [];
    private int _decisive;

    /// <param name="sweep">Trains what is missing.</param>
    /// <param name="seeds">As many as the rule has, in the order in which they are judged.</param>
    /// <param name="all">Whether to judge every claim on all seeds, decided or not.</param>
    /// <param name="length">Epochs that a seed takes, where known: what takes long is trained first.</param>
    public Mainline(RunSweep sweep, IReadOnlyList<long> seeds, bool all, Func<long, double?>? length = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seeds.Count, Rule.Seeds);
        _sweep = sweep;
        _seeds = seeds;
        _length = length ?? (_ => null);
        _fewest = all ? Rule.Seeds : Rule.Needed;
        _decisive = _fewest;
    }

    /// <summary>The setting, whatever its seed: the paper's, or a smaller one to test on.</summary>
    internal TrainingConfig Setting { get; init; } = new();

    /// <summary>Told each checkpoint that is measured, with its run.</summary>
    internal IProgress<(PlannedRun Plan, MeasurePoint Point)>? Measuring { get; init; }

    /// <summary>Until it has grokked and cleaned up, within the paper's 40,000 epochs: where the rules were calibrated.</summary>
    public static TrainingSchedule UntilGrokked { get; } = new() { Epochs = 40_000, UntilGrokked = true, LogEvery = 25, CheckpointEvery = 250 };

    /// <summary>A seed of the paper's setting until it has cleaned up.</summary>
    public static PlannedRun Plan(long seed) => Plan(new TrainingConfig(), seed);

    /// <summary>A seed of the mainline until it has cleaned up, one of the family's or another.</summary>
    public JudgedRun Seed(long seed, CancellationToken cancellation)
    {
        // What takes long has to begin soon: whoever wants one of the family has all of it trained.
        Seeds(cancellation);
        return Judge([Plan(Setting, seed)], cancellation)[0];
    }

    /// <summary>The seeds that decide, as far as any claim has asked: three at least.</summary>
    public IReadOnlyList<JudgedRun> Seeds(CancellationToken cancellation)
    {
        lock (_gate)
        {
            // The sabotaged trainings come with the first seeds, so that no core waits.
            return Judge([.. _seeds.Take(_decisive).Select(seed => Plan(Setting, seed)), NoWeightDecay, ShuffledLabels], cancellation)[.._decisive];
        }
    }

    /// <summary>Any seeds of the mainline, each until it has cleaned up; trained side by side.</summary>
    internal IReadOnlyList<JudgedRun> Of(IReadOnlyList<long> seeds, CancellationToken cancellation) => Judge([.. seeds.Select(seed => Plan(Setting, seed))], cancellation);

    /// <summary>Judges a claim on as many seeds as decide it.</summary>
    public SeedVerdict Judge(RunClaim claim, CancellationToken cancellation)
    {
        var verdict = SeedVerdict.Of(claim, Seeds(cancellation));
        if (Rule.IsDecidedBy(verdict.Judged.Count, verdict.Showing))
        {
            return verdict;
        }

        lock (_gate)
        {
            _decisive = Rule.Seeds;
        }

        return SeedVerdict.Of(claim, Seeds(cancellation));
    }

    /// <summary>
    /// Judges a claim about how seeds differ, on the first three, or on all five where every claim is judged on all. Never on what happens to be trained: its verdict must not depend on which claims were
    /// asked before.
    /// </summary>
    internal ClaimResult Judge(SeedsClaim claim, CancellationToken cancellation) => claim.Judge([.. Seeds(cancellation).Take(_fewest).Select(run => run.Evidence)]);

    /// <summary>The first seed, spoiled; the second where it is without weight decay.</summary>
    public JudgedRun Spoiled(Control control, CancellationToken cancellation) => Spoiled(control, Seeds(cancellation)[0], cancellation);

    /// <summary>Every seed, spoiled; one run where the control is a training of its own.</summary>
    public IReadOnlyList<JudgedRun> SpoiledSeeds(Control control, CancellationToken cancellation) =>
        [.. Seeds(cancellation).Select(run => Spoiled(control, run, cancellation)).DistinctBy(run => run.Name)];

    private static PlannedRun Plan(TrainingConfig setting, long seed) => new(FormattableString.Invariant($"seed {seed}"), setting with { Seed = seed }, UntilGrokked);

    /// <summary>The second seed, for longer than it takes to generalize with weight decay: seed 2 takes 4,325 epochs; where all seeds are judged, and so fresh ones, longer than any calibrated one (13,075).</summary>
    private PlannedRun NoWeightDecay => Spoil("no weight decay", _seeds[1], _fewest < Rule.Seeds ? 5_000 : 15_000, config => config with { WeightDecay = 0 });

    private PlannedRun ShuffledLabels => Spoil("shuffled labels", _seeds[0], ShuffledLabelsEpochs, config => config with { LabelRule = LabelRule.Shuffled });

    private PlannedRun Spoil(string name, long seed, int epochs, Func<TrainingConfig, TrainingConfig> spoil) =>
        new(name, spoil(Plan(Setting, seed).Config), UntilGrokked with { Epochs = epochs, UntilGrokked = false });

    private JudgedRun Spoiled(Control control, JudgedRun mainline, CancellationToken cancellation)
    {
        if (control is Control.NoWeightDecay or Control.ShuffledLabels)
        {
            return Judge([control == Control.NoWeightDecay ? NoWeightDecay : ShuffledLabels], cancellation)[0];
        }

        lock (_gate)
        {
            if (!_spoiled.TryGetValue((control, mainline.Plan), out JudgedRun? spoiled))
            {
                _spoiled[(control, mainline.Plan)] = spoiled = mainline with
                {
                    Plan = mainline.Plan with { Name = $"{mainline.Name}, {control}" },
                    Evidence = ControlEvidence.Measure(control, mainline, cancellation),
                };
            }

            return spoiled;
        }
    }

    private JudgedRun[] Judge(PlannedRun[] plans, CancellationToken cancellation)
    {
        lock (_gate)
        {
            PlannedRun[] missing = [.. plans.Where(plan => !_judged.ContainsKey(plan)).OrderByDescending(plan => plan.Schedule.UntilGrokked ? _length(plan.Config.Seed) : plan.Schedule.Epochs)];
            IReadOnlyList<TrainingRun> runs = _sweep.Train([.. missing.Select(plan => plan.Request)], cancellation);
            var judged = new JudgedRun[missing.Length];
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / CoresForMeasuring), CancellationToken = cancellation };
            Parallel.For(0, judged.Length, options, i => judged[i] = JudgedRun.Measure(missing[i], runs[i], Measuring, cancellation));
            Array.ForEach(judged, run => _judged[run.Plan] = run);

            return [.. plans.Select(plan => _judged[plan])];
        }
    }
}
