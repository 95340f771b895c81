namespace GrokVerify.Formats.PyTorch;

// What a pickle holds, as inert data: null, bool, long, double, string, and the types below. Nothing of it is ever executed.

/// <summary>A list, tuple or dict.</summary>
internal abstract class PickleContainer
{
    /// <summary>Everything directly inside, keys of a dict apart (those hold nothing themselves).</summary>
    public abstract int ChildCount { get; }

    /// <summary>Where <see cref="PickleGraph"/> stands with it.</summary>
    public PickleVisit Visit { get; set; }

    public abstract object? Child(int index);
}

internal enum PickleVisit : byte
{
    None,
    Open,
    Done,
}

/// <summary>A Python list.</summary>
internal sealed class PickleList : PickleContainer
{
    // Made when something is added: a file of empty lists must not take many times its size.
    private List<object?>? _items;

    public IReadOnlyList<object?> Items => (IReadOnlyList<object?>?)_items ?? [];

    public override int ChildCount => _items?.Count ?? 0;

    public override object? Child(int index) => _items![index];

    public void Add(IEnumerable<object?> items) => (_items ??= []).AddRange(items);
}

/// <summary>A Python tuple, or torch.Size.</summary>
internal sealed class PickleTuple(object?[] items) : PickleContainer
{
    public static PickleTuple Empty { get; } = new([]);

    public object?[] Items { get; } = items;

    public override int ChildCount => Items.Length;

    public override object? Child(int index) => Items[index];
}

/// <summary>
/// An object of a class that is not known here, or what a function that is not known would have given: its name, what it was given, and its attributes. It is never made, and the function never called.
/// </summary>
internal sealed class PickleObject(string name, PickleTuple arguments) : PickleContainer
{
    private PickleList? _items;
    private PickleDictionary? _entries;

    /// <summary>Of the class or function, with its module.</summary>
    public string Name { get; } = name;

    public PickleTuple Arguments { get; } = arguments;

    /// <summary>What BUILD would have set its attributes from; null for nothing.</summary>
    public object? State { get; set; }

    /// <summary>Attributes, else the entries that were set as those of a dict; null for neither.</summary>
    public PickleDictionary? Fields => State as PickleDictionary ?? (State is PickleTuple { Items: [PickleDictionary attributes, ..] } ? attributes : _entries);

    public override int ChildCount => 4;

    public override object? Child(int index) => index switch { 0 => Arguments, 1 => State, 2 => _items, _ => _entries };

    /// <summary>What was appended to it as to a list.</summary>
    public void Add(IEnumerable<object?> items) => (_items ??= new PickleList()).Add(items);

    /// <summary>What was set in it as in a dict.</summary>
    public void Set(object? key, object? value) => (_entries ??= new PickleDictionary()).Set(key, value);
}

/// <summary>Bytes, as they lie in the file.</summary>
internal sealed record PickleBuffer(ReadOnlyMemory<byte> Bytes);

/// <summary>A Python dict or OrderedDict, in insertion order. Entries are found by strings, whole numbers, floats, booleans or None; under other keys they are only kept.</summary>
internal sealed class PickleDictionary : PickleContainer
{
    private static readonly OrderedDictionary<Key, object?> None = [];
    private OrderedDictionary<Key, object?>? _entries;

    public override int ChildCount => Entries.Count;

    /// <summary>The entries whose keys are strings, in order.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Named => Entries
        .Where(entry => entry.Key.Value is string)
        .Select(entry => KeyValuePair.Create((string)entry.Key.Value!, entry.Value));

    /// <summary>The entries that can be found, in order.</summary>
    public IEnumerable<KeyValuePair<object?, object?>> All => Entries.Where(entry => IsPlain(entry.Key.Value)).Select(entry => KeyValuePair.Create(entry.Key.Value, entry.Value));

    /// <summary>The value under a string or a whole number (long); null where there is none.</summary>
    public object? this[object key] => Entries.GetValueOrDefault(new Key(key));

    public override object? Child(int index) => Entries.GetAt(index).Value;

    private OrderedDictionary<Key, object?> Entries => _entries ?? None;

    /// <summary>Adds or replaces a value; under a key of another type one that nothing finds.</summary>
    public void Set(object? key, object? value) => (_entries ??= [])[new Key(IsPlain(key) ? key : new object())] = value;

    private static bool IsPlain(object? key) => key is null or string or long or double or bool;

    // Hashed with a number drawn anew in each process: a file cannot be made so that its keys collide.
    private readonly record struct Key(object? Value)
    {
        public override int GetHashCode() => Value switch
        {
            long number => HashCode.Combine((uint)number, number >> 32),
            double number => HashCode.Combine((uint)BitConverter.DoubleToInt64Bits(number), BitConverter.DoubleToInt64Bits(number) >> 32),
            _ => HashCode.Combine(Value),
        };
    }
}

/// <summary>A function or a class, by its name.</summary>
internal sealed record PickleGlobal(string Name);

/// <summary>A stored array of numbers that tensors look into.</summary>
/// <param name="Entry">Where it lies.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Count">Its elements.</param>
internal sealed record TorchStorage(ZipEntry Entry, ElementType Type, long Count);
