using System.Text;
using GrokVerify.Formats;
using GrokVerify.Formats.PyTorch;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>Objects of classes that nobody here knows are names with data; nothing is made, nothing is called.</summary>
[Category("Fast")]
public class PickleObjectTests
{
    /// <summary>os.system("true"), the classic, and others that a program would be hurt by.</summary>
    [TestCase("os", "system")]
    [TestCase("builtins", "eval")]
    [TestCase("torch", "_utils._rebuild_tensor_v2.__globals__")]
    [TestCase("subprocess", "Popen")]
    public void A_call_of_whatever_name_is_the_name_and_what_it_was_given(string module, string name)
    {
        object? content = Content(TorchArchive.Of([.. Global(module, name), .. Tuple(Text("true")), (byte)'R']));

        content.Should().BeOfType<PickleObject>().Which.Should().BeEquivalentTo(new { Name = $"{module}.{name}", Arguments = new { Items = new object[] { "true" } } });
    }

    [Test]
    public void Attributes_of_an_object_are_fields_and_so_are_entries_of_a_dict_of_an_unknown_class()
    {
        byte[] attributes = [(byte)'}', .. Text("lr"), .. Number(3), (byte)'s'];
        byte[] made = [.. Global("argparse", "Namespace"), (byte)')', 0x81];

        ((PickleObject)Content(TorchArchive.Of([.. made, .. attributes, (byte)'b']))!).Fields!["lr"].Should().Be(3L);
        ((PickleObject)Content(TorchArchive.Of([.. made, .. attributes, (byte)'N', 0x86, (byte)'b']))!).Fields!["lr"].Should().Be(3L, "a class with slots has a pair of dicts");
        ((PickleObject)Content(TorchArchive.Of([.. made, .. Text("lr"), .. Number(3), (byte)'s']))!).Fields!["lr"].Should().Be(3L);
        ((PickleObject)Content(TorchArchive.Of([.. Global("argparse", "Namespace"), (byte)')', (byte)'}', 0x92, (byte)'N', (byte)'a']))!).Name.Should().Be("argparse.Namespace", "with named arguments, and whatever is appended");
    }

    [Test]
    public void Objects_may_know_each_other_but_lists_may_not()
    {
        byte[] parentAndChild = [.. Global("some", "Module"), (byte)')', 0x81, (byte)'q', 0, (byte)'}', .. Text("self"), (byte)'h', 0, (byte)'s', (byte)'b'];

        PickleObject module = (PickleObject)Content(TorchArchive.Of(parentAndChild))!;

        module.Fields!["self"].Should().BeSameAs(module);
    }

    [Test]
    public void Containers_of_Python_are_the_containers_that_they_are()
    {
        Content(TorchArchive.Of([.. Global("collections", "defaultdict"), .. Tuple(Global("builtins", "int")), (byte)'R', .. Text("a"), .. Number(1), (byte)'s']))
            .Should().BeOfType<PickleDictionary>().Which["a"].Should().Be(1L);
        Content(TorchArchive.Of([.. Global("__builtin__", "set"), .. Tuple([(byte)']', .. Number(4), (byte)'a']), (byte)'R'])).Should().BeOfType<PickleList>().Which.Items.Should().Equal(4L);
    }

    [Test]
    public void An_entry_under_a_key_that_is_no_text_and_no_number_is_kept_and_not_found()
    {
        var dictionary = (PickleDictionary)Content(TorchArchive.Of([(byte)'}', .. Tuple(Number(1), Number(2)), .. Text("pair"), (byte)'s', .. Number(7), .. Text("seven"), (byte)'s']))!;

        dictionary.ChildCount.Should().Be(2);
        dictionary[7L].Should().Be("seven");
        dictionary.All.Should().ContainSingle();
    }

    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void Later_protocols_have_their_own_instructions_for_the_same(byte protocol)
    {
        byte[] shortText = [0x8c, 1, (byte)'a'];
        byte[] longText = [0x8d, 1, 0, 0, 0, 0, 0, 0, 0, (byte)'b'];
        byte[] pickle =
        [
            0x80, protocol, 0x95, 99, 0, 0, 0, 0, 0, 0, 0,
            (byte)']', 0x94, (byte)'(', .. shortText, .. longText, (byte)'C', 2, 1, 2, (byte)'B', 1, 0, 0, 0, 3, 0x8e, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0x96, 1, 0, 0, 0, 0, 0, 0, 0, 5,
            0x8f, (byte)'(', .. Number(6), 0x90, (byte)'(', .. Number(7), 0x91, .. shortText, .. longText, 0x93, (byte)'N', (byte)'e', (byte)'.',
        ];

        IReadOnlyList<object?> items = ((PickleList)Content(Raw(pickle))!).Items;

        items.Take(2).Should().Equal("a", "b");
        items.Skip(2).Take(4).Select(bytes => string.Concat(((PickleBuffer)bytes!).Bytes.ToArray())).Should().Equal("12", "3", "4", "5");
        ((PickleList)items[6]!).Items.Should().Equal(6L);
        ((PickleTuple)items[7]!).Items.Should().Equal(7L);
        items[8].Should().Be(new PickleGlobal("a.b"));
        items[9].Should().BeNull();
    }

