using System.CommandLine;

namespace GrokVerify.Cli.Options;

/// <summary>An option that takes one of a few words.</summary>
/// <typeparam name="T">What the words stand for.</typeparam>
internal sealed class ChoiceOption<T>
{
    private readonly OrderedDictionary<string, T> _words;

    /// <param name="name">The option.</param>
    /// <param name="description">For the help text.</param>
    /// <param name="words">The words with what they stand for; the first is the default.</param>
    public ChoiceOption(string name, string description, OrderedDictionary<string, T> words)
    {
        _words = words;
        Option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words.Keys),
            DefaultValueFactory = _ => words.GetAt(0).Key,
        };
        Option.Validators.Add(result =>
        {
            string word = result.Tokens.Count == 0 ? words.GetAt(0).Key : result.Tokens[0].Value;
            if (!words.ContainsKey(word))
            {
                result.AddError($"{name} {word}: unknown; give {string.Join(" or ", words.Keys)}");
            }
        });
    }

    public Option<string> Option { get; }

    /// <summary>True where the command line has the option, rather than its default.</summary>
    public bool IsGiven(ParseResult parsed) => OptionFactory.IsGiven(parsed, Option);

    public T Value(ParseResult parsed) => _words[parsed.GetValue(Option)!];
}
