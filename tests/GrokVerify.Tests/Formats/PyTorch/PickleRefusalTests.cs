using GrokVerify.Formats;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>Pickles that ask for more than data, or are none: one error of our own that names the reason.</summary>
[Category("Fast")]
public class PickleRefusalTests
{
    private static readonly byte[] FourFloats = new byte[16];

    private static readonly TestCaseData[] Pickles =
    [
        Case("An_old_instruction", [(byte)'I', (byte)'1', (byte)'\n'], "the instruction 0x49"),
        Case("A_call_of_no_function", [.. Text("print"), (byte)')', (byte)'R'], "calls something that is not a function"),
        Case("A_call_with_wrong_arguments", [.. Global("torch._utils", "_rebuild_tensor_v2"), (byte)')', (byte)'R'], "calls torch._utils._rebuild_tensor_v2 with 0 arguments"),
        Case("A_called_storage_type", [.. Global("torch", "FloatStorage"), .. Tuple(Number(1)), (byte)'R'], "calls torch.FloatStorage with 1 arguments"),
        Case("Attributes_of_a_list", [(byte)']', (byte)'}', (byte)'b'], "sets attributes of something that has none"),
        Case("A_list_in_itself", [(byte)']', (byte)'q', 0, (byte)'h', 0, (byte)'a'], "contains itself"),
        Case("A_dict_in_itself", [(byte)'}', (byte)'q', 0, .. Text("k"), (byte)'h', 0, (byte)'s'], "contains itself"),
        Case("Nesting", [.. Enumerable.Repeat((byte)']', 100), .. Enumerable.Repeat((byte)'a', 99)], "nested more than 64 deep"),
        Case("Two_values", [(byte)'N', (byte)'N'], "values left over"),
        Case("No_value", [], "values left over"),
        Case("A_mark_left", [(byte)'N', (byte)'('], "values left over"),
        Case("A_missing_value", [(byte)'a'], "takes a value that is not there"),
        Case("A_value_below_a_mark", [(byte)']', (byte)'(', (byte)'N', (byte)'a'], "appends to something that is not a list", "takes a value"),
        Case("A_missing_mark", [(byte)'t'], "lacks a mark"),
        Case("An_odd_dict", [(byte)'}', (byte)'(', (byte)'N', (byte)'u'], "sets an entry of something that is not a dict"),
        Case("An_unknown_memo", [(byte)'h', 3], "recalls a value that it never remembered"),
        Case("A_far_memo", [(byte)'N', (byte)'r', 255, 255, 255, 127], "remembers values out of order"),
        Case("Broken_text", [(byte)'X', 2, 0, 0, 0, 0xc3, 0x28], "is not UTF-8"),
        Case("Text_that_is_not_there", [(byte)'X', 255, 255, 255, 255, (byte)'a'], "breaks off"),
        Case("A_name_without_end", [(byte)'c', .. Enumerable.Repeat((byte)'a', 1000)], "something without a name"),
        Case("A_storage_that_is_none", [.. Text("storage"), (byte)'Q'], "something that is not a storage"),
        Case("A_storage_of_objects", Tensor("OrderedDict", Number(4), Number(0), Tuple(Number(4)), Tuple(Number(1))), "storage 0 has the type torch.OrderedDict, which is not a storage of numbers"),
        Case("A_storage_of_a_function", [.. Tuple(Text("storage"), Global("torch", "Size"), Text("0"), Text("cpu"), Number(4)), (byte)'Q'], "not a storage of numbers"),
        Case("A_missing_storage", [.. Tuple(Text("storage"), Global("torch", "FloatStorage"), Text("9"), Text("cpu"), Number(4)), (byte)'Q'], "storage 9 is missing"),
        Case("A_storage_that_claims_more", Tensor("FloatStorage", Number(5), Number(0), Tuple(Number(5)), Tuple(Number(1))), "has 16 bytes, not 5 elements of 4"),
        Case("A_storage_of_a_huge_count", Tensor("FloatStorage", [0x8a, 8, 4, 0, 0, 0, 0, 0, 0, 0x40], Number(0), Tuple(Number(4)), Tuple(Number(1))), "not 4611686018427387908 elements of 4"),
        Case("A_tensor_past_its_storage", Tensor("FloatStorage", Number(4), Number(1), Tuple(Number(4)), Tuple(Number(1))), "reaches past its storage"),
        Case("Strides_past_the_storage", Tensor("FloatStorage", Number(4), Number(0), Tuple(Number(2), Number(2)), Tuple(Number(3), Number(1))), "reaches past its storage"),
        Case("An_expanded_tensor", Tensor("FloatStorage", Number(4), Number(0), Tuple([(byte)'J', 0, 0, 0, 64], Number(4)), Tuple(Number(0), Number(1))), "has more elements than its storage"),
        Case("A_negative_stride", Tensor("FloatStorage", Number(4), Number(3), Tuple(Number(4)), Tuple([(byte)'J', 255, 255, 255, 255])), "an offset, shape or strides that are none"),
        Case("Strides_of_another_rank", Tensor("FloatStorage", Number(4), Number(0), Tuple(Number(4)), Tuple()), "an offset, shape or strides that are none"),
    ];

