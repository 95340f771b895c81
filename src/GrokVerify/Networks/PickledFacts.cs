using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>Reads what a PyTorch file says of its training: its configuration, and what only PyTorch files have, optimiser, scheduler, loss curves and the halves pair by pair.</summary>
internal static class PickledFacts
{
    private const int MostLosses = 10_000_000;

    public const string ConfigKey = "config";
    public const string OptimizerKey = "optimizer";
    public const string TrainPairsKey = "train_indices";
    public const string TestPairsKey = "test_indices";

    /// <param name="file">The file.</param>
    /// <param name="config">What stands beside the network.</param>
    /// <param name="layout">The network in it.</param>
    /// <exception cref="CheckpointException">The configuration names something that is not supported, or contradicts the shapes.</exception>
    /// <returns>The facts, and what was passed over of them or is not all told by them.</returns>
    public static (NetworkFacts Facts, IEnumerable<string> Notes) Read(PyTorchFile file, FileConfig config, LayoutReader layout)
    {
        ConfigCheck.Require(file.Path, config, layout.Shapes);
        NetworkFacts facts = ConfigFacts.Of(config);
        if (file.Content is not PickleDictionary root)
        {
            return (facts, []);
        }

        var optimizer = OptimizerState.Of(file);
        (PairSplit? halves, string? ofHalves) = Halves(file, root, layout.Config.Prime);
        facts = facts with
        {
            Epoch = facts.Epoch ?? Epoch(file, root, optimizer),
            LearningRate = First(optimizer?.LearningRates) ?? facts.LearningRate,

            // The optimiser's own value first: the released weight decay 0.1 run has 1 in its configuration.
            WeightDecay = First(optimizer?.WeightDecays) ?? facts.WeightDecay,
            Beta1 = First(optimizer?.Betas(0)),
            Beta2 = First(optimizer?.Betas(1)),
            Epsilon = First(optimizer?.Epsilons),
            TrainLoss = facts.TrainLoss ?? Last(file, root["train_losses"]),
            TestLoss = facts.TestLoss ?? Last(file, root["test_losses"]),
            Halves = halves,
            Config = root[ConfigFacts.OwnConfigKey] is string json ? OwnConfig.Parse(file.Path, json) : null,
        };
        return (facts, new[] { optimizer?.Note(), ofHalves }.OfType<string>());
    }

    private static double? First(IReadOnlyList<double>? values) => values is [double first, ..] ? first : null;

    private static double? Number(PyTorchFile file, object? value) => file.ReadNumber(value) is double number && double.IsFinite(number) ? number : null;

    private static double? Last(PyTorchFile file, object? curve) => curve is PickleList { Items: [.., object last] }
        ? Number(file, last)
        : file.ReadNumbers(curve, MostLosses) is [.., double end] && double.IsFinite(end) ? end : null;

    /// <summary>Steps done, as counted by optimiser or scheduler; "epoch" is the number of the last step, from 0, as in the released code.</summary>
    private static long? Epoch(PyTorchFile file, PickleDictionary root, OptimizerState? optimizer)
    {
        double? steps = optimizer?.Steps()
            ?? Number(file, (root["scheduler"] as PickleDictionary)?["last_epoch"])
            ?? (Number(file, root["epoch"]) is double last ? last + 1 : null);
        return steps is >= 0 and <= 1e15 && double.IsInteger(steps.Value) ? (long)steps : null;
    }

    /// <summary>The halves as numbers of pairs, or as pairs of tokens; none where they are not there, or not those of this p, which the note says then.</summary>
    private static (PairSplit? Split, string? Note) Halves(PyTorchFile file, PickleDictionary root, int prime)
    {
        (int[]? train, string? trainNote) = Half(file, root, [TrainPairsKey, "train_data"], prime);
        (int[]? test, string? testNote) = Half(file, root, [TestPairsKey, "test_data"], prime);
        if (train is null)
        {
            return (null, trainNote);
        }

        try
        {
            return (new PairSplit(prime, train, test), testNote);
        }
        catch (ArgumentException)
        {
            return (null, $"{TrainPairsKey}, {TestPairsKey}: a pair stands there twice, or one half has all; both are passed over");
        }
    }

    private static (int[]? Pairs, string? Note) Half(PyTorchFile file, PickleDictionary root, string[] keys, int prime)
    {
        int[]? pairs = keys.Select(key => Pairs(file, root[key], prime)).FirstOrDefault(pairs => pairs is not null);
        string? unread = keys.FirstOrDefault(key => root[key] is not null);
        return (pairs, pairs is null && unread is not null
            ? $"{unread}: is no list of pairs of p = {prime}, as numbers from 0 to {(prime * prime) - 1} or as tokens a, b; passed over" : null);
    }

    private static int[]? Pairs(PyTorchFile file, object? value, int prime)
    {
        int most = prime * prime;
        if (value is PickleList list && list.ChildCount <= most && list.Items.All(item => item is PickleTuple { Items: [long, long, ..] }))
        {
            return OfTokens([.. list.Items.SelectMany(item => ((PickleTuple)item!).Items.Take(2).Select(token => (double)(long)token!))], 2, prime);
        }

        int columns = value is TorchTensor { Shape: [_, 2 or 3] } tokens ? (int)tokens.Shape[1] : 1;
        if (columns == 1 && value is TorchTensor { Shape.Count: not 1 })
        {
            return null;
        }

        return file.ReadNumbers(value, most * columns) is not { Length: > 0 } numbers || !numbers.All(number => double.IsInteger(number) && number >= 0 && number < most) ? null
            : columns == 1 ? [.. numbers.Select(number => (int)number)]
            : OfTokens(numbers, columns, prime);
    }

    private static int[]? OfTokens(double[] tokens, int columns, int prime)
    {
        int[] pairs = new int[tokens.Length / columns];
        for (int i = 0; i < pairs.Length; i++)
        {
            (double a, double b) = (tokens[columns * i], tokens[(columns * i) + 1]);
            if (!(a >= 0 && a < prime && b >= 0 && b < prime))
            {
                return null;
            }

            pairs[i] = ((int)a * prime) + (int)b;
        }

        return pairs;
    }
}
