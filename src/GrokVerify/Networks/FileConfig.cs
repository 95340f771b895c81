using System.Globalization;
using System.Text.Json;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>A setting that stands beside a network's tensors.</summary>
/// <param name="Place">The file, for messages.</param>
/// <param name="Section">Under which dict it stands; empty for the file itself.</param>
/// <param name="Key">Its name.</param>
/// <param name="Value">null, bool, long, double or string.</param>
internal sealed record FileSetting(string Place, string Section, string Key, object? Value)
{
    /// <summary>As Python prints it.</summary>
    public string Text => Value switch
    {
        null => "None",
        true => "True",
        false => "False",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>
/// What stands beside the tensors of a file, or in a JSON file next to it: settings under names, in whatever dict of a configuration. Containers of anything else take no part.
/// </summary>
internal sealed class FileConfig
{
    private const int MostLevels = 4;
    private const int MostSettings = 2000;
    private const long MostJsonBytes = 1 << 20;

    /// <summary>Dicts of settings by their usual names; PyTorch Lightning has hyper_parameters, TransformerLens cfg.</summary>
    private static readonly string[] Sections = ["config", "cfg", "args", "model_config", "model_cfg", "train_config", "hyper_parameters", "hyperparameters", "hparams"];

    private readonly List<FileSetting> _settings = [];

    /// <summary>All of them; those of a configuration before those of the file itself, those of another file last.</summary>
    public IReadOnlyList<FileSetting> Settings => _settings;

    public static FileConfig Of(PyTorchFile file)
    {
        var config = new FileConfig();
        if (file.Content is PickleDictionary root)
        {
            foreach (string section in Sections)
            {
                config.Add(file, section, root[section], level: 1);
            }

            foreach ((string key, object? value) in root.Named.Where(entry => !Sections.Contains(entry.Key)))
            {
                config.AddPlain(file.Path, "", key, Plain(file, value));
            }
        }

        config.AddNeighbours(file.Path);
        return config;
    }

    public static FileConfig Of(SafetensorsFile file)
    {
        var config = new FileConfig();
        foreach ((string key, string text) in file.Metadata)
        {
            if (key == ConfigFacts.OwnConfigKey)
            {
                continue;
            }

            if (!config.AddJson(file.Path, key, text))
            {
                config.AddPlain(file.Path, "", key, (true, Parsed(text)));
            }
        }

        config.AddNeighbours(file.Path);
        return config;
    }

    /// <summary>Settings with any of these names, in the order of the names.</summary>
    public IEnumerable<FileSetting> Find(params ReadOnlySpan<string> keys)
    {
        List<FileSetting> found = [];
        foreach (string key in keys)
        {
            found.AddRange(_settings.Where(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase)));
        }

        return found;
    }

    /// <summary>The first finite number under any of these names.</summary>
    public double? Number(params ReadOnlySpan<string> keys) =>
        Find(keys).Select(setting => setting.Value switch { long whole => whole, double number when double.IsFinite(number) => number, _ => (double?)null }).FirstOrDefault(value => value is not null);

    /// <summary>The first whole number under any of these names.</summary>
    public long? Whole(params ReadOnlySpan<string> keys) => Find(keys).Select(setting => setting.Value as long?).FirstOrDefault(value => value is not null);

    /// <summary>The first text under any of these names.</summary>
    public string? Text(params ReadOnlySpan<string> keys) => Find(keys).Select(setting => setting.Value as string).FirstOrDefault(value => value is not null);

    private static (bool IsPlain, object? Value) Plain(PyTorchFile file, object? value) => value switch
    {
        null or bool or long or double or string => (true, value),
        _ when file.ReadNumber(value) is double number => (true, double.IsInteger(number) && Math.Abs(number) < 1e15 ? (object)(long)number : number),

        // An enumeration's member, or a path: what it was made of. A class or a function: its name.
        PickleObject { Arguments.Items: [null or bool or long or double or string] } wrapped => (true, wrapped.Arguments.Items[0]),
        PickleGlobal global => (true, LastPart(global.Name)),
        PickleObject { Fields: null } made => (true, LastPart(made.Name)),
        _ => (false, null),
    };

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>A dict, or the attributes of an object; null for anything else.</summary>
    private static PickleDictionary? Fields(object? value) => value as PickleDictionary ?? (value as PickleObject)?.Fields;

    /// <summary>What a text stands for, as Python or JSON print it.</summary>
    private static object? Parsed(string text) => text switch
    {
        "None" or "null" => null,
        "True" or "true" => true,
        "False" or "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => text,
    };

    private void Add(PyTorchFile file, string section, object? value, int level)
    {
        if (value is string text)
        {
            AddJson(file.Path, section, text);
        }
        else if (Fields(value) is PickleDictionary dictionary)
        {
            foreach ((string key, object? inner) in dictionary.Named)
            {
                AddPlain(file.Path, section, key, Plain(file, inner));
                if (Fields(inner) is not null && level < MostLevels)
                {
                    Add(file, $"{section}.{key}", inner, level + 1);
                }
            }
        }
    }

    private void AddPlain(string place, string section, string key, (bool IsPlain, object? Value) value)
    {
        if (value.IsPlain && _settings.Count < MostSettings)
        {
            _settings.Add(new FileSetting(place, section, key, value.Value));
        }
    }

    /// <summary>A dict that was written down as JSON.</summary>
    /// <returns>False for another text.</returns>
    private bool AddJson(string place, string section, string text)
    {
        if (!text.TrimStart().StartsWith('{') || text.Length > MostJsonBytes)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            AddJson(place, section, document.RootElement, level: 1);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void AddJson(string place, string section, JsonElement element, int level)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            JsonElement value = property.Value;
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when level < MostLevels:
                    AddJson(place, section.Length == 0 ? property.Name : $"{section}.{property.Name}", value, level + 1);
                    break;
                case JsonValueKind.String:
                    AddPlain(place, section, property.Name, (true, value.GetString()));
                    break;
                case JsonValueKind.Number:
                    AddPlain(place, section, property.Name, (true, value.TryGetInt64(out long whole) ? (object)whole : value.GetDouble()));
                    break;
                case JsonValueKind.True or JsonValueKind.False:
                    AddPlain(place, section, property.Name, (true, value.GetBoolean()));
                    break;
                case JsonValueKind.Null:
                    AddPlain(place, section, property.Name, (true, null));
                    break;
            }
        }
    }

    /// <summary>A configuration in a file of its own: FILE.json without its ending, config_1.json beside model_1.pt, cfg.json, config.json.</summary>
    private void AddNeighbours(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        string own = Path.GetFileNameWithoutExtension(path) + ".json";
        foreach (string name in new[] { own, own.Replace("model", "config", StringComparison.OrdinalIgnoreCase), "cfg.json", "config.json" }.Distinct())
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (file.Exists && file.Length <= MostJsonBytes)
            {
                try
                {
                    AddJson(file.FullName, "", File.ReadAllText(file.FullName));
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    // What cannot be read says nothing.
                }
            }
        }
    }
}
