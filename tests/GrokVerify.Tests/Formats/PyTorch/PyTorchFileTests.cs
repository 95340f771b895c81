using System.Runtime.InteropServices;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using GrokVerify.Tests.Networks;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>A file of a real PyTorch, with every kind of element and every kind of value that is read.</summary>
[Category("Fast")]
public class PyTorchFileTests
{
    private PyTorchFile _file = null!;

    private PickleDictionary Content => (PickleDictionary)_file.Content!;

    [OneTimeSetUp]
    public void Open() => _file = PyTorchFile.Open(TorchFiles.Of("kinds.pth"));

    [OneTimeTearDown]
    public void Close() => _file.Dispose();

    [TestCase("double", 1.5f, float.NegativeInfinity)]
    [TestCase("float", 1.5f, -2.25f)]
    [TestCase("half", 1.5f, 65504f)]
    [TestCase("bfloat16", 1.5f, -3f)]
    [TestCase("long", 1099511627776f, -1f)]
    [TestCase("int", -70000f)]
    [TestCase("short", -300f)]
    [TestCase("char", -3f)]
    [TestCase("byte", 200f)]
    [TestCase("bool", 1f, 0f)]
    [TestCase("single", 2.5f)]
    [TestCase("empty")]
    [TestCase("parameter", 7f)]
    public void A_tensor_of_any_type_is_read_as_the_numbers_it_holds(string name, params float[] expected) =>
        _file.ReadSingles(Tensor(name)).Should().Equal(expected);

    [Test]
    public void A_tensor_of_one_element_keeps_its_precision_as_a_number()
    {
        _file.ReadNumber(Content["single"]).Should().Be(2.5);
        _file.ReadNumber(Content["int"]).Should().Be(-70000);
        _file.ReadNumber(Content["double"]).Should().BeNull("it has two elements");
    }

    /// <summary>One of a list of recorded losses that share a storage.</summary>
    [Test]
    public void A_tensor_of_one_element_is_read_where_it_lies_in_its_storage()
    {
        byte[] archive = TorchArchive.Of(
            TorchArchive.Tensor("DoubleStorage", TorchArchive.Number(4), TorchArchive.Number(2), TorchArchive.Tuple(), TorchArchive.Tuple()), MemoryMarshal.AsBytes<double>([0.5, 1.5, 2.5, 3.5]).ToArray());
        using var file = PyTorchFile.Open(ByteSource.Of("losses.pth", archive));

        file.ReadNumber(file.Content).Should().Be(2.5);
    }

    [TestCase("table", "3, 4", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]
    [TestCase("transposed", "4, 3", 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11)]
    [TestCase("every_other", "3, 2", 1, 3, 5, 7, 9, 11)]
    [TestCase("last_row", "4", 8, 9, 10, 11)]
    public void Views_of_one_storage_are_read_in_their_own_order(string name, string shape, params int[] expected)
    {
        Tensor(name).Storage.Entry.Should().Be(Tensor("table").Storage.Entry);
        string.Join(", ", Tensor(name).Shape).Should().Be(shape);
        _file.ReadSingles(Tensor(name)).Should().Equal(expected.Select(value => (float)value));
    }

    /// <summary>Read 256 KiB at a time: here one whole part and a rest, of a tensor that begins past the first element of its storage.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Tensors_of_several_parts_are_read_whole(bool transposed)
    {
        const int rows = 200;
        const int columns = 250;
        double[] stored = [.. Enumerable.Range(0, 1 + (rows * columns)).Select(i => (double)i)];
        byte[] Size(int value) => [(byte)'J', .. BitConverter.GetBytes(value)];
        byte[] shape = transposed ? TorchArchive.Tuple(Size(columns), Size(rows)) : TorchArchive.Tuple(Size(rows), Size(columns));
        byte[] strides = transposed ? TorchArchive.Tuple(Size(1), Size(columns)) : TorchArchive.Tuple(Size(columns), Size(1));
        byte[] archive = TorchArchive.Of(TorchArchive.Tensor("DoubleStorage", Size(stored.Length), Size(1), shape, strides), MemoryMarshal.AsBytes<double>(stored).ToArray());
        using var file = PyTorchFile.Open(ByteSource.Of("large.pth", archive));

        float[] read = file.ReadSingles((TorchTensor)file.Content!);

        int At(int i) => transposed ? 1 + (i % rows * columns) + (i / rows) : 1 + i;
        read.AsSpan().SequenceEqual([.. Enumerable.Range(0, rows * columns).Select(i => (float)stored[At(i)])]).Should().BeTrue();
    }

    [TestCase(new byte[] { 0x8a, 0 }, 0L)]
    [TestCase(new byte[] { 0x8a, 1, 0xff }, -1L)]
    [TestCase(new byte[] { 0x8a, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f }, long.MaxValue)]
    [TestCase(new byte[] { 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 18446744073709551616.0)]
    public void Whole_numbers_of_any_length_are_read(byte[] instructions, object expected) => TorchArchive.Content(TorchArchive.Of(instructions)).Should().Be(expected);

    /// <summary>7, a mark, 1, POP_MARK.</summary>
    [Test]
    public void What_is_discarded_up_to_a_mark_is_gone() =>
        TorchArchive.Content(TorchArchive.Of([.. TorchArchive.Number(7), (byte)'(', .. TorchArchive.Number(1), (byte)'1'])).Should().Be(7L);

    [Test]
    public void Python_values_are_read_as_what_they_are()
    {
        IReadOnlyList<object?> list = ((PickleList)Content["list"]!).Items;

        list.Take(11).Should().Equal(1L, -2L, 300L, 70000L, 1L << 40, -(1L << 40), 0.1, true, false, null, "π = 3");
        ((PickleTuple)list[11]!).Items.Should().BeEmpty();
        ((PickleTuple)list[12]!).Items.Should().Equal(1L);
        ((PickleList)list[13]!).Items.Should().BeEmpty();
        ((PickleDictionary)list[14]!).ChildCount.Should().Be(0);
        ((PickleTuple)Content["size"]!).Items.Should().Equal(3L, 4L);
        Content["dtype"].Should().Be(new PickleGlobal("torch.float32"));
        Content["device"].Should().Be("cpu");
        Content[7L].Should().Be("a number as key");
        Content["absent"].Should().BeNull();
    }

    private TorchTensor Tensor(string name) => (TorchTensor)Content[name]!;
}
