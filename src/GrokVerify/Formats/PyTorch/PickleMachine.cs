using System.Buffers.Binary;
using System.Numerics;

namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// Reads a pickle of protocol 2 as Python's pickler writes it, into inert values. Instructions that make objects of classes, and those
/// that only hand-made pickles have, are refused by name.
/// </summary>
/// <remarks>Source: the instructions' descriptions in CPython's pickletools.</remarks>
internal sealed class PickleMachine
{
    private const int Protocol = 2;
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
        if (first != PickleOpcode.Proto || version != Protocol)
        {
            throw new PickleException(
                first == PickleOpcode.Proto ? $"its pickle has protocol {version}, only {Protocol} is read" : "its pickle does not begin as one",
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
                // An OrderedDict's attributes (a state dict's "_metadata"): nothing here needs them.
                _stack.Pop();
                _ = _stack.Top as PickleDictionary ?? throw new PickleException("its pickle sets attributes of something that is not an OrderedDict");
                break;
            case PickleOpcode.Reduce:
                object? arguments = _stack.Pop();
                _stack.Push(PickleGlobals.Call(_stack.Pop(), arguments));
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
        PickleOpcode.EmptyList => new PickleList(),
        PickleOpcode.EmptyDict => new PickleDictionary(),
        PickleOpcode.EmptyTuple => PickleTuple.Empty,
        PickleOpcode.Tuple1 => new PickleTuple(_stack.Take(1)),
        PickleOpcode.Tuple2 => new PickleTuple(_stack.Take(2)),
        PickleOpcode.Tuple3 => new PickleTuple(_stack.Take(3)),
        PickleOpcode.Tuple => new PickleTuple(_stack.TakeToMark()),
        PickleOpcode.Global => PickleGlobals.Named($"{_bytes.Line()}.{_bytes.Line()}"),
        PickleOpcode.BinPersId => _globals.Storage(_stack.Pop()),
        _ => throw new PickleException(
            $"its pickle has the instruction {PickleOpcode.Name(opcode)}, which torch.save does not write for tensors, numbers, strings, lists and dicts",
            "save only these: torch.save(model.state_dict(), FILE)"),
    };

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
        if (_stack.Top is not PickleList list)
        {
            throw new PickleException("its pickle appends to something that is not a list");
        }

        list.Add(items);
    }

    private void SetItems(object?[] items)
    {
        if (_stack.Top is not PickleDictionary dictionary || items.Length % 2 != 0)
        {
            throw new PickleException("its pickle sets an entry of something that is not a dict");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            if (!dictionary.TrySet(items[i], items[i + 1]))
            {
                throw new PickleException("a dict of its pickle has a key that is neither a string nor a number");
            }
        }
    }
}
