using System.Globalization;

namespace GrokVerify.Formats.PyTorch;

/// <summary>Writes values and tensors in torch.save's zip format, so that torch.load opens them, with weights_only too.</summary>
internal static class PyTorchWriter
{
    /// <param name="path">The file to make or replace, atomically.</param>
    /// <param name="content">A value that <see cref="PickleWriter"/> writes.</param>
    /// <exception cref="StorageException">The file could not be written.</exception>
    public static void Write(string path, object? content)
    {
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> entries = Entries(content);
        AtomicFile.Write(path, entries.Sum(entry => (long)entry.Content.Length), stream => ZipWriter.Write(stream, entries));
    }

    /// <summary>The files inside the archive.</summary>
    public static IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Entries(object? content)
    {
        (ReadOnlyMemory<byte> pickle, IReadOnlyList<TensorBytes> storages) = PickleWriter.Write(content);
        return
        [
            ("archive/data.pkl", pickle),
            ("archive/byteorder", "little"u8.ToArray()),
            .. storages.Select((storage, index) => (string.Create(CultureInfo.InvariantCulture, $"archive/data/{index}"), storage.Bytes)),
            ("archive/version", "3\n"u8.ToArray()),
        ];
    }
}
