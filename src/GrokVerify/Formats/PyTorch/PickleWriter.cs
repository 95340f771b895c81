using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace GrokVerify.Formats.PyTorch;

/// <summary>The entries of an OrderedDict to be written, as torch has its state dicts; an ordinary dict is an <see cref="OrderedDictionary{TKey, TValue}"/>.</summary>
internal sealed record NewOrderedDict(IReadOnlyList<KeyValuePair<string, object?>> Entries);

/// <summary>
/// Writes values as a pickle of protocol 2: null, bool, long, double, string, <see cref="List{T}"/> (a list), array (a tuple),
/// <see cref="OrderedDictionary{TKey, TValue}"/> (a dict), <see cref="NewOrderedDict"/>, <see cref="TensorBytes"/>.
/// </summary>
internal sealed class PickleWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<TensorBytes> _storages = [];

    private PickleWriter()
    {
    }

    /// <returns>The pickle, and the tensors whose storages it refers to as "0", "1" and so on.</returns>
    /// <exception cref="ArgumentException">A value has a type that is not written.</exception>
    public static (ReadOnlyMemory<byte> Pickle, IReadOnlyList<TensorBytes> Storages) Write(object? value)
    {
        var writer = new PickleWriter();
        writer.Put(PickleOpcode.Proto, 2);
        writer.Value(value);
        writer.Put(PickleOpcode.Stop);
        return (writer._bytes.WrittenMemory, writer._storages);
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case null:
                Put(PickleOpcode.None);
                break;
            case bool flag:
                Put(flag ? PickleOpcode.NewTrue : PickleOpcode.NewFalse);
                break;
            case long number:
                Number(number);
                break;
            case double number:
                Put(PickleOpcode.BinFloat);
                BinaryPrimitives.WriteDoubleBigEndian(Reserve(sizeof(double)), number);
                break;
            case string text:
                Text(text);
                break;
            case List<object?> list:
                Put(PickleOpcode.EmptyList, PickleOpcode.Mark);
                list.ForEach(Value);
                Put(PickleOpcode.Appends);
                break;
            case object?[] tuple:
                Tuple(tuple);
                break;
            case OrderedDictionary<object, object?> dictionary:
                Put(PickleOpcode.EmptyDict);
                Entries(dictionary);
                break;
            case NewOrderedDict dictionary:
                Global("collections", "OrderedDict");
                Put(PickleOpcode.EmptyTuple, PickleOpcode.Reduce);
                Entries(dictionary.Entries.Select(entry => KeyValuePair.Create((object)entry.Key, entry.Value)));
                break;
            case TensorBytes tensor:
                Tensor(tensor);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not written to a pickle", nameof(value));
        }
    }

    private void Number(long number)
    {
        switch (number)
        {
            case >= 0 and <= byte.MaxValue:
                Put(PickleOpcode.BinInt1, (byte)number);
                break;
            case >= int.MinValue and <= int.MaxValue:
                Put(PickleOpcode.BinInt);
                BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), (int)number);
                break;
            default:
                Put(PickleOpcode.Long1, sizeof(long));
                BinaryPrimitives.WriteInt64LittleEndian(Reserve(sizeof(long)), number);
                break;
        }
    }

    private void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Put(PickleOpcode.BinUnicode);
        BinaryPrimitives.WriteInt32LittleEndian(Reserve(sizeof(int)), utf8.Length);
        Put(utf8);
    }

    private void Tuple(object?[] items)
    {
        Put(PickleOpcode.Mark);
        Array.ForEach(items, Value);
        Put(PickleOpcode.Tuple);
    }

    private void Entries(IEnumerable<KeyValuePair<object, object?>> entries)
    {
        Put(PickleOpcode.Mark);
        foreach ((object key, object? value) in entries)
        {
            Value(key);
            Value(value);
        }

        Put(PickleOpcode.SetItems);
    }

    /// <summary>_rebuild_tensor_v2((storage), offset, shape, strides, requires_grad, backward_hooks).</summary>
    private void Tensor(TensorBytes tensor)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark, PickleOpcode.Mark);
        Text("storage");
        Global("torch", tensor.Type == ElementType.Float32 ? "FloatStorage" : "BoolStorage");
        Text(_storages.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Text("cpu");
        Number(tensor.Bytes.Length / tensor.Type.Size());
        Put(PickleOpcode.Tuple, PickleOpcode.BinPersId);
        _storages.Add(tensor);
        Number(0);
        Tuple([.. tensor.Shape.Select(extent => (object?)(long)extent)]);
        Tuple([.. tensor.Shape.Select((_, dimension) => (object?)tensor.Shape.Skip(dimension + 1).Aggregate(1L, (product, extent) => product * extent))]);
        Put(PickleOpcode.NewFalse);
        Global("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple, PickleOpcode.Reduce, PickleOpcode.Tuple, PickleOpcode.Reduce);
    }

    private void Global(string module, string name)
    {
        Put(PickleOpcode.Global);
        Put(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
    }

    private void Put(params ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    private Span<byte> Reserve(int count)
    {
        Span<byte> span = _bytes.GetSpan(count)[..count];
        _bytes.Advance(count);
        return span;
    }
}
