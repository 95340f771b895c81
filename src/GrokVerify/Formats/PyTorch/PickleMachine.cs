using System.Buffers.Binary;
using System.Numerics;

namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// Reads a pickle of protocols 2 to 5 as Python's pickler writes it, into inert values: what would make an object of a class gives its name, arguments and attributes as data. Instructions that only
/// hand-made pickles have are refused by name.
/// </summary>
/// <remarks>
/// Source: the instructions' descriptions in CPython's pickletools. Razorvine.Pickle 1.5.0 was tried in its place: it takes the memory that a string's length claims before there is a string, so that a file of
/// 8 bytes takes 1.9 GB, and 300 bytes for an empty dict of one byte.
/// </remarks>
internal sealed class PickleMachine
{
    private const int OldestProtocol = 2;
    private const int NewestProtocol = 5;
    private static readonly object[] SmallNumbers = [.. Enumerable.Range(0, 256).Select(number => (object)(long)number)];

    private readonly PickleBytes _bytes;
    private readonly PickleGlobals _globals;
    private readonly PickleStack _stack = new();

    private PickleMachine(ReadOnlyMemory<byte> pickle, PickleGlobals globals)
    {
        _bytes = new PickleBytes(pickle);
        _globals = globals;
    }

    /// <summary>The value that a pickle holds.</summary>
    /// <exception cref="PickleException">It is malformed, or does what is not allowed here.</exception>
    public static object? Run(ReadOnlyMemory<byte> pickle, PickleGlobals globals)
    {
        var machine = new PickleMachine(pickle, globals);
        object? value = machine.Run();
        return PickleGraph.Problem(value) is string problem ? throw new PickleException($"its pickle holds {problem}") : value;
    }

    private object? Run()
    {
        byte first = _bytes.Byte();
        byte version = _bytes.Byte();
        if (first != PickleOpcode.Proto || version is < OldestProtocol or > NewestProtocol)
        {
            throw new PickleException(
                first == PickleOpcode.Proto ? $"its pickle has protocol {version}, those from {OldestProtocol} to {NewestProtocol} are read" : "its pickle does not begin as one",
                "save it again with torch.save and its default pickle_protocol");
        }

        for (byte opcode = _bytes.Byte(); opcode != PickleOpcode.Stop; opcode = _bytes.Byte())
        {
            Step(opcode);
        }

        return _bytes.Remaining == 0 ? _stack.Last() : throw new PickleException("its pickle ends with bytes left over");
    }

