using System.CommandLine;
using GrokVerify.Analysis;
using GrokVerify.Cli.Running;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Options;

/// <summary>The options that decide what is trained, and how long: those of <see cref="TrainingConfig"/> and <see cref="TrainingSchedule"/>.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<int> _prime;
    private readonly Option<double> _fraction;
    private readonly Option<double> _weightDecay;
    private readonly Option<long> _seed;
    private readonly Option<long> _epochs;
    private readonly Option<int> _dModel;
    private readonly Option<int> _heads;
    private readonly Option<int> _dMlp;
    private readonly Option<int> _layers;
    private readonly Option<bool> _attentionOnly = OptionFactory.Switch("--attention-only", "Layers of attention alone, without an MLP");
    private readonly Option<double> _initialScale;
    private readonly Option<bool> _constantNorm = OptionFactory.Switch("--constant-norm", "Rescale all weights after every step to the norm of the initial ones");
    private readonly Option<int[]> _frequencies = OptionFactory.Numbers("--frequencies", "Frequencies that have a weight decay of their own in W_E and W_U, as 14,35,41");
    private readonly Option<double?> _frequencyDecay = OptionFactory.OptionalNumber<double>("--frequency-decay", "The weight decay of W_E and W_U at --frequencies");
    private readonly AdamWOptions _adamW = new();
    private readonly VariationOptions _variations = new();
    private readonly Option<int> _logEvery;
    private readonly Option<int> _checkpointEvery;

    private readonly ChoiceOption<LossForm> _loss = new("--loss", "Form of the cross-entropy", new()
    {
        ["log1p"] = LossForm.Log1p,
        ["float64"] = LossForm.Float64,
        ["float32"] = LossForm.Float32,
        ["stablemax"] = LossForm.StableMax,
    });

    private readonly ChoiceOption<LabelRule> _labels = new("--labels", "What the network is to learn: a + b mod p, or the same labels shuffled, without a rule", new()
    {
        ["sum"] = LabelRule.Sum,
        ["shuffled"] = LabelRule.Shuffled,
    });

    /// <param name="command">Gets the options.</param>
    /// <param name="schedule">The defaults of the schedule; those of the configuration are the paper's.</param>
    /// <param name="isOfImportAlone">Leaves out what decides the shape and the end of a training, which an imported network has, and what only matters to training on.</param>
    public TrainingOptions(Command command, TrainingSchedule schedule, bool isOfImportAlone = false)
    {
        var config = new TrainingConfig();
        _prime = OptionFactory.Number<int>("--p", "The modulus, an odd prime from 5 to 257", config.Model.Prime);
        _fraction = OptionFactory.Number<double>("--fraction", "Share of all pairs that is trained on, between 0 and 1", config.TrainFraction);
        _weightDecay = OptionFactory.Number<double>("--weight-decay", "AdamW's decoupled weight decay", config.WeightDecay);
        _seed = OptionFactory.Number<long>("--seed", "Seeds the split into train and test pairs, and the initial weights; a negative one splits as its absolute value does", config.Seed);
        _epochs = OptionFactory.Number<long>("--epochs", "Epochs (full-batch steps) to train, at most", schedule.Epochs);
        _dModel = OptionFactory.Number<int>("--d-model", "Width of the residual stream", config.Model.DModel);
        _heads = OptionFactory.Number<int>("--heads", "Attention heads, a divisor of d_model", config.Model.Heads);
        _dMlp = OptionFactory.Number<int>("--d-mlp", "Neurons of the MLP", config.Model.DMlp);
        _layers = OptionFactory.Number<int>("--layers", "Layers, all of one shape", config.Model.Layers);
        _initialScale = OptionFactory.Number<double>("--initial-scale", "What all initial weights are multiplied by", 1.0);
        _logEvery = OptionFactory.Number<int>("--log-every", "Epochs between two logged rows", schedule.LogEvery);
        _checkpointEvery = OptionFactory.Number<int>("--checkpoint-every", "Epochs between two checkpoints, a multiple of log-every", schedule.CheckpointEvery);
        Option[] notOfImport = isOfImportAlone ? [] : [_prime, _epochs, _dModel, _heads, _dMlp, _layers, _attentionOnly, _labels.Option, _initialScale, _constantNorm, _frequencies, _frequencyDecay, .. _variations.All];
        Option[] all = [.. notOfImport, _fraction, _weightDecay, .. _adamW.All, _seed, _loss.Option, _logEvery, _checkpointEvery];
        foreach (Option option in all)
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="UsageException">A number is out of range, or does not fit the others.</exception>
    public TrainingConfig Config(ParseResult parsed)
    {
        if (parsed.GetValue(_attentionOnly) && OptionFactory.IsGiven(parsed, _dMlp))
        {
            throw new UsageException("--d-mlp: a network of attention alone has no MLP; leave it out, or leave out --attention-only");
        }

        var config = _variations.Applied(parsed, _adamW.Applied(parsed, new TrainingConfig
        {
            Model = new TransformerConfig
            {
                Prime = parsed.GetValue(_prime),
                DModel = parsed.GetValue(_dModel),
                Heads = parsed.GetValue(_heads),
                DMlp = parsed.GetValue(_dMlp),
                Layers = parsed.GetValue(_layers),
                AttentionOnly = parsed.GetValue(_attentionOnly),
            },
            TrainFraction = parsed.GetValue(_fraction),
            WeightDecay = parsed.GetValue(_weightDecay),
            Seed = parsed.GetValue(_seed),
            LossForm = _loss.Value(parsed),
            LabelRule = _labels.Value(parsed),
            InitialScale = parsed.GetValue(_initialScale),
            ConstantNorm = parsed.GetValue(_constantNorm),
            FrequencyDecay = DecayOfFrequencies(parsed),
        }));
        Checked(config.Validate);
        return config;
    }

    /// <summary>The configuration for training a network on: what its file tells, with what the options say in its place.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="network">The network.</param>
    /// <param name="context">Told of what speaks against the network as it was read, and of halves that are not those it was trained on.</param>
    /// <exception cref="UsageException">The network cannot be trained on, or its file and the options leave something open.</exception>
    public TrainingConfig Config(ParseResult parsed, NetworkFile network, CommandContext context)
    {
        if (NetworkContinuation.Obstacle(network) is string obstacle)
        {
            throw new UsageException($"{network.Path}: cannot be trained on: {obstacle}; give another network");
        }

        if (NetworkContinuation.OptimizerObstacle(network) is string ofOptimizer)
        {
            throw new UsageException($"{network.Path}: cannot be trained on: {ofOptimizer}; give --optimizer-state new for moments of zero");
        }

        foreach (Option option in new Option[] { _prime, _dModel, _heads, _dMlp, _layers, _attentionOnly, _labels.Option, _initialScale, _constantNorm })
        {
            if (OptionFactory.IsGiven(parsed, option))
            {
                throw new UsageException($"{option.Name}: the network in {network.Path} has its own; leave it out");
            }
        }

        double? fraction = OptionFactory.Given(parsed, _fraction);
        long? seed = OptionFactory.Given(parsed, _seed);
        RequireHalves(network, fraction, seed, context);
        TrainingConfig config = NetworkContinuation.Config(network, fraction, seed, OptionFactory.Given(parsed, _weightDecay))
            ?? throw new UsageException($"{network.Path}: does not tell all of the split and the weight decay; give --fraction, --seed and --weight-decay");
        config = _variations.Applied(parsed, _adamW.Applied(parsed, config));
        config = DecayOfFrequencies(parsed) is FrequencyDecay decay ? config with { FrequencyDecay = decay } : config;
        config = OptionFactory.IsGiven(parsed, _loss.Option) ? config with { LossForm = _loss.Value(parsed) } : config;
        Checked(config.Validate);
        return config;
    }

    /// <summary>Training here shuffles as CPython does: other halves than a network's own are trained on when the user says so, and not by mistake.</summary>
    private static void RequireHalves(NetworkFile network, double? fraction, long? seed, CommandContext context)
    {
        bool isGiven = fraction is not null && seed is not null;
        if (network.Splits() is [PairSplit told, ..] && ((fraction ?? told.TrainFraction) != told.TrainFraction || (seed ?? told.Seed) != told.Seed))
        {
            context.Warn($"{network.Path}: was trained on the halves of {SplitChoice.Words(told)}, and is trained on with others, as you say");
        }

        if (network.Facts.Config is not null)
        {
            return;
        }

        IReadOnlyList<PairSplit> splits = [];
        Checked(() => splits = network.Splits(fraction, seed));
        if (Measuring.Of(network, splits, context).Split is { Shuffle: not PairShuffle.Python } other)
        {
            string halves = $"{network.Path}: was trained on the halves of {SplitChoice.Words(other)}, and training here shuffles the pairs as CPython does";
            if (!isGiven)
            {
                throw new UsageException($"{halves}; give --fraction and --seed for halves of its own");
            }

            context.Warn($"{halves}: these are other halves");
        }
    }

    /// <exception cref="UsageException">A number is out of range, or does not fit the others.</exception>
    public TrainingSchedule Schedule(ParseResult parsed, bool untilGrokked)
    {
        var schedule = new TrainingSchedule
        {
            Epochs = parsed.GetValue(_epochs),
            UntilGrokked = untilGrokked,
            LogEvery = parsed.GetValue(_logEvery),
            CheckpointEvery = parsed.GetValue(_checkpointEvery),
        };
        Checked(schedule.Validate);
        return schedule;
    }

    /// <summary>A schedule that ends with the epoch that a network has already.</summary>
    /// <inheritdoc cref="Schedule(ParseResult, bool)" path="/exception"/>
    public TrainingSchedule ScheduleUpTo(ParseResult parsed, long epoch)
    {
        var schedule = new TrainingSchedule { Epochs = epoch, LogEvery = parsed.GetValue(_logEvery), CheckpointEvery = parsed.GetValue(_checkpointEvery) };
        Checked(schedule.Validate);
        return schedule;
    }

    /// <summary>Turns the library's complaint about a number into bad usage.</summary>
    public static void Checked(Action check)
    {
        try
        {
            check();
        }
        catch (ArgumentException problem)
        {
            throw new UsageException(UsageException.Words(problem), problem);
        }
    }

    private FrequencyDecay? DecayOfFrequencies(ParseResult parsed) => (parsed.GetValue(_frequencies), parsed.GetValue(_frequencyDecay)) switch
    {
        ({ Length: > 0 } frequencies, double decay) => new FrequencyDecay { Frequencies = frequencies, WeightDecay = decay },
        ({ Length: > 0 }, null) => throw new UsageException("--frequencies: says where W_E and W_U have a weight decay of their own; give --frequency-decay with it"),
        (_, double) => throw new UsageException("--frequency-decay: is a weight decay at some frequencies; give --frequencies with it"),
        _ => null,
    };
}
