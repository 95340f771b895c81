using System.CommandLine;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Options;

/// <summary>The option that says whether a network that is trained on keeps the moments that its file has.</summary>
internal sealed class OptimizerStateOption
{
    private readonly ChoiceOption<bool> _isNew = new("--optimizer-state", "AdamW's moments of a network that is trained on: those of its file, or zero", new()
    {
        ["keep"] = false,
        ["new"] = true,
    });

    public OptimizerStateOption(Command command) => command.Options.Add(_isNew.Option);

    public bool IsGiven(ParseResult parsed) => _isNew.IsGiven(parsed);

    /// <summary>The network as it is trained on.</summary>
    public NetworkFile Applied(ParseResult parsed, NetworkFile network) => _isNew.Value(parsed) ? NetworkContinuation.WithNewMoments(network) : network;
}
