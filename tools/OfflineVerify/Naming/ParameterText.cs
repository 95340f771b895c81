using System.Collections;
using System.Globalization;

namespace OfflineVerify.Naming;

/// <summary>The part of a file name that tells the cases of one test apart: _name=value_name=value.</summary>
internal static class ParameterText
{
    private const string InvalidCharacters = "\"\\<>|:*?/";

    public static string Build(IReadOnlyList<string>? names, NamingSettings settings)
    {
        if (settings.ParametersText is not null)
        {
            return "_" + settings.ParametersText;
        }

        if (names is null || settings.Parameters is null)
        {
            return "";
        }

        if (settings.Parameters.Count > names.Count)
        {
            throw new InvalidOperationException(
                $"The number of passed in parameters ({settings.Parameters.Count}) must not exceed the number of parameters for the method ({names.Count}).");
        }

        var ignored = settings.IgnoredParameters;
        if (ignored is { Count: 0 })
        {
            return "";
        }

        IEnumerable<string> parts = names
            .Zip(settings.Parameters)
            .Where(pair => ignored is null || !ignored.Contains(pair.First))
            .Select(pair => $"_{pair.First}={Format(pair.Second)}");
        return string.Concat(parts);
    }

    private static string Format(object? value) => value switch
    {
        null => "null",
        string text => ReplaceInvalid(text),
        char character => ReplaceInvalid(character.ToString()),
        bool or Enum => value.ToString()!,
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        IDictionary => throw Unsupported(value),
        IEnumerable items => FormatAll([.. items.Cast<object?>()]),
        _ => throw Unsupported(value),
    };

    /// <summary>Elements between commas; brackets around a list in a list, and around nothing.</summary>
    private static string FormatAll(object?[] items) =>
        items.Length == 0 ? "[]" : string.Join(',', items.Select(item => item is IEnumerable and not (string or IDictionary) && Format(item) is var inner ? inner == "[]" ? inner : $"[{inner}]" : Format(item)));

    private static string ReplaceInvalid(string text) =>
        string.Create(text.Length, text, static (characters, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                bool invalid = char.IsControl(source[i]) || InvalidCharacters.Contains(source[i], StringComparison.Ordinal);
                characters[i] = invalid ? '-' : source[i];
            }
        });

    /// <summary>Verify has rules for dates, dictionaries and others; a name that differs from its name would lose the snapshot.</summary>
    private static NotSupportedException Unsupported(object value) =>
        new($"a parameter of type {value.GetType().Name} has no name here: call UseTextForParameters");
}
