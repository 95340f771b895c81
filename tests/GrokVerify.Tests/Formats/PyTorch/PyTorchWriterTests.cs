using System.Text;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>The bytes of a .pth file. A real PyTorch 1.13 loaded files like these by hand: the same tensors, and an AdamW that goes on from the state.</summary>
[Category("Fast")]
public class PyTorchWriterTests
{
    [Test]
    public void The_pickle_is_made_of_the_instructions_that_torch_itself_writes()
    {
        var content = new OrderedDictionary<object, object?>
        {
            ["model"] = new NewOrderedDict([new("w", TensorBytes.Of([2, 1], [1f, -2f]))]),
            ["steps"] = 300L,
            ["config"] = new OrderedDictionary<object, object?> { ["lr"] = 0.5, ["fn"] = "add", [0L] = null, ["flags"] = new List<object?> { true, false }, ["pair"] = new object?[] { -1L, 1L << 40 } },
        };
        byte[] mark = [(byte)'('];
        byte[] expected =
        [
            0x80, 2, (byte)'}', .. mark,
            .. Text("model"), .. Global("collections", "OrderedDict"), (byte)')', (byte)'R', .. mark,
            .. Text("w"),
            .. Global("torch._utils", "_rebuild_tensor_v2"), .. mark,
            .. Tuple(Text("storage"), Global("torch", "FloatStorage"), Text("0"), Text("cpu"), Number(2)), (byte)'Q',
            .. Number(0), .. Tuple(Number(2), Number(1)), .. Tuple(Number(1), Number(1)), 0x89,
            .. Global("collections", "OrderedDict"), (byte)')', (byte)'R', (byte)'t', (byte)'R',
            (byte)'u',
            .. Text("steps"), (byte)'J', 44, 1, 0, 0,
            .. Text("config"), (byte)'}', .. mark,
            .. Text("lr"), (byte)'G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0,
            .. Text("fn"), .. Text("add"),
            .. Number(0), (byte)'N',
            .. Text("flags"), (byte)']', .. mark, 0x88, 0x89, (byte)'e',
            .. Text("pair"), .. Tuple([(byte)'J', 255, 255, 255, 255], [0x8a, 8, 0, 0, 0, 0, 0, 1, 0, 0]),
            (byte)'u', (byte)'u', (byte)'.',
        ];

        PickleWriter.Write(content).Pickle.ToArray().Should().Equal(expected);
    }

    [Test]
    public void The_archive_has_torchs_entries_each_at_a_multiple_of_64_bytes()
    {
        byte[] archive = Zip([.. PyTorchWriter.Entries(new List<object?> { TensorBytes.Of([3], [1f, 2f, 3f]), TensorBytes.Of([2], [true, false]) })]);

        IReadOnlyList<ZipEntry> entries = ZipDirectory.Read(ByteSource.Of(Name, archive));

        entries.Select(entry => entry.Name).Should().Equal("archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/data/1", "archive/version");
        entries.Should().OnlyContain(entry => entry.Begin % 64 == 0);
        entries.Where(entry => !IsPadded(entry)).Should().BeEmpty("torch fills up with a field FB of its length and so many Z");
        Bytes("archive/byteorder").Should().Equal("little"u8.ToArray());
        Bytes("archive/version").Should().Equal("3\n"u8.ToArray());
        Bytes("archive/data/0").Should().Equal(0, 0, 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40);
        Bytes("archive/data/1").Should().Equal(1, 0);

        bool IsPadded(ZipEntry entry)
        {
            string name = entry.Name;
            ReadOnlySpan<byte> header = archive.AsSpan(0, (int)entry.Begin);
            ReadOnlySpan<byte> extra = header[(header.LastIndexOf(Encoding.ASCII.GetBytes(name)) + name.Length)..];
            return extra[..2].SequenceEqual("FB"u8) && BitConverter.ToUInt16(extra[2..]) == extra.Length - 4 && !extra[4..].ContainsAnyExcept((byte)'Z');
        }

        byte[] Bytes(string name)
        {
            ZipEntry entry = entries.Single(entry => entry.Name == name);
            return archive.AsSpan((int)entry.Begin, (int)entry.Length).ToArray();
        }
    }

    [Test]
    public void The_archive_is_a_zip_file_to_others_with_right_checksums()
    {
        byte[] bytes = Zip([.. PyTorchWriter.Entries(new List<object?> { TensorBytes.Of([1000], new float[1000]) })]);
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(bytes));

        zip.Entries.Should().HaveCount(4);
        foreach (System.IO.Compression.ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            content.Length.Should().Be(entry.Length);
            System.IO.Hashing.Crc32.HashToUInt32(content.ToArray()).Should().Be(entry.Crc32);
        }
    }

    [Test]
    public void A_value_without_a_written_form_is_refused()
    {
        Action write = () => PickleWriter.Write(new List<object?> { 1.5f });

        write.Should().Throw<ArgumentException>().WithMessage("System.Single is not written to a pickle*");
    }
}
