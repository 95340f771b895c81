namespace GrokVerify.Formats.PyTorch;

/// <summary>
/// Reads what torch.save wrote in its zip format (PyTorch 1.6 and later): a pickle, and the tensors' storages beside it.
/// Nothing of the file is executed. On opening, the archive's structure and every CRC-32 are verified and the pickle is read whole;
/// tensors are read when asked for.
/// </summary>
internal sealed class PyTorchFile : IDisposable
{
    public const string PickleName = "data.pkl";
    private const long MostPickleBytes = 256L << 20;
    private const string SaveState = "save the state dict: torch.save(model.state_dict(), FILE)";
    private readonly ByteSource _file;

    private PyTorchFile(ByteSource file)
    {
        _file = file;
        IReadOnlyList<ZipEntry> entries = ZipDirectory.Read(file);
        string root = Root(entries);
        RequireLittleEndian(entries, root);
        string data = root + "data/";
        var storages = entries.Where(entry => entry.Name.StartsWith(data, StringComparison.Ordinal)).ToDictionary(entry => entry.Name[data.Length..]);
        Content = ReadPickle(entries.Single(entry => entry.Name == root + PickleName), storages);
    }

    public string Path => _file.Name;

    /// <summary>Names of other programs' classes and functions that were looked into as data.</summary>
    public IReadOnlyCollection<string> UnknownClasses { get; private set; } = [];

    /// <summary>What was saved: the values of <see cref="PickleContainer"/> and its neighbours.</summary>
    public object? Content { get; }

    /// <exception cref="CheckpointException">The file is absent, damaged, not of this format, or holds more than data.</exception>
    public static PyTorchFile Open(string path) => Open(ByteSource.Open(path));

    /// <param name="file">Taken over: closed with this file, or when it is not one.</param>
    public static PyTorchFile Open(ByteSource file)
    {
        try
        {
            return new PyTorchFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="TensorReader.ReadSingles"/>
    public float[] ReadSingles(TorchTensor tensor) => TensorReader.ReadSingles(_file, tensor);

    /// <summary>A Python number, or a tensor of one element; null for anything else.</summary>
    public double? ReadNumber(object? value) => value switch
    {
        double number => number,
        long number => number,
        TorchTensor tensor => TensorReader.ReadNumber(_file, tensor),
        PickleObject number => NumpyNumbers.Scalar(number),
        _ => null,
    };

    /// <summary>The numbers of a tensor, of an array of NumPy, or of a list; null for anything else, or for more than that many.</summary>
    public double[]? ReadNumbers(object? value, int most) => value switch
    {
        TorchTensor tensor when tensor.Count <= most => [.. ReadSingles(tensor).Select(number => (double)number)],
        PickleObject array => NumpyNumbers.Array(array, most),
        PickleList list when list.ChildCount <= most => AllNumbers(list.Items),
        PickleTuple tuple when tuple.ChildCount <= most => AllNumbers(tuple.Items),
        _ => null,
    };

    public void Dispose() => _file.Dispose();

    private double[]? AllNumbers(IReadOnlyList<object?> items)
    {
        double?[] numbers = [.. items.Select(ReadNumber)];
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    private string Root(IReadOnlyList<ZipEntry> entries)
    {
        string[] roots = [.. entries.Where(entry => entry.Name == PickleName || entry.Name.EndsWith("/" + PickleName, StringComparison.Ordinal))
            .Select(entry => entry.Name[..^PickleName.Length])];
        if (roots.Length != 1)
        {
            throw new CheckpointException(Path, $"is a zip archive with {roots.Length} entries {PickleName}, a file of torch.save has one", SaveState);
        }

        return entries.Any(entry => entry.Name == roots[0] + "constants.pkl" || entry.Name.StartsWith(roots[0] + "code/", StringComparison.Ordinal))
            ? throw new CheckpointException(Path, "is a TorchScript program", "load it with torch.jit.load and " + SaveState)
            : roots[0];
    }

    private void RequireLittleEndian(IReadOnlyList<ZipEntry> entries, string root)
    {
        ReadOnlySpan<byte> little = "little"u8;
        if (entries.FirstOrDefault(entry => entry.Name == root + "byteorder") is not ZipEntry order)
        {
            return;
        }

        Span<byte> name = stackalloc byte[little.Length];
        if (order.Length == name.Length)
        {
            _file.Read(name, order.Begin);
        }

        if (!name.SequenceEqual(little))
        {
            throw new CheckpointException(Path, "was not written by a little-endian machine", "load it with torch on any usual machine and save it again");
        }
    }

    private object? ReadPickle(ZipEntry entry, IReadOnlyDictionary<string, ZipEntry> storages)
    {
        if (entry.Length > MostPickleBytes)
        {
            throw new CheckpointException(Path, $"its pickle has {entry.Length} bytes, more than the {MostPickleBytes} that are read", SaveState);
        }

        byte[] pickle = new byte[entry.Length];
        _file.Read(pickle, entry.Begin);
        try
        {
            var globals = new PickleGlobals(storages);
            object? content = PickleMachine.Run(pickle, globals);
            UnknownClasses = globals.Unknown;
            return content;
        }
        catch (PickleException problem)
        {
            throw new CheckpointException(Path, problem.Message, problem.Remedy, problem);
        }
    }
}
