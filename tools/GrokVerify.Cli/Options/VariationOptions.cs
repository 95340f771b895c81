using System.CommandLine;
using GrokVerify.Engines;

namespace GrokVerify.Cli.Options;

/// <summary>What may be varied beside the paper's setting. Where an option is not given, a network that is trained on keeps what its own run had.</summary>
internal sealed class VariationOptions
{
    private readonly Option<double?> _wrongLabels = OptionFactory.OptionalNumber<double>("--wrong-labels", "Share of the train pairs that have a wrong label, from 0 to 1");
    private readonly Option<bool> _keepZeros = OptionFactory.Switch("--keep-zeros", "Weights that are zero stay zero, biases aside: a pruned network (--from) is trained on as one");

    public Option[] All => [_wrongLabels, _keepZeros];

    /// <summary>A configuration with what the command line gives in its place.</summary>
    public TrainingConfig Applied(ParseResult parsed, TrainingConfig config) => config with
    {
        WrongLabels = parsed.GetValue(_wrongLabels) ?? config.WrongLabels,
        KeepZeros = parsed.GetValue(_keepZeros) || config.KeepZeros,
    };
}
