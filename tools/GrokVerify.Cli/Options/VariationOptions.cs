using System.CommandLine;
using System.Globalization;
using GrokVerify.Engines;

namespace GrokVerify.Cli.Options;

/// <summary>What may be varied beside the paper's setting. Where an option is not given, a network that is trained on keeps what its own run had.</summary>
internal sealed class VariationOptions
{
    private readonly Option<double?> _wrongLabels = OptionFactory.OptionalNumber<double>("--wrong-labels", "Share of the train pairs that have a wrong label, from 0 to 1");
    private readonly Option<bool> _swappedPairs = OptionFactory.Switch("--swapped-pairs", "Train on (b, a) for each train pair (a, b), too");
    private readonly Option<bool> _keepZeros = OptionFactory.Switch("--keep-zeros", "Weights that are zero stay zero, biases aside: a pruned network (--from) is trained on as one");
    private readonly Option<Grokfast?> _grokfast = OptionFactory.Parsed(
        "--grokfast", "Amplify the slow part of the gradient: how much of its mean a step keeps, and how much of the mean is added, as 0.98,2", "alpha,lambda", Parse);

    private readonly Option<bool> _perpendicular = OptionFactory.Switch("--perpendicular-gradient", "Leave out of each tensor's gradient what only makes the tensor longer or shorter");

    public Option[] All => [_wrongLabels, _swappedPairs, _keepZeros, _grokfast, _perpendicular];

    /// <summary>A configuration with what the command line gives in its place.</summary>
    public TrainingConfig Applied(ParseResult parsed, TrainingConfig config) => config with
    {
        WrongLabels = parsed.GetValue(_wrongLabels) ?? config.WrongLabels,
        SwappedPairs = parsed.GetValue(_swappedPairs) || config.SwappedPairs,
        KeepZeros = parsed.GetValue(_keepZeros) || config.KeepZeros,
        Grokfast = parsed.GetValue(_grokfast) ?? config.Grokfast,
        PerpendicularGradient = parsed.GetValue(_perpendicular) || config.PerpendicularGradient,
    };

    private static Grokfast Parse(string text) =>
        text.Split(',') is [string alpha, string lambda]
        && double.TryParse(alpha, NumberStyles.Float, CultureInfo.InvariantCulture, out double kept)
        && double.TryParse(lambda, NumberStyles.Float, CultureInfo.InvariantCulture, out double added)
            ? new Grokfast { Alpha = kept, Lambda = added }
            : throw new ArgumentException("give two numbers with a comma between them, as 0.98,2");
}