    private void Step(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                _stack.Mark();
                break;
            case PickleOpcode.Pop:
                _stack.Pop();
                break;
            case PickleOpcode.PopMark:
                _stack.TakeToMark();
                break;
            case PickleOpcode.BinPut:
                _stack.Put(_bytes.Byte());
                break;
            case PickleOpcode.LongBinPut:
                _stack.Put(_bytes.UInt32());
                break;
            case PickleOpcode.BinGet:
                _stack.Get(_bytes.Byte());
                break;
            case PickleOpcode.LongBinGet:
                _stack.Get(_bytes.UInt32());
                break;
            case PickleOpcode.Append:
                Append(_stack.Take(1));
                break;
            case PickleOpcode.Appends:
                Append(_stack.TakeToMark());
                break;
            case PickleOpcode.SetItem:
                SetItems(_stack.Take(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(_stack.TakeToMark());
                break;
            case PickleOpcode.Build:
                Build(_stack.Pop());
                break;
            case PickleOpcode.Reduce:
                Call(isClass: false);
                break;
            case PickleOpcode.NewObj:
                Call(isClass: true);
                break;
            case PickleOpcode.NewObjEx:
                // Named arguments.
                _stack.Pop();
                Call(isClass: true);
                break;
            case PickleOpcode.AddItems:
                Append(_stack.TakeToMark());
                break;
            case PickleOpcode.Memoize:
                _stack.Remember();
                break;
            case PickleOpcode.Frame:
                _bytes.UInt64();
                break;
            default:
                _stack.Push(Value(opcode));
                break;
        }
    }

    private object? Value(byte opcode) => opcode switch
    {
        PickleOpcode.None => null,
        PickleOpcode.NewTrue => true,
        PickleOpcode.NewFalse => false,
        PickleOpcode.BinInt1 => SmallNumbers[_bytes.Byte()],
        PickleOpcode.BinInt2 => (long)BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Take(2)),
        PickleOpcode.BinInt => (long)BinaryPrimitives.ReadInt32LittleEndian(_bytes.Take(4)),
        PickleOpcode.Long1 => WholeNumber(_bytes.Take(_bytes.Byte())),
        PickleOpcode.BinFloat => BinaryPrimitives.ReadDoubleBigEndian(_bytes.Take(8)),
        PickleOpcode.BinUnicode => _bytes.Text(_bytes.UInt32()),
        PickleOpcode.ShortBinUnicode => _bytes.Text(_bytes.Byte()),
        PickleOpcode.BinUnicode8 => _bytes.Text(_bytes.UInt64()),
        PickleOpcode.ShortBinBytes => _bytes.Buffer(_bytes.Byte()),
        PickleOpcode.BinBytes => _bytes.Buffer(_bytes.UInt32()),
        PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => _bytes.Buffer(_bytes.UInt64()),
        PickleOpcode.EmptySet => new PickleList(),
        PickleOpcode.FrozenSet => new PickleTuple(_stack.TakeToMark()),
        PickleOpcode.StackGlobal => StackGlobal(_stack.Take(2)),
        PickleOpcode.EmptyList => new PickleList(),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.EmptyTuple => PickleTuple.Empty,
        PickleOpcode.Tuple1 => new PickleTuple(_stack.Take(1)),
        PickleOpcode.Tuple2 => new PickleTuple(_stack.Take(2)),
        PickleOpcode.Tuple3 => new PickleTuple(_stack.Take(3)),
        PickleOpcode.Tuple => new PickleTuple(_stack.TakeToMark()),
        PickleOpcode.Global => _globals.Named($"{_bytes.Line()}.{_bytes.Line()}"),
        PickleOpcode.BinPersId => _globals.Storage(_stack.Pop()),
        _ => throw new PickleException(
            $"its pickle has the instruction {PickleOpcode.Name(opcode)}, which torch.save does not write",
            "save only tensors, numbers, strings, lists and dicts: torch.save(model.state_dict(), FILE)"),
    };

    private PickleGlobal StackGlobal(object?[] names) => names is [string module, string name] && PickleBytes.IsName(module) && PickleBytes.IsName(name)
        ? _globals.Named($"{module}.{name}")
        : throw new PickleException("its pickle asks for something without a name");

    private void Call(bool isClass)
    {
        object? arguments = _stack.Pop();
        _stack.Push(PickleGlobals.Call(_stack.Pop(), arguments, isClass));
    }

    private void Build(object? state)
    {
        switch (_stack.Top)
        {
            // An OrderedDict's attributes (a state dict's "_metadata"), or a tensor's: nothing here needs them.
            case PickleDictionary or TorchTensor:
                break;
            case PickleObject target:
                target.State = state;
                break;
            default:
                throw new PickleException("its pickle sets attributes of something that has none");
        }
    }

    /// <summary>A long; a float where 64 bits do not hold it.</summary>
    private static object WholeNumber(ReadOnlySpan<byte> twosComplement)
    {
        if (twosComplement.Length > sizeof(long))
        {
            return (double)new BigInteger(twosComplement);
        }

        long value = 0;
        for (int i = 0; i < twosComplement.Length; i++)
        {
            value |= (long)twosComplement[i] << (8 * i);
        }

        int unused = 8 * (sizeof(long) - twosComplement.Length);
        return unused == 64 ? 0L : value << unused >> unused;
    }

    private void Append(object?[] items)
    {
        switch (_stack.Top)
        {
            case PickleList list:
                list.Add(items);
                break;
            case PickleObject target:
                target.Add(items);
                break;
            default:
                throw new PickleException("its pickle appends to something that is not a list");
        }
    }

    private void SetItems(object?[] items)
    {
        if (_stack.Top is not (PickleDictionary or PickleObject) || items.Length % 2 != 0)
        {
            throw new PickleException("its pickle sets an entry of something that is not a dict");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            (_stack.Top as PickleDictionary)?.Set(items[i], items[i + 1]);
            (_stack.Top as PickleObject)?.Set(items[i], items[i + 1]);
        }
    }
}
