using System.Globalization;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>
/// Writes a network to a file that others read: .pth as torch.save does, with optimiser state and what is known of the training, in the
/// structure of the authors' released files; or .safetensors, with the same facts as metadata, and with optimiser state in our layout alone. Reading it again
/// gives the same bits.
/// </summary>
public static class NetworkExport
{
    /// <summary>What a file's name may end in.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".pth", ".safetensors"];

    /// <summary>True where a file has a place for the optimiser's moments.</summary>
    public static bool KeepsMoments(NetworkLayout layout, string path) => layout == NetworkLayout.Native || !IsSafetensors(path);

    /// <summary>True where a file has a place for train and test halves that are known pair by pair.</summary>
    internal static bool KeepsHalves(string path) => !IsSafetensors(path);

    /// <param name="network">What to write.</param>
    /// <param name="layout">In which names and shapes.</param>
    /// <param name="path">The file to make or replace, atomically; its ending decides the format.</param>
    /// <exception cref="ArgumentException">The ending is another one, or there is no place for the network's biases, attention or architecture.</exception>
    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(NetworkFile network, NetworkLayout layout, string path)
    {
        if (network.Attention.Words is string variant)
        {
            throw new ArgumentException($"{variant}: no layout has a place to say so", nameof(network));
        }

        if (IsSafetensors(path) && layout == NetworkLayout.Native && network.Facts is { Config: TrainingConfig config, Epoch: long epoch })
        {
            Checkpoint.Write(path, new TrainingState(epoch, network.Weights, network.Moments?.First, network.Moments?.Second, network.Moments?.GradientMean), config);
            return;
        }

        var writer = new LayoutWriter(network, layout);
        if (!IsSafetensors(path))
        {
            PyTorchWriter.Write(path, Content(network, layout, writer));
        }
        else
        {
            IEnumerable<KeyValuePair<string, TensorBytes>> moments = layout == NetworkLayout.Native ? Moments(network, writer) : [];

            // Larger elements first: so all of them lie at multiples of their size.
            SafetensorsWriter.Write(path, [.. writer.Tensors().Concat(moments).OrderByDescending(tensor => tensor.Value.Type.Size())], Metadata(network));
        }
    }

    private static bool IsSafetensors(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".safetensors" => true,
        ".pth" => false,
        _ => throw new ArgumentException($"{path}: the file's name has to end in {string.Join(" or ", Endings)}", nameof(path)),
    };

    /// <summary>Under the names that checkpoints have them; programs that load a state dict would stumble over them in the layouts of others.</summary>
    private static IEnumerable<KeyValuePair<string, TensorBytes>> Moments(NetworkFile network, LayoutWriter writer)
    {
        foreach ((string prefix, float[]? buffer) in new[] { (Checkpoint.FirstMomentPrefix, network.Moments?.First), (Checkpoint.SecondMomentPrefix, network.Moments?.Second) })
        {
            foreach (LayoutTensor tensor in buffer is null ? [] : LayoutTensor.Of(NetworkLayout.Native))
            {
                yield return KeyValuePair.Create(prefix + tensor.Name, writer.Parameter(tensor, buffer!));
            }
        }
    }

    private static OrderedDictionary<object, object?> Content(NetworkFile network, NetworkLayout layout, LayoutWriter writer)
    {
        var content = new OrderedDictionary<object, object?>
        {
            ["model"] = new NewOrderedDict([.. writer.Tensors().Select(tensor => KeyValuePair.Create(tensor.Key, (object?)tensor.Value))]),
        };
        if (network.Moments is OptimizerMoments moments)
        {
            content[PickledFacts.OptimizerKey] = Optimizer(network.Facts, layout, writer, moments);
        }

        if (network.Facts.Epoch is long epoch)
        {
            content[ConfigFacts.StepsKey] = epoch;
        }

        foreach ((string key, double? loss) in new[] { (ConfigFacts.TrainLossKey, network.Facts.TrainLoss), (ConfigFacts.TestLossKey, network.Facts.TestLoss) })
        {
            if (loss is not null)
            {
                content[key] = loss;
            }
        }

        if (network.Facts.Halves is PairSplit halves)
        {
            content[PickledFacts.TrainPairsKey] = halves.Train.ToArray().Select(pair => (object?)(long)pair).ToList();
            content[PickledFacts.TestPairsKey] = halves.Test.ToArray().Select(pair => (object?)(long)pair).ToList();
        }

        content[PickledFacts.ConfigKey] = Dictionary(Facts(network));
        if (network.Facts.Config is TrainingConfig config)
        {
            content[ConfigFacts.OwnConfigKey] = OwnConfig.Write(config);
        }

        return content;
    }

