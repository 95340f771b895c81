using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>The state dicts of whole modules that were saved as objects, as their state_dict() would have given them: parameters and buffers by the path of modules to them.</summary>
internal sealed class SavedModules
{
    private const int MostTensors = 10_000;

    // In one file, however often they know each other: a few bytes can say that each of forty holds the next one twice.
    private const int MostModules = 10_000;

    private int _modules;

    /// <returns>Null for an object of another kind.</returns>
    public PickleDictionary? StateDict(PickleObject module)
    {
        if (!IsModule(module.Fields) || _modules == MostModules)
        {
            return null;
        }

        var state = new PickleDictionary();
        Add(module, "", state, []);
        return state;
    }

    private static bool IsModule(PickleDictionary? fields) => fields?["_parameters"] is PickleDictionary && fields["_modules"] is PickleDictionary;

    private void Add(PickleObject module, string path, PickleDictionary state, HashSet<object> open)
    {
        // Modules that hold themselves by way of others are no tree.
        if (module.Fields is not PickleDictionary fields || !IsModule(fields) || _modules == MostModules || !open.Add(module))
        {
            return;
        }

        _modules++;
        foreach (string kind in new[] { "_parameters", "_buffers" })
        {
            foreach ((string name, object? value) in (fields[kind] as PickleDictionary)?.Named ?? [])
            {
                if (value is not null && state.ChildCount < MostTensors)
                {
                    state.Set(path + name, value);
                }
            }
        }

        foreach ((string name, object? inner) in ((PickleDictionary)fields["_modules"]!).Named)
        {
            if (inner is PickleObject part && state.ChildCount < MostTensors)
            {
                Add(part, $"{path}{name}.", state, open);
            }
        }

        open.Remove(module);
    }
}
