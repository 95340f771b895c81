using System.CommandLine;
using System.CommandLine.Parsing;
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
    private readonly ReadingOptions _reading;
    private readonly SplitOptions _split;

    /// <param name="command">The verb.</param>
    /// <param name="several">Whether it takes more than one network.</param>
    public NetworkOptions(Command command, bool several = false)
    {
        const string description = "A run folder, a folder that holds one run, a .pth or a .safetensors file";
        _path = several ? Several(Name, description) : new Argument<string>(Name) { Description = description };
        command.Arguments.Add(_path);
        command.Options.Add(_epoch);
        _reading = new ReadingOptions(command);
        _split = new SplitOptions(command);
    }

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(ParseResult parsed, CommandContext context) => Read(Paths(parsed)[0], parsed, context);

    /// <inheritdoc cref="StoredNetwork.Read" path="/exception"/>
    public NetworkFile Read(string path, ParseResult parsed, CommandContext context, NetworkReading? recorded = null) => StoredNetwork.Read(path, parsed.GetValue(_epoch), _reading.Of(parsed, recorded), context.Warn);

    /// <summary>The checkpoint that is asked for; null for the newest.</summary>
    public long? Epoch(ParseResult parsed) => parsed.GetValue(_epoch);

    public IReadOnlyList<string> Paths(ParseResult parsed) =>
        _path is Argument<string[]> several ? parsed.GetRequiredValue(several) : [parsed.GetRequiredValue((Argument<string>)_path)];

    /// <summary>Several networks. Where any number of words is taken, the parser takes a mistyped option for one.</summary>
    public static Argument<string[]> Several(string name, string description, bool orNone = false)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = orNone ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is Token unknown)
            {
                result.AddError($"{unknown.Value}: unknown option");
            }
        });
        return argument;
    }

    /// <inheritdoc cref="SplitOptions.Given"/>
    public IReadOnlyList<PairSplit> GivenSplits(ParseResult parsed, NetworkFile network, CommandContext context) => _split.Given(parsed, network, context.Warn);

    /// <inheritdoc cref="SplitOptions.Of"/>
    public IReadOnlyList<PairSplit> Splits(ParseResult parsed, NetworkFile network, CommandContext context) => _split.Of(parsed, network, context.Warn);
}
