using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>Finds the one network in what torch.save wrote: the state dict itself, or one inside dicts and lists, for example under "model".</summary>
internal static class StateDict
{
    private const string UsualKey = "model";
    private const int MostNames = 3;
    private const int MostPlaces = 12;

    /// <summary>Matrices of a network: tokens, positions, query, key and value in one, what attention writes, two of the MLP, classes.</summary>
    private const int FewestMatrices = 7;

    /// <param name="file">The file.</param>
    /// <param name="name">Where the network is in it, as a refusal says it; null for the only one, or that under "model".</param>
    /// <exception cref="CheckpointException">There is none, or more than one and none was chosen.</exception>
    public static StoredTensors Find(PyTorchFile file, string? name)
    {
        List<(Place Place, PickleDictionary Dictionary)> found = [];
        List<(Place Place, PickleDictionary Dictionary)> unnamed = [];
        string[]? names = null;
        Visit(file.Content, new Place(null, ""), [], new SavedModules(), (place, dictionary) =>
        {
            names ??= dictionary.Named.Where(entry => entry.Value is TorchTensor).Select(entry => entry.Key).Take(MostNames + 1).ToArray() is { Length: > 0 } tensors ? tensors : null;
            if (dictionary.Named.Any(entry => entry.Value is TorchTensor && IsEmbedding(entry.Key)))
            {
                found.Add((place, dictionary));
            }
            else if (dictionary.Named.Count(entry => entry.Value is TorchTensor { Shape.Count: >= 2 }) >= FewestMatrices)
            {
                unnamed.Add((place, dictionary));
            }
        });
        found = found.Count > 0 ? found : unnamed;
        PickleDictionary? chosen = name is not null ? found.FirstOrDefault(candidate => candidate.Place.Text == name).Dictionary
            : found.Count == 1 ? found[0].Dictionary : found.FirstOrDefault(candidate => candidate.Place is { Outer.Outer: null, Key: UsualKey }).Dictionary;
        return chosen is not null ? Tensors(file, chosen) : throw new CheckpointException(
            file.Path,
            names is null && found.Count == 0 && Curves(file.Content) is { Length: > 0 } curves ? $"holds numbers ({string.Join(", ", curves)}), no network"
                : found.Count == 1 ? $"holds one network, and none at {name}"
                : found.Count > 1
                ? $"holds {found.Count} networks{(name is null ? "" : $", none of them {name}")}: {string.Join(", ", found.Take(MostPlaces).Select(candidate => candidate.Place.Text))}{(found.Count > MostPlaces ? ", ..." : "")}"
                : $"holds no tensor {EmbeddingName.OfOthers} or {EmbeddingName.Ours}, {(names is null ? "nor any dict of tensors" : $"but {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", ..." : "")}")}",
            found.Count > 1 ? "choose one with --network"
                : found.Count == 1 ? "leave --network out"
                : names is null ? "save the network's state dict: torch.save(model.state_dict(), FILE)" : LayoutRecognition.Needed);
    }

    /// <summary>The first entries that are lists of numbers.</summary>
    private static string[] Curves(object? content) => content is not PickleDictionary root ? []
        : [.. root.Named.Where(entry => entry.Value is PickleList { Items: [double or long, double or long, ..] } or PickleObject { State: PickleTuple }).Select(entry => entry.Key).Take(MostNames)];

    private static bool IsEmbedding(string key) => EmbeddingName.Prefix(key) is not null;

    private static void Visit(object? value, Place place, HashSet<object> seen, SavedModules modules, Action<Place, PickleDictionary> act)
    {
        // Shared containers are visited once; PickleGraph has made sure that nothing is nested deeply.
        if (value is not PickleContainer container || !seen.Add(container))
        {
            return;
        }

        if (container is PickleObject saved && modules.StateDict(saved) is PickleDictionary state)
        {
            act(place, state);
        }
        else if (container is PickleDictionary dictionary)
        {
            act(place, dictionary);
            foreach ((object? key, object? inner) in dictionary.All.Where(entry => entry.Value is PickleContainer))
            {
                Visit(inner, new Place(place, key ?? "None"), seen, modules, act);
            }
        }
        else
        {
            for (int i = 0; i < container.ChildCount; i++)
            {
                if (container.Child(i) is PickleContainer inner)
                {
                    Visit(inner, new Place(place, i), seen, modules, act);
                }
            }
        }
    }

    private static StoredTensors Tensors(PyTorchFile file, PickleDictionary dictionary)
    {
        string prefix = dictionary.Named.Where(entry => entry.Value is TorchTensor).Select(entry => EmbeddingName.Prefix(entry.Key)).FirstOrDefault(before => before is not null) ?? "";
        return StoredTensors.OfPrefix(
            file.Path,
            prefix,
            [.. dictionary.Named.Where(entry => entry.Value is TorchTensor).Select(entry => (entry.Key, Tensor: (TorchTensor)entry.Value!))
                .Select(entry => new StoredTensor(entry.Key, entry.Tensor.Shape, () => file.ReadSingles(entry.Tensor)))]);
    }

    /// <summary>Where something is in a file: under a key, or at an index, of something else. Put into words only for a message.</summary>
    private sealed record Place(Place? Outer, object Key)
    {
        public string Text => Outer is null ? "" : Key is int or long ? $"{Outer.Text}[{Key}]" : Outer.Outer is null ? $"{Key}" : $"{Outer.Text}.{Key}";
    }
}
