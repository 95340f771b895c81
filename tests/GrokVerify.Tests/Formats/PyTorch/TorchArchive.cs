using System.Buffers.Binary;
using System.Text;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>Archives as torch.save would have to write them for a pickle of our making, and pickles put together by hand.</summary>
internal static class TorchArchive
{
    public const string Name = "test.pth";

    /// <summary>An archive around the instructions of a pickle, PROTO and STOP apart, and storages "0", "1" and so on.</summary>
    public static byte[] Of(byte[] instructions, params byte[][] storages) => Raw([0x80, 2, .. instructions, (byte)'.'], storages);

    /// <summary>An archive around a whole pickle.</summary>
    public static byte[] Raw(byte[] pickle, params byte[][] storages) => Zip(
    [
        ("archive/data.pkl", pickle),
        .. storages.Select((storage, index) => (FormattableString.Invariant($"archive/data/{index}"), new ReadOnlyMemory<byte>(storage))),
        ("archive/version", "3\n"u8.ToArray()),
    ]);

    public static byte[] Zip(params (string Name, ReadOnlyMemory<byte> Content)[] entries)
    {
        using var stream = new MemoryStream();
        ZipWriter.Write(stream, entries);
        return stream.ToArray();
    }

    /// <summary>Opens an archive and gives what was pickled.</summary>
    public static object? Content(byte[] archive)
    {
        using var file = PyTorchFile.Open(ByteSource.Of(Name, archive));
        return file.Content;
    }

    /// <summary>BINUNICODE.</summary>
    public static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return [(byte)'X', .. length, .. utf8];
    }

    /// <summary>GLOBAL.</summary>
    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.ASCII.GetBytes($"{module}\n{name}\n")];

    /// <summary>BININT1.</summary>
    public static byte[] Number(byte number) => [(byte)'K', number];

    /// <summary>MARK, items, TUPLE.</summary>
    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(item => item), (byte)'t'];

    /// <summary>A tensor of storage "0" as torch.save has it.</summary>
    public static byte[] Tensor(string storageType, byte[] storageCount, byte[] offset, byte[] shape, byte[] strides) =>
    [
        .. Global("torch._utils", "_rebuild_tensor_v2"),
        (byte)'(',
        .. Tuple(Text("storage"), Global("torch", storageType), Text("0"), Text("cpu"), storageCount), (byte)'Q',
        .. offset, .. shape, .. strides, 0x89,
        .. Global("collections", "OrderedDict"), (byte)')', (byte)'R',
        (byte)'t', (byte)'R',
    ];
}
