using System.CommandLine;
using GrokVerify.Cli.Running;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Options;

/// <summary>The argument that names a network, and the options that say what its file does not.</summary>
internal sealed class NetworkOptions
{
    private readonly Argument<string> _path = new("PATH") { Description = "A run folder, a folder that holds one run, a .pth or a .safetensors file" };
    private readonly Option<long?> _epoch = OptionFactory.OptionalNumber<long>("--epoch", "The checkpoint of a run folder [default: the newest]");
    private readonly Option<double?> _fraction = OptionFactory.OptionalNumber<double>("--fraction", "Share of the pairs that was trained on, for a file that does not say it");
    private readonly Option<long?> _seed = OptionFactory.OptionalNumber<long>("--seed", "The seed of the split, for a file that does not say it");

    public NetworkOptions(Command command)
    {
        command.Arguments.Add(_path);
        command.Options.Add(_epoch);
        command.Options.Add(_fraction);
        command.Options.Add(_seed);
    }

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(ParseResult parsed, CommandContext context) =>
        StoredNetwork.Read(parsed.GetRequiredValue(_path), parsed.GetValue(_epoch), context.Warn);

    /// <summary>The train and test halves: as the file has them, or from the options; null when neither tells.</summary>
    /// <exception cref="UsageException">The options contradict the file, or only one of them is given.</exception>
    public PairSplit? Split(ParseResult parsed, NetworkFile network)
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
