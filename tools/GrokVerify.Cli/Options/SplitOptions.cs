using System.CommandLine;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Options;

/// <summary>The options that say which pairs a network was trained on, where its file does not.</summary>
internal sealed class SplitOptions
{
    private readonly Option<double?> _fraction = OptionFactory.OptionalNumber<double>("--fraction", "Share of the pairs that was trained on, for a file that does not say it");
    private readonly Option<long?> _seed = OptionFactory.OptionalNumber<long>("--seed", "The seed of the split, for a file that does not say it");

    public SplitOptions(Command command)
    {
        command.Options.Add(_fraction);
        command.Options.Add(_seed);
    }

    /// <summary>The train and test halves: as the file has them, or from the options; null when neither tells.</summary>
    /// <exception cref="UsageException">The options contradict the file, or only one of them is given.</exception>
    public PairSplit? Of(ParseResult parsed, NetworkFile network)
    {
        double? fraction = parsed.GetValue(_fraction);
        long? seed = parsed.GetValue(_seed);
        if (network.Split is PairSplit known)
        {
            return (fraction ?? known.TrainFraction) == known.TrainFraction && (seed ?? known.Seed) == known.Seed
                ? known
                : throw new UsageException(FormattableString.Invariant(
                    $"{network.Path}: was trained with fraction {known.TrainFraction} and seed {known.Seed}, not with those given; leave out --fraction and --seed"));
        }

        if (fraction is double given && seed is long number)
        {
            PairSplit? split = null;
            TrainingOptions.Checked(() => split = new PairSplit(network.Weights.Config.Prime, given, number));
            return split;
        }

        return fraction is null && seed is null ? null : throw new UsageException("--fraction and --seed belong together; give both or neither");
    }
}