    [TestCase("f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xf8, 0x3f }, 1.5)]
    [TestCase("f4", new byte[] { 0, 0, 0xc0, 0x3f }, 1.5)]
    [TestCase("f2", new byte[] { 0, 0x3e }, 1.5)]
    [TestCase("i8", new byte[] { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -2)]
    [TestCase("u2", new byte[] { 1, 1 }, 257)]
    [TestCase("b1", new byte[] { 1 }, 1)]
    public void A_number_of_NumPy_is_a_number(string code, byte[] raw, double expected)
    {
        foreach (byte[] bytes in new[] { [(byte)'C', (byte)raw.Length, .. raw], Latin1(raw) })
        {
            foreach (string core in new[] { "core", "_core" })
            {
                byte[] scalar = [.. Global($"numpy.{core}.multiarray", "scalar"), .. Tuple(Type(code, "<"), bytes), (byte)'R'];
                Numbers(TorchArchive.Of([(byte)']', .. scalar, (byte)'a'])).Should().Equal(expected);
            }
        }

        byte[] big = [.. Global("numpy.core.multiarray", "scalar"), .. Tuple(Type(code, ">"), [(byte)'C', (byte)raw.Length, .. raw.Reverse()]), (byte)'R'];
        Numbers(TorchArchive.Of([(byte)']', .. big, (byte)'a'])).Should().Equal(expected);
    }

    [Test]
    public void An_array_of_NumPy_is_its_numbers()
    {
        byte[] raw = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
        byte[] array =
        [
            .. Global("numpy.core.multiarray", "_reconstruct"), .. Tuple(Global("numpy", "ndarray"), Tuple(Number(0)), [(byte)'C', 1, (byte)'b']), (byte)'R',
            .. Tuple(Number(1), Tuple(Number(3)), Type("i4", "<"), [0x89], [(byte)'C', (byte)raw.Length, .. raw]), (byte)'b',
        ];
        byte[] ofProtocol5 = [.. Global("numpy._core.numeric", "_frombuffer"), .. Tuple([0x96, 12, 0, 0, 0, 0, 0, 0, 0, .. raw], Type("i4", "<"), Tuple(Number(3)), Text("C")), (byte)'R'];

        Numbers(TorchArchive.Of(array)).Should().Equal(1, 2, 3);
        Numbers(TorchArchive.Of(ofProtocol5)).Should().Equal(1, 2, 3);
        Numbers(TorchArchive.Of(array), most: 2).Should().BeNull("more than were asked for");
    }

    private static byte[] Type(string code, string order) =>
    [
        .. Global("numpy", "dtype"), .. Tuple(Text(code), [0x89], [0x88]), (byte)'R', .. Tuple(Number(3), Text(order), [(byte)'N']), (byte)'b',
    ];

    /// <summary>Bytes as protocol 2 has them.</summary>
    private static byte[] Latin1(byte[] raw) => [.. Global("_codecs", "encode"), .. Tuple(Text(Encoding.Latin1.GetString(raw)), Text("latin1")), (byte)'R'];

    private static double[]? Numbers(byte[] archive, int most = 100)
    {
        using var file = PyTorchFile.Open(ByteSource.Of(Name, archive));
        return file.ReadNumbers(file.Content, most);
    }
}