    /// <summary>The state dict of AdamW over all parameters of the layout's model, in its order; biases beyond ours have no state, as those that are not trained.</summary>
    private static OrderedDictionary<object, object?> Optimizer(NetworkFacts facts, NetworkLayout layout, LayoutWriter writer, OptimizerMoments moments)
    {
        LayoutTensor[] learned = [.. LayoutTensor.Of(layout).Where(tensor => tensor.Role != TensorRole.Buffer)];
        var state = new OrderedDictionary<object, object?>();
        for (int i = 0; i < learned.Length; i++)
        {
            if (learned[i].Role == TensorRole.Parameter)
            {
                state[(long)i] = Known(
                    ("step", facts.Epoch), ("exp_avg", writer.Parameter(learned[i], moments.First)), ("exp_avg_sq", writer.Parameter(learned[i], moments.Second)));
            }
        }

        // What is not known is left out: a reader would take the paper's value for that of this training.
        OrderedDictionary<object, object?> group = Known(
            ("lr", facts.LearningRate),
            ("betas", facts is { Beta1: double beta1, Beta2: double beta2 } ? new object?[] { beta1, beta2 } : null),
            ("eps", facts.Epsilon),
            ("weight_decay", facts.WeightDecay),
            ("amsgrad", false),
            ("maximize", false),
            ("initial_lr", facts.LearningRate),
            ("params", Enumerable.Range(0, learned.Length).Select(i => (object?)(long)i).ToList()));
        return Dictionary(("state", state), ("param_groups", new List<object?> { group }));
    }

    /// <summary>What is known of network and training, under the keys of the authors' released code.</summary>
    private static (string Key, object? Value)[] Facts(NetworkFile network) =>
    [
        .. new (string Key, object? Value)[]
        {
            ("p", (long)network.Weights.Config.Prime),
            ("d_model", (long)network.Weights.Config.DModel),
            ("num_heads", (long)network.Weights.Config.Heads),
            ("d_mlp", (long)network.Weights.Config.DMlp),
            ("fn_name", network.Task.LabelRule == LabelRule.Sum ? "add" : null),
            (ConfigFacts.FractionKey, network.Facts.TrainFraction),
            (ConfigFacts.SeedKey, network.Facts.Seed),
            (ConfigFacts.ShuffleKey, network.Facts.Seed is null ? null : network.Facts.Shuffle?.Word()),
            (ConfigFacts.LearningRateKey, network.Facts.LearningRate),
            (ConfigFacts.WeightDecayKey, network.Facts.WeightDecay),
        }.Where(fact => fact.Value is not null),
    ];

    private static List<KeyValuePair<string, string>> Metadata(NetworkFile network)
    {
        List<(string Key, object? Value)> facts = [("format", "pt"), .. Facts(network)];
        if (network.Facts.Epoch is long epoch)
        {
            facts.Add((ConfigFacts.StepsKey, epoch));
        }

        facts.AddRange(new (string Key, object? Value)[]
        {
            (ConfigFacts.Beta1Key, network.Facts.Beta1),
            (ConfigFacts.Beta2Key, network.Facts.Beta2),
            (ConfigFacts.EpsilonKey, network.Facts.Epsilon),
            (ConfigFacts.TrainLossKey, network.Facts.TrainLoss),
            (ConfigFacts.TestLossKey, network.Facts.TestLoss),
        }.Where(fact => fact.Value is not null));
        if (network.Facts.Config is TrainingConfig config)
        {
            facts.Add((ConfigFacts.OwnConfigKey, OwnConfig.Write(config)));
        }

        return [.. facts.Select(fact => KeyValuePair.Create(fact.Key, Convert.ToString(fact.Value, CultureInfo.InvariantCulture)!))];
    }

    private static OrderedDictionary<object, object?> Known(params (string Key, object? Value)[] entries) => Dictionary([.. entries.Where(entry => entry.Value is not null)]);

    private static OrderedDictionary<object, object?> Dictionary(params (string Key, object? Value)[] entries) =>
        new(entries.Select(entry => KeyValuePair.Create((object)entry.Key, entry.Value)));
}
