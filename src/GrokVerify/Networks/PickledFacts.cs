using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>Reads what a PyTorch file says of its training, by the keys of the authors' released code and of ours.</summary>
internal static class PickledFacts
{
    public const string ConfigKey = "config";
    public const string OptimizerKey = "optimizer";
    public const string StepsKey = "steps";
    public const string TrainLossKey = "train_loss";
    public const string TestLossKey = "test_loss";

    /// <summary>Our own <see cref="Engines.TrainingConfig"/> as JSON.</summary>
    public const string OwnConfigKey = "grokverify_config";

    private static readonly string[] ConfigKeys = [ConfigKey, "cfg", "args"];
    internal static readonly string[] FractionKeys = ["frac_train", "train_fraction", "train_frac", "fraction"];

    /// <param name="file">The file.</param>
    /// <param name="prime">p, as the shapes have it.</param>
    /// <exception cref="CheckpointException">The configuration names something that is not supported, or another p.</exception>
    public static NetworkFacts Read(PyTorchFile file, int prime)
    {
        if (file.Content is not PickleDictionary root)
        {
            return new NetworkFacts();
        }

        PickleDictionary config = ConfigKeys.Select(key => root[key]).OfType<PickleDictionary>().FirstOrDefault() ?? new PickleDictionary();
        Dictionary<string, object?> named = config.Named.ToDictionary();
        ConfigCheck.Require(file.Path, key => (named.TryGetValue(key, out object? value), value));
        if (config["p"] is long p && p != prime)
        {
            throw OtherPrime(file.Path, p, prime);
        }

        PickleDictionary? group = OptimizerState.Group(root);
        object?[] betas = (group?["betas"] as PickleTuple)?.Items ?? [];
        double? fraction = FractionKeys.Select(key => Number(file, config[key])).FirstOrDefault(value => value is > 0 and < 1);
        long? seed = config["seed"] as long?;
        return new NetworkFacts
        {
            Epoch = Epoch(file, root),
            TrainFraction = seed is null ? null : fraction,
            Seed = fraction is null ? null : seed,
            LearningRate = Number(file, group?["initial_lr"]) ?? Number(file, group?["lr"]) ?? Number(file, config["lr"]),

            // The optimiser's own value first: the released weight decay 0.1 run has 1 in its configuration.
            WeightDecay = Number(file, group?["weight_decay"]) ?? Number(file, config["weight_decay"]),
            Beta1 = betas.Length == 2 ? Number(file, betas[0]) : null,
            Beta2 = betas.Length == 2 ? Number(file, betas[1]) : null,
            Epsilon = Number(file, group?["eps"]),
            TrainLoss = Number(file, root[TrainLossKey]) ?? Last(file, root["train_losses"]),
            TestLoss = Number(file, root[TestLossKey]) ?? Last(file, root["test_losses"]),
            Config = root[OwnConfigKey] is string json ? OwnConfig.Parse(file.Path, json) : null,
        };
    }

    public static CheckpointException OtherPrime(string path, long stated, int found) =>
        new(path, $"its configuration says p = {stated}, its tensors have p = {found}", "correct its configuration");

    private static double? Number(PyTorchFile file, object? value) => file.ReadNumber(value) is double number && double.IsFinite(number) ? number : null;

    private static double? Last(PyTorchFile file, object? list) => list is PickleList { Items: [.., object last] } ? Number(file, last) : null;

    /// <summary>Steps done: as stated, or counted by optimiser or scheduler; "epoch" is the number of the last step, from 0, as in the released code.</summary>
    private static long? Epoch(PyTorchFile file, PickleDictionary root)
    {
        double? steps = Number(file, root[StepsKey])
            ?? OptimizerState.Steps(file, root)
            ?? Number(file, (root["scheduler"] as PickleDictionary)?["last_epoch"])
            ?? (Number(file, root["epoch"]) is double last ? last + 1 : null);
        return steps is >= 0 and <= 1e15 && double.IsInteger(steps.Value) ? (long)steps : null;
    }
}
