using System.CommandLine;
using GrokVerify.Cli.Running;
using GrokVerify.Networks;
using GrokVerify.Tasks;

namespace GrokVerify.Cli.Options;

/// <summary>The argument that names a network, or several, and the options that say what their files do not.</summary>
internal sealed class NetworkOptions
{
    private const string Name = "PATH";

    private readonly Argument _path;
    private readonly Option<long?> _epoch = OptionFactory.OptionalNumber<long>("--epoch", "The checkpoint of a run folder [default: the newest]");
    private readonly SplitOptions _split;

    /// <param name="command">The verb.</param>
    /// <param name="several">Whether it takes more than one network.</param>
    public NetworkOptions(Command command, bool several = false)
    {
        _path = several ? new Argument<string[]>(Name) { Arity = ArgumentArity.OneOrMore } : new Argument<string>(Name);
        _path.Description = "A run folder, a folder that holds one run, a .pth or a .safetensors file";
        command.Arguments.Add(_path);
        command.Options.Add(_epoch);
        _split = new SplitOptions(command);
    }

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(ParseResult parsed, CommandContext context) => Read(Paths(parsed)[0], parsed, context);

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(string path, ParseResult parsed, CommandContext context) => StoredNetwork.Read(path, parsed.GetValue(_epoch), context.Warn);

    public IReadOnlyList<string> Paths(ParseResult parsed) =>
        _path is Argument<string[]> several ? parsed.GetRequiredValue(several) : [parsed.GetRequiredValue((Argument<string>)_path)];

    /// <inheritdoc cref="SplitOptions.Of"/>
    public PairSplit? Split(ParseResult parsed, NetworkFile network) => _split.Of(parsed, network);
}
