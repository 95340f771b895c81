using System.CommandLine;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Options;

/// <summary>The options that say of a network's file what the file itself does not.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string?> _network = new("--network") { Description = "Which network of a file that holds several; without it they are listed", HelpName = "name" };
    private readonly Option<TensorMap?> _map;
    private readonly Option<double?> _attentionRate = OptionFactory.OptionalNumber<double>(
        "--attention-rate", "Share of the softmax in the attention weights, the rest being constant [default: as the file says, else 1]");

    /// <param name="command">Gets the options.</param>
    /// <param name="isForTraining">Leaves out what only matters to networks that are not trained here.</param>
    public ReadingOptions(Command command, bool isForTraining = false)
    {
        _map = OptionFactory.Parsed<TensorMap>("--map", "Which tensor is which, where names and shapes do not tell, as W_E=tok.weight,W_Q=attn.q.T,heads=4", "ours=theirs,...", TensorMap.Parse);
        _attentionRate.Validators.Add(result =>
        {
            if (result.GetValue(_attentionRate) is double rate && !(rate is >= 0 and <= 1))
            {
                result.AddError($"--attention-rate {result.Tokens[0].Value}: give a number from 0 to 1");
            }
        });
        command.Options.Add(_network);
        command.Options.Add(_map);
        if (!isForTraining)
        {
            command.Options.Add(_attentionRate);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="recorded">What counts where it says nothing.</param>
    public NetworkReading Of(ParseResult parsed, NetworkReading? recorded = null)
    {
        var given = new NetworkReading { Name = parsed.GetValue(_network), Map = parsed.GetValue(_map), AttentionRate = parsed.GetValue(_attentionRate) };
        return given.IsGiven ? given : recorded ?? given;
    }
}
