using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GrokVerify.Formats;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Formats;

[Category("Fast")]
public class SafetensorsTests : RunFolderTests
{
    [Test]
    public void The_bytes_of_a_file_are_those_of_the_format()
    {
        string path = In("tiny.safetensors");
        SafetensorsWriter.Write(
            path,
            [new NamedTensor("w", [2, 1], new[] { 1f, -2f }), new NamedTensor("b", [], new[] { 0.5f })],
            [new("k", "v")]);

        // The header has 134 bytes; 8 + 134 is padded to 144 = 18 * 8, so the header's length is 136 = 0x88 and the data starts 8-aligned.
        byte[] expected =
        [
            0x88, 0, 0, 0, 0, 0, 0, 0,
            .. """{"__metadata__":{"k":"v"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}"""u8,
            (byte)' ', (byte)' ',
            0x00, 0x00, 0x80, 0x3f,
            0x00, 0x00, 0x00, 0xc0,
            0x00, 0x00, 0x00, 0x3f,
        ];
        File.ReadAllBytes(path).Should().Equal(expected);
    }

    [Test]
    public void Every_type_is_read_as_the_numbers_it_holds()
    {
        byte[] data =
        [
            0, 0, 0, 0, 0, 0, 0xf8, 0x3f, // F64 1.5
            0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // I64 -2
            0, 0, 0x20, 0xc0, // F32 -2.5
            0xfd, 0xff, 0xff, 0xff, // I32 -3
            0x00, 0x3e, // F16 1.5
            0x40, 0xc0, // BF16 -3
            0xff, // U8 255
            0x01, // BOOL true
            0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, // U64 2^64 - 2
            0xfe, 0xff, 0xff, 0xff, // U32 2^32 - 2
            0xfd, 0xff, // I16 -3
            0xfd, 0xff, // U16 65533
            0xfd, // I8 -3
            0b1_0111_100, // F8_E4M3 -(1 + 4/8) * 2^(7 - 7)
            0b0_01111_10, // F8_E5M2 (1 + 2/4) * 2^(15 - 15)
            126, // F8_E8M0 2^(126 - 127)
        ];
        string path = Write(
            """{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"l":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},"""
            + """ "f":{"dtype":"F32","shape":[1],"data_offsets":[16,20]},"i":{"dtype":"I32","shape":[1],"data_offsets":[20,24]},"""
            + """ "h":{"dtype":"F16","shape":[1],"data_offsets":[24,26]},"b":{"dtype":"BF16","shape":[1],"data_offsets":[26,28]},"""
            + """ "u":{"dtype":"U8","shape":[1],"data_offsets":[28,29]},"t":{"dtype":"BOOL","shape":[1],"data_offsets":[29,30]},"""
            + """ "L":{"dtype":"U64","shape":[1],"data_offsets":[30,38]},"I":{"dtype":"U32","shape":[1],"data_offsets":[38,42]},"""
            + """ "s":{"dtype":"I16","shape":[1],"data_offsets":[42,44]},"S":{"dtype":"U16","shape":[1],"data_offsets":[44,46]},"""
            + """ "c":{"dtype":"I8","shape":[1],"data_offsets":[46,47]},"4":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[47,48]},"""
            + """ "5":{"dtype":"F8_E5M2","shape":[1],"data_offsets":[48,49]},"8":{"dtype":"F8_E8M0","shape":[1],"data_offsets":[49,50]}}""",
            data);

        using var file = SafetensorsFile.Open(path);

        const string all = "dlfihbutLIsSc458";
        double[] expected = [1.5, -2, -2.5, -3, 1.5, -3, 255, 1, 18446744073709551614, 4294967294, -3, 65533, -3, -1.5, 1.5, 0.5];
        all.Select(name => file.ReadDoubles(name.ToString()).Single()).Should().Equal(expected);
        all.Select(name => file.ReadSingles(name.ToString()).Single()).Should().Equal(expected.Select(value => (float)value));
        file.Metadata.Should().BeEmpty();
    }