    [TestCaseSource(nameof(Pickles))]
    public void Is_refused(byte[] instructions, string[] problems)
    {
        Action open = () => Content(TorchArchive.Of(instructions, FourFloats));

        string message = open.Should().Throw<CheckpointException>().Which.Message;
        message.Should().StartWith($"{Name}: ").And.Contain("; ").And.NotContain("\n");
        problems.Should().Contain(problem => message.Contains(problem, StringComparison.Ordinal), message);
    }

    [TestCase(new byte[] { 0x80, 6, (byte)'N', (byte)'.' }, "has protocol 6, those from 2 to 5 are read")]
    [TestCase(new byte[] { 0x80, 1, (byte)'N', (byte)'.' }, "has protocol 1, those from 2 to 5 are read")]
    [TestCase(new byte[] { 0x80, 5, 0x97, (byte)'.' }, "NEXT_BUFFER (bytes that are not in the file)")]
    [TestCase(new byte[] { 0x80, 4, (byte)'K', 1, (byte)'K', 2, 0x93, (byte)'.' }, "something without a name")]
    [TestCase(new byte[] { (byte)'N', (byte)'.' }, "does not begin as one")]
    [TestCase(new byte[] { 0x80, 2, (byte)'N' }, "breaks off")]
    [TestCase(new byte[] { 0x80, 2, (byte)'N', (byte)'.', (byte)'N' }, "bytes left over")]
    [TestCase(new byte[] { }, "breaks off")]
    public void A_pickle_of_another_form_is_refused(byte[] pickle, string problem)
    {
        Action open = () => Content(Raw(pickle));

        open.Should().Throw<CheckpointException>().WithMessage($"*{problem}*");
    }

    [Test]
    public void Shared_containers_without_a_cycle_are_read_however_often_they_are_shared()
    {
        // Forty lists, each holding the one before twice: 2^40 leaves if anything walked them one by one.
        byte[] nested = [(byte)']', .. Enumerable.Range(0, 40).SelectMany(i => new byte[]
        {
            (byte)'q', (byte)i, (byte)'0', (byte)']', (byte)'(', (byte)'h', (byte)i, (byte)'h', (byte)i, (byte)'e',
        })];

        Content(TorchArchive.Of(nested)).Should().BeOfType<GrokVerify.Formats.PyTorch.PickleList>().Which.Items.Should().HaveCount(2);
    }

    [TestCase((byte)'N', 5_100_000, "more than 5000000 values")]
    [TestCase((byte)']', 1_100_000, "more than 1000000 lists, tuples and dicts")]
    [TestCase((byte)'(', 1_100_000, "more than 1000000 marks")]
    public void Huge_numbers_of_values_are_refused(byte instruction, int count, string problem)
    {
        byte[] instructions = new byte[count];
        instructions.AsSpan().Fill(instruction);
        Action open = () => Content(TorchArchive.Of(instructions));

        open.Should().Throw<CheckpointException>().WithMessage($"*{problem}*");
    }

    private static TestCaseData Case(string name, byte[] instructions, params string[] problems) =>
        new TestCaseData(instructions, problems).SetName($"Is_refused({name})");
}
