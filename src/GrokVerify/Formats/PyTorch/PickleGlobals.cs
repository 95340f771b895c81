using System.Numerics;

namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// The few globals that a saved state dict, optimiser state and configuration need, and what calling them comes to.
/// Any other name ends reading: a pickle is a program, and here it can do nothing but describe data.
/// </summary>
internal sealed class PickleGlobals(IReadOnlyDictionary<string, ZipEntry> storages)
{
    private const string OrderedDict = "collections.OrderedDict";
    private const string RebuildTensorOld = "torch._utils._rebuild_tensor";
    private const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    private const string RebuildParameter = "torch._utils._rebuild_parameter";
    private const string Size = "torch.Size";
    private const string Device = "torch.device";

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

    private static readonly HashSet<string> Allowed =
    [
        .. StorageTypes.Keys,
        OrderedDict, RebuildTensorOld, RebuildTensor, RebuildParameter, Size, Device,

        // Element types, as configurations name them; nothing is called.
        "torch.float64", "torch.float32", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32", "torch.int16", "torch.int8", "torch.uint8", "torch.bool",
    ];

    /// <exception cref="PickleException">The name is not on the list.</exception>
    public static PickleGlobal Named(string name) => Allowed.Contains(name)
        ? new PickleGlobal(name)
        : throw new PickleException(
            $"its pickle asks for {name}, which is not among the few names that are read (nothing in a file is ever executed)",
            "save only tensors, numbers, strings, lists and dicts: torch.save(model.state_dict(), FILE)");

    /// <summary>What calling a global with some arguments gives.</summary>
    /// <exception cref="PickleException">It is not called like that.</exception>
    public static object Call(object? callee, object? arguments)
    {
        if (callee is not PickleGlobal { Name: string name } || arguments is not PickleTuple { Items: object?[] items })
        {
            throw new PickleException("its pickle calls something that is not a function");
        }

        return (name, items) switch
        {
            (OrderedDict, []) => new PickleDictionary(),
            (RebuildTensorOld, [TorchStorage storage, object offset, PickleTuple shape, PickleTuple strides]) => TorchTensor.Of(storage, offset, shape, strides),
            (RebuildTensor, [TorchStorage storage, object offset, PickleTuple shape, PickleTuple strides, bool, PickleDictionary, ..] and { Length: 6 }) =>
                TorchTensor.Of(storage, offset, shape, strides),
            (RebuildParameter, [TorchTensor tensor, bool, PickleDictionary]) => tensor,
            (Size, [PickleTuple shape]) => shape,
            (Device, [string device, ..] and { Length: 1 or 2 }) => device,
            _ => throw new PickleException($"its pickle calls {name} with {items.Length} arguments that do not fit"),
        };
    }

    /// <summary>The storage that a persistent id names: ("storage", type, key, location, elements).</summary>
    /// <exception cref="PickleException">There is none such, or the archive's has another length.</exception>
    public TorchStorage Storage(object? id)
    {
        if (id is not PickleTuple { Items: ["storage", PickleGlobal type, string key, string, long count, ..] and { Length: 5 or 6 } })
        {
            throw new PickleException("its pickle refers to something that is not a storage");
        }

        if (!StorageTypes.TryGetValue(type.Name, out ElementType elementType))
        {
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
