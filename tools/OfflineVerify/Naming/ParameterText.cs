using System.Collections;
using System.Globalization;

namespace OfflineVerify.Naming;

/// <summary>The part of a file name that tells the cases of one test apart: _name=value_name=value.</summary>
internal sealed class ParameterText
{
    private readonly NamingSettings _settings;
    private readonly (string Name, object? Value)[] _parameters = [];

    public ParameterText(IReadOnlyList<string>? names, NamingSettings settings)
    {
        _settings = settings;
        if (settings.ParametersText is not null || names is null || settings.Parameters is not { } values)
        {
            return;
        }

        if (values.Count > names.Count)
        {
            throw new InvalidOperationException(
                $"The number of passed in parameters ({values.Count}) must not exceed the number of parameters for the method ({names.Count}).");
        }

        if (settings.IgnoredParameters?.IsSubsetOf(names) == false)
        {
            throw new InvalidOperationException(
                $"Some of the ignored parameter names ({string.Join(", ", settings.IgnoredParameters)}) do not exist in the test method parameters ({string.Join(", ", names)}).");
        }

        _parameters = [.. names.Zip(values)];
    }

    /// <summary>Of the received file: all of them, so that cases that share a verified file do not overwrite each other.</summary>
    public string Received => Text(_ => true);

    public string Verified => _settings.IgnoreParametersForVerified
        ? ""
        : Text(name => _settings.IgnoredParameters is not { } ignored || (ignored.Count > 0 && !ignored.Contains(name)));

    private string Text(Func<string, bool> isNamed) => _settings.ParametersText is { } text
        ? "_" + text
        : string.Concat(_parameters.Where(parameter => isNamed(parameter.Name)).Select(parameter => $"_{parameter.Name}={Format(parameter.Value)}"));

    private static string Format(object? value) => value switch
    {
        null => "null",
        string text => FileNameCharacters.InName(text),
        char character => FileNameCharacters.InName(character.ToString()),
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

    /// <summary>Verify has rules for dates, dictionaries and others; a name that differs from its name would lose the snapshot.</summary>
    private static NotSupportedException Unsupported(object value) =>
        new($"a parameter of type {value.GetType().Name} has no name here: call UseTextForParameters");
}
