using System.Numerics;

namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// The few globals that a saved state dict, optimiser state and configuration need, and what calling them comes to. A pickle is a program, and here it can do nothing but describe data: any other name stays
/// a name, with what it was given.
/// </summary>
internal sealed class PickleGlobals(IReadOnlyDictionary<string, ZipEntry> storages)
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensorOld = "torch._utils._rebuild_tensor";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string Size = "torch.Size";
    private const string Device = "torch.device";
    private const string DefaultDict = "collections.defaultdict";
    private const string RebuildParameterWithState = "torch._utils._rebuild_parameter_with_state";
    private const string RebuildFromType = "torch._tensor._rebuild_from_type_v2";
    private const string Set = "builtins.set";
    private const string OldSet = "__builtin__.set";
    private const string FrozenSet = "builtins.frozenset";
    private const string OldFrozenSet = "__builtin__.frozenset";

    private static readonly Dictionary<string, ElementType> StorageTypes = new()
    {
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.BoolStorage"] = ElementType.Bool,
    };

    /// <summary>Modules whose classes say nothing that a reader would miss: containers, dates, paths, settings, numbers.</summary>
    private static readonly string[] Plain = ["torch.", "numpy.", "collections.", "builtins.", "__builtin__.", "argparse.", "pathlib.", "datetime.", "random.", "_codecs.", "copyreg.", "functools."];

    private readonly HashSet<string> _unknown = [];

    /// <summary>Names of other programs' classes and functions that the pickle asks for, some of them if they are many.</summary>
    public IReadOnlyCollection<string> Unknown => _unknown;

    public PickleGlobal Named(string name)
    {
        const int most = 100;
        if (_unknown.Count < most && !Plain.Any(module => name.StartsWith(module, StringComparison.Ordinal)))
        {
            _unknown.Add(name);
        }

        return new PickleGlobal(name);
    }

    /// <summary>What calling a global with some arguments gives: for the few that a state dict, optimiser state and configuration need what they stand for, for any other an object that is never made.</summary>
    /// <param name="callee">What is called.</param>
    /// <param name="arguments">A tuple.</param>
    /// <param name="isClass">Whether a class is asked for a new object, rather than a function for its result.</param>
    /// <exception cref="PickleException">It is not called like that.</exception>
    public static object Call(object? callee, object? arguments, bool isClass)
    {
        if (callee is not (PickleGlobal or PickleObject) || arguments is not PickleTuple { Items: object?[] items } tuple)
        {
            throw new PickleException("its pickle calls something that is not a function");
        }

        string name = (callee as PickleGlobal)?.Name ?? ((PickleObject)callee).Name;
        return (name, items) switch
        {
            _ when callee is PickleObject => new PickleObject(name, tuple),
            (OrderedDict, []) or (DefaultDict, _) => new PickleDictionary(),
            (RebuildTensorOld or RebuildTensor, [PickleObject, ..]) => new PickleObject(name, tuple),
            (RebuildTensorOld, [TorchStorage storage, object offset, PickleTuple shape, PickleTuple strides]) => TorchTensor.Of(storage, offset, shape, strides),
            (RebuildTensor, [TorchStorage storage, object offset, PickleTuple shape, PickleTuple strides, bool, PickleDictionary, ..] and { Length: 6 or 7 }) =>
                TorchTensor.Of(storage, offset, shape, strides),
            (RebuildParameter or RebuildParameterWithState, [TorchTensor tensor, bool, PickleDictionary, ..]) => tensor,
            (RebuildFromType, [PickleGlobal function, _, PickleTuple inner, ..]) when function.Name != RebuildFromType => Call(function, inner, isClass: false),
            (Size, [PickleTuple shape]) => shape,
            (Device, [string device, ..] and { Length: 1 or 2 }) => device,
            (Set or OldSet or FrozenSet or OldFrozenSet, [PickleList list]) => list,
            _ when !isClass && (name is RebuildTensorOld or RebuildTensor or RebuildParameter or RebuildParameterWithState || StorageTypes.ContainsKey(name)) =>
                throw new PickleException($"its pickle calls {name} with {items.Length} arguments that do not fit"),
            _ => new PickleObject(name, tuple),
        };
    }

    /// <summary>The storage that a persistent id names: ("storage", type, key, location, elements); an object that is never made where its elements are no numbers that are read.</summary>
    /// <exception cref="PickleException">There is none such, or the archive's has another length.</exception>
    public object Storage(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, ..] and { Length: 5 or 6 } })
        {
            throw new PickleException("its pickle refers to something that is not a storage");
        }

        if (!StorageTypes.TryGetValue(type.Name, out ElementType elementType))
        {
            // Of complex or quantised numbers: no tensor that a network here needs.
            if (type.Name.StartsWith("torch.", StringComparison.Ordinal) && type.Name.EndsWith("Storage", StringComparison.Ordinal))
            {
                return new PickleObject(type.Name, PickleTuple.Empty);
            }

            throw new PickleException($"storage {key} has the type {type.Name}, which is not a storage of numbers");
        }

        if (!storages.TryGetValue(key, out ZipEntry? entry))
        {
            throw new PickleException($"storage {key} is missing");
        }

        return entry.Length == (BigInteger)count * elementType.Size()
            ? new TorchStorage(entry, elementType, count)
            : throw new PickleException($"storage {key} has {entry.Length} bytes, not {count} elements of {elementType.Size()}");
    }
}
