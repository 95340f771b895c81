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
    private readonly SplitOptions _split;

    public NetworkOptions(Command command)
    {
        command.Arguments.Add(_path);
        command.Options.Add(_epoch);
        _split = new SplitOptions(command);
    }

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(ParseResult parsed, CommandContext context) =>
        StoredNetwork.Read(parsed.GetRequiredValue(_path), parsed.GetValue(_epoch), context.Warn);

    /// <inheritdoc cref="SplitOptions.Of"/>
    public PairSplit? Split(ParseResult parsed, NetworkFile network) => _split.Of(parsed, network);
}
