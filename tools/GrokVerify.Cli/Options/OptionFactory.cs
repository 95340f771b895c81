using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GrokVerify.Cli.Options;

/// <summary>Makes options whose error messages say what was given and what to give instead.</summary>
internal static class OptionFactory
{
    public static Option<T> Number<T>(string name, string description, T fallback)
        where T : struct, INumberBase<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Read(result, name, ParseNumber<T>, out T value) ? value : default,
        };

    /// <summary>An optional number without a default.</summary>
    public static Option<T?> OptionalNumber<T>(string name, string description)
        where T : struct, INumberBase<T> => new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => Read(result, name, ParseNumber<T>, out T value) ? value : null,
        };

    /// <summary>Whole numbers with commas between them, none without a default.</summary>
    public static Option<int[]> Numbers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "numbers",
        CustomParser = result => Read(result, name, ParseNumbers, out int[] value) ? value : [],
    };

    /// <summary>A text that the library understands, or complains about.</summary>
    public static Option<T?> Parsed<T>(string name, string description, string form, Func<string, T> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = form,
            CustomParser = result => Read(result, name, text => Understood(text, parse), out T? value) ? value : null,
        };

    /// <summary>The name of a folder, or of a file.</summary>
    public static Option<string?> Path(string name, string description, string kind = "folder") => new(name)
    {
        Description = description,
        HelpName = kind,
        CustomParser = result => Read(result, name, text => string.IsNullOrWhiteSpace(text) ? (null, $"give the name of a {kind}") : (text, null), out string? value) ? value : null,
    };

    public static Option<bool> Switch(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>True where the command line has the option, rather than its default.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>What the command line gives; null where it leaves the option out.</summary>
    public static T? Given<T>(ParseResult parsed, Option<T> option)
        where T : struct => IsGiven(parsed, option) ? parsed.GetValue(option) : null;

    private delegate (T Value, string? Problem) Parser<T>(string text);

    private static bool Read<T>(ArgumentResult result, string name, Parser<T> parse, out T value)
    {
        string text = result.Tokens[0].Value;
        (value, string? problem) = parse(text);
        if (problem is not null)
        {
            result.AddError($"{name} {text}: {problem}");
        }

        return problem is null;
    }

    private static (T? Value, string? Problem) Understood<T>(string text, Func<string, T> parse)
        where T : class
    {
        try
        {
            return (parse(text), null);
        }
        catch (ArgumentException problem)
        {
            return (null, UsageException.Words(problem));
        }
    }

    private static (T Value, string? Problem) ParseNumber<T>(string text)
        where T : struct, INumberBase<T>
    {
        bool isWhole = typeof(T) != typeof(double);
        NumberStyles styles = isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        return T.TryParse(text, styles, CultureInfo.InvariantCulture, out T value)
            ? (value, IsUnderflow(value, text) ? "is so small that it would be taken for 0; give 0, or a larger number" : null)
            : (default, !isWhole ? "give a number, with a point before the decimals"
                : BigInteger.TryParse(text, styles, CultureInfo.InvariantCulture, out _) ? $"is out of range; give a whole number from {Least<T>()} to {Largest<T>()}"
                : "give a whole number");
    }

    private static bool IsUnderflow<T>(T value, string text)
        where T : struct, INumberBase<T> => T.IsZero(value) && text.TakeWhile(c => c is not ('e' or 'E')).Any(c => c is >= '1' and <= '9');

    private static T Least<T>()
        where T : struct, INumberBase<T> => T.CreateSaturating(long.MinValue);

    private static T Largest<T>()
        where T : struct, INumberBase<T> => T.CreateSaturating(long.MaxValue);

    private static (int[] Value, string? Problem) ParseNumbers(string text)
    {
        (int Value, string? Problem)[] parsed = [.. text.Split(',').Select(ParseNumber<int>)];
        return parsed.Any(number => number.Problem is not null) ? ([], "give whole numbers with commas between them") : ([.. parsed.Select(number => number.Value)], null);
    }
}
