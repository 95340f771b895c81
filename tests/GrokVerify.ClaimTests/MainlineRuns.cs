using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <summary>The runs of the paper's setting (p = 113, 30% of the pairs, weight decay 1) over the tier's seeds, and the sabotaged trainings beside them; all trained when first asked for.</summary>
internal static class MainlineRuns
{
    /// <summary>Longer than the mainline of seed 0 takes to generalize (4,700).</summary>
    private const int NoWeightDecayEpochs = 5_000;
    private const int ShuffledLabelsEpochs = 3_000;

    /// <summary>Until it has grokked and cleaned up, within the paper's 40,000 epochs: where the rules were calibrated, in every tier.</summary>
    public static TrainingSchedule UntilGrokked { get; } = new() { Epochs = 40_000, UntilGrokked = true, LogEvery = 25, CheckpointEvery = 250 };

    private static readonly Dictionary<string, ExampleRun> Examples = [];
    private static IReadOnlyDictionary<string, TrainingRun>? _trained;

    /// <summary>The tier's seeds.</summary>
    public static SeedRuns Seeds(CancellationToken cancellation) => new([.. TrainingTier.Seeds.Select(seed => Example(NameOf(seed), Seed(seed), UntilGrokked, cancellation))]);

    /// <summary>The first of the seeds.</summary>
    public static ExampleRun First(CancellationToken cancellation) => Example(NameOf(TrainingTier.Seeds[0]), Seed(TrainingTier.Seeds[0]), UntilGrokked, cancellation);

    /// <summary>Seed 0 until it has cleaned up, in every tier: the run whose bits are golden.</summary>
    public static ExampleRun Golden(CancellationToken cancellation) => Example(TrainingTier.IsNightly ? "seed 0 until it has cleaned up" : NameOf(0), Seed(0), UntilGrokked, cancellation);

    /// <summary>Without weight decay.</summary>
    public static ExampleRun NoWeightDecay(CancellationToken cancellation) => Example("no weight decay", Unregularized, Until(NoWeightDecayEpochs), cancellation);

    /// <summary>On labels without a rule: nothing to generalize to.</summary>
    public static ExampleRun ShuffledLabels(CancellationToken cancellation) => Example("shuffled labels", Shuffled, Until(ShuffledLabelsEpochs), cancellation);

    private static TrainingConfig Unregularized => Seed(TrainingTier.Seeds[0]) with { WeightDecay = 0 };

    private static TrainingConfig Shuffled => Seed(TrainingTier.Seeds[0]) with { LabelRule = LabelRule.Shuffled };

    private static string NameOf(long seed) => $"seed {seed}";

    private static TrainingConfig Seed(long seed) => new() { Seed = seed };

    private static TrainingSchedule Until(int epochs) => UntilGrokked with { Epochs = epochs, UntilGrokked = false };

    private static ExampleRun Example(string name, TrainingConfig config, TrainingSchedule schedule, CancellationToken cancellation)
    {
        if (!Examples.TryGetValue(name, out ExampleRun? example))
        {
            TrainingRun run = Trained(cancellation).GetValueOrDefault(name) ?? RunTraining.Train([(name, config, schedule)], cancellation)[0];
            Examples[name] = example = new ExampleRun(name, run, JudgedRun.Of(run, schedule, cancellation), RunTraining.Replay(config, schedule));
        }

        return example;
    }

    /// <summary>All trainings of the tier at once, so that no core waits.</summary>
    private static IReadOnlyDictionary<string, TrainingRun> Trained(CancellationToken cancellation)
    {
        if (_trained is null)
        {
            // What takes long comes first, so that no core is left with it at the end.
            (string Name, TrainingConfig Config, TrainingSchedule Schedule)[] wanted =
            [
                .. TrainingTier.Seeds.OrderByDescending(seed => Calibration.OfThisRepository.Length(seed)).Select(seed => (NameOf(seed), Seed(seed), UntilGrokked)),
                ("no weight decay", Unregularized, Until(NoWeightDecayEpochs)),
                ("shuffled labels", Shuffled, Until(ShuffledLabelsEpochs)),
            ];
            TestContext.Progress.WriteLine($"seeds {string.Join(", ", TrainingTier.Seeds)}; a seed is trained again by: {RunTraining.Replay(Seed(TrainingTier.Seeds[0]), UntilGrokked)}");
            _trained = wanted.Zip(RunTraining.Train(wanted, cancellation)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        }

        return _trained;
    }
}