    [TestCase("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "is truncated")]
    [TestCase("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "has bytes past its end")]
    [TestCase("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "has 12 bytes")]
    [TestCase("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "a hole or an overlap")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "a hole or an overlap")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "not valid JSON")]
    [TestCase("""{"w":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "a shape that no file can hold")]
    [TestCase("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "numbers from 0 up")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "numbers from 0 up")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets are [4, 0]")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1]}}""", 4, "needs exactly dtype, shape and data_offsets")]
    [TestCase("""{"w":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}""", 4, "has the type F4")]
    [TestCase("""{"__metadata__":{"k":1},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "map from strings to strings")]
    [TestCase("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "not valid JSON")]
    [TestCase("""{"w":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8, "has the type C64")]
    [TestCase("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON")]
    [TestCase("""[1]""", 0, "not a JSON object")]
    public void A_header_that_lies_is_refused(string header, int dataBytes, string problem)
    {
        Action open = () => SafetensorsFile.Open(Write(header, new byte[dataBytes]));

        open.Should().Throw<CheckpointException>().Which.Message.Should().Match($"*bad.safetensors: *{problem}*; *").And.NotContain(".)");
    }

    [Test]
    public void The_8_bit_floats_are_read_over_their_whole_range()
    {
        byte[] bits = [0x00, 0x01, 0x07, 0x08, 0x7e, 0x7f, 0xfe];
        string path = Write("""{"w":{"dtype":"F8_E4M3","shape":[7],"data_offsets":[0,7]}}""", bits);
        using (var file = SafetensorsFile.Open(path))
        {
            // Least subnormal 2^-9, greatest 7 * 2^-9, least normal 2^-6, largest 448, NaN.
            file.ReadDoubles("w").Should().Equal(0, 1.0 / 512, 7.0 / 512, 1.0 / 64, 448, double.NaN, -448);
        }

        path = Write("""{"w":{"dtype":"F8_E8M0","shape":[4],"data_offsets":[0,4]}}""", [0, 127, 254, 255]);
        using (var file = SafetensorsFile.Open(path))
        {
            file.ReadDoubles("w").Should().Equal(Math.Pow(2, -127), 1, Math.Pow(2, 127), double.NaN);
        }
    }

    [TestCase(100_000_001UL)]
    [TestCase(ulong.MaxValue)]
    public void A_header_length_beyond_the_limit_is_refused_before_anything_is_allocated(ulong length)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(In("bad.safetensors"), bytes);

        Action open = () => SafetensorsFile.Open(In("bad.safetensors"));

        open.Should().Throw<CheckpointException>().WithMessage($"*its header would have {length} bytes*");
    }

    [TestCase(0, "is empty, or no regular file")]
    [TestCase(7, "has 7 bytes, too few for a safetensors file")]
    [TestCase(8, "is truncated: the header ends at byte 64, the file at byte 8")]
    [TestCase(100, "is truncated")]
    public void A_file_cut_short_says_where(int length, string problem)
    {
        string path = Write("""{"w":{"dtype":"F32","shape":[20],"data_offsets":[0,80]}}""", new byte[80]);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Action open = () => SafetensorsFile.Open(path);

        open.Should().Throw<CheckpointException>().WithMessage($"*bad.safetensors: {problem}*; *");
    }

    /// <summary>Read a mebibyte at a time: two whole ones and a part, and the first elements of the next tensor in its last.</summary>
    [Test]
    public void Tensors_of_several_mebibytes_are_read_whole()
    {
        float[] large = [.. Enumerable.Range(0, 600_000).Select(i => (float)i)];
        float[] small = [.. Enumerable.Range(0, 300).Select(i => -1f - i)];
        SafetensorsWriter.Write(In("large.safetensors"), [new NamedTensor("large", [600, 1000], large), new NamedTensor("small", [300], small)], []);
        using var file = SafetensorsFile.Open(In("large.safetensors"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        file.AppendDataTo(hash);

        file.ReadSingles("large").AsSpan().SequenceEqual(large).Should().BeTrue();
        file.ReadSingles("small").Should().Equal(small);
        hash.GetHashAndReset().Should().Equal(SHA256.HashData([.. TensorBytes.LittleEndian(large), .. TensorBytes.LittleEndian(small)]));
    }

    [Test]
    public void Values_of_another_number_than_the_shape_has_are_refused()
    {
        Action write = () => TensorBytes.Of([2, 3], new float[5]);

        write.Should().Throw<ArgumentException>().WithMessage("5 values were given for the shape [2, 3]*");
    }

    [Test]
    public void Tensors_without_elements_or_extents_are_read_beside_others()
    {
        string path = Write("""{"none":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},"one":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", [0, 0, 0x80, 0x3f]);
        using var file = SafetensorsFile.Open(path);

        file.ReadSingles("none").Should().BeEmpty();
        file.ReadSingles("one").Should().Equal(1f);
    }

    [TestCase("F64", 8)]
    [TestCase("F16", 2)]
    public void Several_elements_of_another_type_are_read_one_by_one(string type, int size)
    {
        double[] values = [1.5, -2, 0.25];
        byte[] data = [.. values.SelectMany(value => size == 8 ? BitConverter.GetBytes(value) : BitConverter.GetBytes((Half)value))];
        string path = Write($$$"""{"w":{"dtype":"{{{type}}}","shape":[3],"data_offsets":[0,{{{3 * size}}}]}}""", data);
        using var file = SafetensorsFile.Open(path);

        file.ReadSingles("w").Should().Equal(values.Select(value => (float)value));
        file.ReadDoubles("w").Should().Equal(values);
    }

    [Test]
    public void An_absent_file_is_one_clear_error()
    {
        Action open = () => SafetensorsFile.Open(In("absent.safetensors"));

        open.Should().Throw<CheckpointException>().WithMessage("*absent.safetensors: cannot be read: *; check the path*");
    }

    private string Write(string header, byte[] data)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)json.Length);
        File.WriteAllBytes(In("bad.safetensors"), [.. prefix, .. json, .. data]);
        return In("bad.safetensors");
    }
}
