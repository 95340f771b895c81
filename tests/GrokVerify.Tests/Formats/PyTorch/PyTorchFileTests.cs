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
