using System.Runtime.InteropServices;

namespace GrokVerify.Formats.PyTorch;

/// <summary>The stack of a pickle machine, its marks and its memo; bounded in what it takes.</summary>
internal sealed class PickleStack
{
    private const int MostValues = 5_000_000;
    private const int MostContainers = 1_000_000;
    private const int MostMarks = 1_000_000;

    // Far more than one network has; a tensor made of remembered arguments takes five bytes of a file and hundreds of memory.
    private const int MostTensors = 20_000;
    private const string TooMuch = "save the network's state dict alone";
    private const string Missing = "its pickle takes a value that is not there";

    private readonly List<object?> _values = [];
    private readonly List<int> _marks = [];
    private readonly List<object?> _memo = [];
    private int _pushed;
    private int _containers;
    private int _tensors;

    /// <summary>The topmost value, above the last mark.</summary>
    public object? Top => _values.Count > Floor ? _values[^1] : throw new PickleException(Missing);

    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    /// <summary>Pushes a new value.</summary>
    public void Push(object? value)
    {
        if (value is PickleContainer && ++_containers > MostContainers)
        {
            throw new PickleException($"its pickle holds more than {MostContainers} lists, tuples and dicts", TooMuch);
        }

        if (value is TorchTensor && ++_tensors > MostTensors)
        {
            throw new PickleException($"its pickle holds more than {MostTensors} tensors", TooMuch);
        }

        Add(value);
    }

    public object? Pop() => Take(1)[0];

    /// <summary>The topmost values, lowest first.</summary>
    public object?[] Take(int count)
    {
        int first = _values.Count - count;
        if (first < Floor)
        {
            throw new PickleException(Missing);
        }

        object?[] taken = CollectionsMarshal.AsSpan(_values)[first..].ToArray();
        _values.RemoveRange(first, count);
        return taken;
    }

    public void Mark()
    {
        if (_marks.Count == MostMarks)
        {
            throw new PickleException($"its pickle sets more than {MostMarks} marks");
        }

        _marks.Add(_values.Count);
    }

    /// <summary>All values above the last mark, which goes with them.</summary>
    public object?[] TakeToMark()
    {
        if (_marks.Count == 0)
        {
            throw new PickleException("its pickle lacks a mark");
        }

        object?[] taken = Take(_values.Count - _marks[^1]);
        _marks.RemoveAt(_marks.Count - 1);
        return taken;
    }

    /// <summary>The one value that is left at the end.</summary>
    public object? Last() => _values.Count == 1 && _marks.Count == 0 ? _values[0] : throw new PickleException("its pickle ends with values left over");

    /// <summary>Remembers the topmost value.</summary>
    public void Put(long index)
    {
        // The pickler numbers what it remembers from 0 up; so the memo cannot be larger than the pickle.
        if (index > _memo.Count)
        {
            throw new PickleException("its pickle remembers values out of order");
        }

        if (index == _memo.Count)
        {
            _memo.Add(null);
        }

        _memo[(int)index] = Top;
    }

    /// <summary>Remembers the topmost value under the next number.</summary>
    public void Remember() => Put(_memo.Count);

    /// <summary>Pushes what was remembered.</summary>
    public void Get(long index) => Add(index < _memo.Count ? _memo[(int)index] : throw new PickleException("its pickle recalls a value that it never remembered"));

    private void Add(object? value)
    {
        if (++_pushed > MostValues)
        {
            throw new PickleException($"its pickle holds more than {MostValues} values", TooMuch);
        }

        _values.Add(value);
    }
}
