using GrokVerify.Runs;
using GrokVerify.Runs.PyTorch;

namespace GrokVerify.Interchange;

/// <summary>Finds the one network in what torch.save wrote: the state dict itself, or one inside dicts and lists, for example under "model".</summary>
internal static class StateDict
{
    private const string Embedding = "embed.W_E";
    private const string NativeEmbedding = "W_E";
    private const string UsualKey = "model";

    /// <exception cref="CheckpointException">There is none, or more than one.</exception>
    public static StoredTensors Find(PyTorchFile file)
    {
        List<(Place Place, PickleDictionary Dictionary)> found = [];
        int tensorDictionaries = 0;
        Visit(file.Content, new Place(null, ""), [], (place, dictionary) =>
        {
            tensorDictionaries += dictionary.Named.Any(entry => entry.Value is TorchTensor) ? 1 : 0;
            if (dictionary.Named.Any(entry => entry.Value is TorchTensor && IsEmbedding(entry.Key)))
            {
                found.Add((place, dictionary));
            }
        });
        PickleDictionary? chosen = found.Count == 1 ? found[0].Dictionary : found.FirstOrDefault(candidate => candidate.Place is { Outer.Outer: null, Key: UsualKey }).Dictionary;
        return chosen is not null ? Tensors(file, chosen) : throw new CheckpointException(
            file.Path,
            found.Count > 1
                ? $"holds {found.Count} networks (at {string.Join(", ", found.Take(3).Select(candidate => candidate.Place.Text))}{(found.Count > 3 ? ", ..." : "")})"
                : $"holds no tensor {Embedding} or {NativeEmbedding}{(tensorDictionaries == 0 ? ", nor any dict of tensors" : "")}",
            "save one network's state dict: torch.save(model.state_dict(), FILE)");
    }

    private static bool IsEmbedding(string key) => Prefix(key) is not null;

    /// <summary>What stands before the embedding's name, such as "module."; null for another name.</summary>
    private static string? Prefix(string key) =>
        key == Embedding || key.EndsWith("." + Embedding, StringComparison.Ordinal) ? key[..^Embedding.Length]
        : key == NativeEmbedding || key.EndsWith("." + NativeEmbedding, StringComparison.Ordinal) ? key[..^NativeEmbedding.Length]
        : null;

    private static void Visit(object? value, Place place, HashSet<object> seen, Action<Place, PickleDictionary> act)
    {
        // Shared containers are visited once; PickleGraph has made sure that nothing is nested deeply.
        if (value is not PickleContainer container || !seen.Add(container))
        {
            return;
        }

        if (container is PickleDictionary dictionary)
        {
            act(place, dictionary);
            foreach ((string key, object? inner) in dictionary.Named.Where(entry => entry.Value is PickleContainer))
            {
                Visit(inner, new Place(place, key), seen, act);
            }
        }
        else
        {
            for (int i = 0; i < container.ChildCount; i++)
            {
                if (container.Child(i) is PickleContainer inner)
                {
                    Visit(inner, new Place(place, i), seen, act);
                }
            }
        }
    }

    private static StoredTensors Tensors(PyTorchFile file, PickleDictionary dictionary)
    {
        string prefix = Prefix(dictionary.Named.First(entry => entry.Value is TorchTensor && IsEmbedding(entry.Key)).Key)!;
        List<StoredTensor> tensors = [];
        foreach ((string key, object? value) in dictionary.Named)
        {
            if (value is TorchTensor tensor)
            {
                string name = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key;
                tensors.Add(new StoredTensor(name, tensor.Shape, () => file.ReadSingles(tensor)));
            }
        }

        return tensors.DistinctBy(tensor => tensor.Name).Count() == tensors.Count
            ? new StoredTensors(file.Path, tensors)
            : throw new CheckpointException(file.Path, $"holds two tensors whose names differ in the prefix \"{prefix}\" alone", "save one network's state dict");
    }

    /// <summary>Where something is in a file: under a key, or at an index, of something else. Put into words only for a message.</summary>
    private sealed record Place(Place? Outer, object Key)
    {
        public string Text => Outer is null ? "" : Key is int index ? $"{Outer.Text}[{index}]" : Outer.Outer is null ? $"{Key}" : $"{Outer.Text}.{Key}";
    }
}
