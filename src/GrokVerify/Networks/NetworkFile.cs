using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.ForwardPass;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>A network read from a file, whoever wrote it (PyTorch's zip format or safetensors, in any <see cref="NetworkLayout"/>), or from a run.</summary>
public sealed record NetworkFile
{
    /// <summary>Logits are products of five weights, spectra have their squares and the squares of these: 1e15^20 = 1e300 is the last that float64 holds.</summary>
    private const float LargestWeight = 1e15f;

    public required string Path { get; init; }

    public required NetworkLayout Layout { get; init; }

    /// <summary>In our layout; element types other than float32 were rounded to it. How a network of two tokens, or of blended attention, is computed they do not say: <c>NetworkEvidence.Measure</c> knows.</summary>
    public required TransformerWeights Weights { get; init; }

    /// <summary>Classes that the network chooses among: p + 1, or p where its unembedding has no "=".</summary>
    public required int Classes { get; init; }

    public required NetworkFacts Facts { get; init; }

    /// <summary>The optimiser's moments, zero for parameters of which the file has none; null where it has none at all, or those of another optimiser.</summary>
    public required OptimizerMoments? Moments { get; init; }

    /// <summary>Which moments are missing, or why; null where none are.</summary>
    public required string? MomentsAbsence { get; init; }

    /// <summary>Whether <see cref="MomentsAbsence"/> says that another optimiser than AdamW trained the network.</summary>
    internal bool HasForeignOptimizer { get; init; }

    /// <summary>What the network is judged by: addition mod p, unless the file itself says that it was trained on other labels.</summary>
    public ModularTask Task => Facts.Config?.CreateTask() ?? new ModularTask(Weights.Config.Prime, classes: Classes);

    /// <summary>What the user said of the file.</summary>
    internal NetworkReading Reading { get; init; } = new();

    /// <summary>In what its attention departs from the paper's.</summary>
    internal AttentionVariant Attention { get; init; } = AttentionVariant.None;

    /// <summary>What was passed over or filled in when the file was read; empty where nothing was.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The train and test halves, if the file tells them; where it does not tell how the pairs were shuffled, as CPython does it.</summary>
    public PairSplit? Split => Splits() is [PairSplit first, ..] ? first : null;

    /// <summary>The halves that the file may mean, the likeliest first: none, those that it tells, or those of every way to shuffle.</summary>
    /// <param name="fraction">In place of the file's.</param>
    /// <param name="seed">In place of the file's.</param>
    /// <param name="shuffle">In place of the file's.</param>
    /// <exception cref="ArgumentException">There is no such split.</exception>
    internal IReadOnlyList<PairSplit> Splits(double? fraction = null, long? seed = null, PairShuffle? shuffle = null)
    {
        if (Facts.Halves is PairSplit halves && (fraction, seed, shuffle) is (null, null, null))
        {
            return [halves];
        }

        if (Facts.Config is { SwappedPairs: true } own && shuffle is null)
        {
            return [(own with { TrainFraction = fraction ?? own.TrainFraction, Seed = seed ?? own.Seed }).CreateSplit()];
        }

        if ((fraction ?? Facts.TrainFraction) is not double share || (seed ?? Facts.Seed) is not long number)
        {
            return [];
        }

        PairShuffle[] shuffles = (shuffle ?? Facts.Shuffle) is PairShuffle known ? [known] : Enum.GetValues<PairShuffle>();
        return [.. shuffles.Select(way => new PairSplit(Weights.Config.Prime, share, number, way))];
    }

    /// <summary>Reads a file; what it is shows in its first bytes, not in its name.</summary>
    /// <exception cref="CheckpointException">The file is absent, damaged, of a format that is not read, or not a supported network; says which.</exception>
    /// <param name="path">The file.</param>
    /// <param name="name">Which network of several; null for the only one, or that under "model".</param>
    public static NetworkFile Read(string path, string? name = null) => Read(ByteSource.Open(path), new NetworkReading { Name = name });

    /// <inheritdoc cref="Read(string, string?)"/>
    /// <param name="path">The file.</param>
    /// <param name="reading">What the user says of it.</param>
    internal static NetworkFile Read(string path, NetworkReading reading) => Read(ByteSource.Open(path), reading);

    /// <param name="source">Taken over and closed.</param>
    /// <param name="reading">What the user says of it; null for nothing.</param>
    internal static NetworkFile Read(ByteSource source, NetworkReading? reading = null)
    {
        using ByteSource owned = source;
        reading ??= new NetworkReading();
        if (FileKinds.Of(source) == FileKind.Zip)
        {
            using var file = PyTorchFile.Open(source);
            return ReadPyTorch(file, reading);
        }
        else
        {
            using var file = SafetensorsFile.Open(source);
            return reading.Name is null ? ReadSafetensors(file, reading) : throw new CheckpointException(source.Name, $"holds one network, and none at {reading.Name}", "leave --network out");
        }
    }

    /// <summary>Refuses what no measure can be taken of.</summary>
    /// <exception cref="CheckpointException">A weight is too large.</exception>
    internal void RequireMeasurable()
    {
        if (Weights.Values.Concat(Weights.OptionalBiases?.All.SelectMany(bias => bias.Values) ?? []).Any(weight => Math.Abs(weight) > LargestWeight))
        {
            throw new CheckpointException(Path, string.Create(CultureInfo.InvariantCulture, $"has weights beyond {LargestWeight:0e0}, which no training ends in"), "give another checkpoint");
        }
    }

    /// <summary>A point of a run as if it had been read from a file.</summary>
    /// <param name="source">What to call it in messages: the run folder.</param>
    /// <param name="config">What it was trained with.</param>
    /// <param name="state">The point.</param>
    public static NetworkFile Of(string source, TrainingConfig config, TrainingState state) => new()
    {
        Path = source,
        Layout = NetworkLayout.Native,
        Weights = state.Weights,
        Classes = config.Classes,
        Facts = WithOwn(new NetworkFacts { Epoch = state.Epoch, Config = config }),
        Moments = state.CanResume ? new OptimizerMoments(state.FirstMoment!, state.SecondMoment!, state.GradientMean) : null,
        MomentsAbsence = state.CanResume ? null : "the checkpoint holds the weights alone",
    };

    private static NetworkFile ReadPyTorch(PyTorchFile file, NetworkReading reading)
    {
        StoredTensors tensors = StateDict.Find(file, reading.Name);
        var config = FileConfig.Of(file);
        var layout = new LayoutReader(tensors, reading.Map, ConfigFacts.Heads(config));
        (NetworkFacts facts, IEnumerable<string> notes) = PickledFacts.Read(file, config, layout);
        return Of(file.Path, reading, config, layout, facts, OptimizerState.Read(file, layout), [.. notes, .. UnknownClasses(file)]);
    }

    private static NetworkFile ReadSafetensors(SafetensorsFile file, NetworkReading reading)
    {
        if (Checkpoint.IsOne(file))
        {
            if (reading is not { Map: null, AttentionRate: null })
            {
                throw new CheckpointException(file.Path, "is a checkpoint of ours, of which all is known", "leave --map and --attention-rate out");
            }

            var checkpoint = Checkpoint.Read(file);
            return Of(file.Path, checkpoint.Config, checkpoint.State);
        }

        var config = FileConfig.Of(file);
        var layout = new LayoutReader(MetadataFacts.Tensors(file), reading.Map, ConfigFacts.Heads(config));
        return Of(file.Path, reading, config, layout, MetadataFacts.Read(file, config, layout), MetadataFacts.Moments(file, layout));
    }

    private static NetworkFile Of(
        string path, NetworkReading reading, FileConfig config, LayoutReader layout, NetworkFacts facts, StoredMoments optimizer, params IEnumerable<string> notes)
    {
        TransformerWeights weights = layout.ReadWeights();
        bool isUntrained = layout.Shapes.HasEqualsPosition && EqualsToken.IsUntrained(weights);
        return Checked(new NetworkFile
        {
            Path = path,
            Layout = layout.Layout,
            Weights = weights,
            Classes = layout.Classes,
            Reading = reading,
            Attention = new AttentionVariant { IsOfTwoTokens = isUntrained || !layout.Shapes.HasEqualsPosition, Rate = reading.AttentionRate ?? facts.AttentionRate ?? 1 },
            Facts = WithOwn(facts),
            Moments = optimizer.Moments,
            MomentsAbsence = optimizer.Absence,
            HasForeignOptimizer = optimizer.IsForeign,
            Notes =
            [
                .. layout.Notes,
                .. isUntrained ? [EqualsToken.NeverTrained] : Array.Empty<string>(),
                .. reading.AttentionRate is null && ConfigFacts.OddAttentionRate(config) is string odd ? [odd] : Array.Empty<string>(),
                .. notes,
            ],
        });
    }

    private static IEnumerable<string> UnknownClasses(PyTorchFile file)
    {
        const int most = 3;
        int count = file.UnknownClasses.Count;
        return count == 0 ? [] : [$"holds objects of {string.Join(", ", file.UnknownClasses.Take(most))}{(count > most ? $" and {count - most} more classes" : "")}, looked into as data and never made"];
    }

    /// <summary>Our own configuration says everything, and more exactly.</summary>
    private static NetworkFacts WithOwn(NetworkFacts facts) => facts.Config is not TrainingConfig config ? facts : facts with
    {
        TrainFraction = config.TrainFraction,
        Seed = config.Seed,
        Shuffle = PairShuffle.Python,
        LearningRate = config.LearningRate,
        WeightDecay = config.WeightDecay,
        Beta1 = config.Beta1,
        Beta2 = config.Beta2,
        Epsilon = config.Epsilon,
    };

    private static NetworkFile Checked(NetworkFile file)
    {
        if (file.Facts.Config is TrainingConfig config && (config.Model != file.Weights.Config || file.Classes != config.Classes))
        {
            throw new CheckpointException(file.Path, "its tensors do not have the shapes of its configuration", "export it again");
        }

        try
        {
            _ = file.Splits();
            return file;
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(file.Path, $"its configuration names a split that does not exist ({exception.Message})", "correct its configuration", exception);
        }
    }
}
