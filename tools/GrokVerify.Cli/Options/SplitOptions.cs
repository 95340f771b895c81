using System.CommandLine;
using GrokVerify.Analysis;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Options;

/// <summary>The options that say which pairs a network was trained on, where its file does not.</summary>
internal sealed class SplitOptions
{
    private readonly Option<double?> _fraction = OptionFactory.OptionalNumber<double>("--fraction", "Share of the pairs that was trained on [default: as the file says]");
    private readonly Option<long?> _seed = OptionFactory.OptionalNumber<long>("--seed", "The seed that the pairs were shuffled with, not that of the weights [default: as the file says]");
    private readonly Option<string?> _shuffle = new("--split")
    {
        Description = "How they were shuffled: random.shuffle of CPython, or torch.randperm [default: as the file says, else the one that fits its losses]",
        HelpName = Words,
    };

    public SplitOptions(Command command)
    {
        _shuffle.Validators.Add(result =>
        {
            if (result.Tokens is [var word] && !Shuffles.ContainsKey(word.Value))
            {
                result.AddError($"--split {word.Value}: unknown; give {Words.Replace("|", " or ", StringComparison.Ordinal)}");
            }
        });
        command.Options.Add(_fraction);
        command.Options.Add(_seed);
        command.Options.Add(_shuffle);
    }

    private static string Words => string.Join('|', Shuffles.Keys);

    private static Dictionary<string, PairShuffle> Shuffles { get; } = Enum.GetValues<PairShuffle>().ToDictionary(shuffle => shuffle.Word());

    /// <summary>The train and test halves that the network may have been trained on: from the options, else as the file has them; none when neither tells.</summary>
    /// <inheritdoc cref="Given" path="/param"/>
    /// <inheritdoc cref="Given" path="/exception"/>
    public IReadOnlyList<PairSplit> Of(ParseResult parsed, NetworkFile network, Action<string> warn) => Given(parsed, network, warn) is { Count: > 0 } given ? given : network.Splits();

    /// <summary>The halves that the options name; none where none of them is given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="network">The network.</param>
    /// <param name="warn">Told where the options say otherwise than the file.</param>
    /// <exception cref="UsageException">Only a part of a split is given.</exception>
    public IReadOnlyList<PairSplit> Given(ParseResult parsed, NetworkFile network, Action<string> warn)
    {
        double? fraction = parsed.GetValue(_fraction);
        long? seed = parsed.GetValue(_seed);
        PairShuffle? shuffle = parsed.GetValue(_shuffle) is string word ? Shuffles[word] : null;
        IReadOnlyList<PairSplit> splits = [];
        if ((fraction, seed, shuffle) is (null, null, null))
        {
            return splits;
        }

        TrainingOptions.Checked(() => splits = network.Splits(fraction, seed, shuffle));
        if (splits.Count == 0)
        {
            throw new UsageException($"--fraction and --seed belong together, and the file {network.Path} tells neither; give both or none");
        }

        if (network.Splits() is [PairSplit told, ..] own && splits.All(split => own.All(other => (other.TrainFraction, other.Seed, other.Shuffle) != (split.TrainFraction, split.Seed, split.Shuffle))))
        {
            warn($"{network.Path}: was trained with {SplitChoice.Words(told)} by its own word, and is looked at with {SplitChoice.Words(splits[0])}, as you say");
        }

        return splits;
    }
}
