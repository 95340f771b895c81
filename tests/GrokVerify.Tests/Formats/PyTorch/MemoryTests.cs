using GrokVerify.Formats;
using GrokVerify.Networks;
using static GrokVerify.Tests.Formats.PyTorch.TorchArchive;

namespace GrokVerify.Tests.Formats.PyTorch;

/// <summary>Memory stays within a small multiple of the file, also for files made to take much.</summary>
[Category("Fast")]
[NonParallelizable]
public class MemoryTests
{
    private const int Repetitions = 300_000;

    /// <summary>
    /// For an instruction of one byte: a container of at most 32 bytes, 8 bytes of stack, twice that while the stack doubles and once more
    /// over all doublings before: 32 + 8 * 3 = 56, and the same again of the memo or of a list that the values are moved to. The rest are
    /// the file's own bytes and 1 MB that does not depend on the file.
    /// </summary>
    private const double BytesForEachOfTheFile = 110;
    private const double FixedBytes = 1e6;

    private static readonly TestCaseData[] Instructions =
    [
        new TestCaseData((object)new[] { (byte)'N' }).SetArgDisplayNames("None"),
        new TestCaseData((object)new[] { (byte)']' }).SetArgDisplayNames("lists"),
        new TestCaseData((object)new[] { (byte)'}' }).SetArgDisplayNames("dicts"),
        new TestCaseData((object)new[] { (byte)')' }).SetArgDisplayNames("empty tuples"),
        new TestCaseData((object)new[] { (byte)')', (byte)0x85 }).SetArgDisplayNames("tuples of one"),
        new TestCaseData((object)new[] { (byte)'(' }).SetArgDisplayNames("marks"),
        new TestCaseData((object)Number(200)).SetArgDisplayNames("small numbers"),
        new TestCaseData((object)new byte[] { (byte)'M', 1, 1 }).SetArgDisplayNames("numbers"),
        new TestCaseData((object)Text("")).SetArgDisplayNames("empty strings"),
        new TestCaseData((object)Text("a")).SetArgDisplayNames("strings"),
        new TestCaseData((object)Global("torch", "Size")).SetArgDisplayNames("globals"),
        new TestCaseData((object)new[] { (byte)']', (byte)'N', (byte)'a' }).SetArgDisplayNames("lists of one"),
        new TestCaseData((object)new[] { (byte)'C', (byte)0 }).SetArgDisplayNames("empty bytes"),
        new TestCaseData((object)new[] { (byte)0x8f }).SetArgDisplayNames("sets"),
        new TestCaseData((object)(byte[])[.. Global("a", "B"), (byte)')', 0x81]).SetArgDisplayNames("objects"),
        new TestCaseData((object)(byte[])[.. Global("a", "B"), (byte)')', 0x81, (byte)'N', (byte)'a']).SetArgDisplayNames("objects with an item"),
        new TestCaseData((object)new[] { (byte)'}', (byte)'N', (byte)'N', (byte)'s' }).SetArgDisplayNames("dicts of one"),
    ];

    [TestCaseSource(nameof(Instructions))]
    public void A_pickle_of_one_instruction_over_and_over_takes_a_small_multiple_of_the_file(byte[] instruction)
    {
        byte[] archive = TorchArchive.Of([.. Enumerable.Repeat(instruction, Repetitions).SelectMany(bytes => bytes)]);

        long allocated = AllocatedBy(() => Content(archive));

        TestContext.Out.WriteLine($"{(double)allocated / archive.Length:0.0} bytes for each of the file");
        ((double)allocated).Should().BeLessThan(FixedBytes + (BytesForEachOfTheFile * archive.Length));
    }

    /// <summary>Arguments that were remembered once, and calls of them over and over: a few bytes each, that no byte of the file pays for.</summary>
    [Test]
    public void A_pickle_that_makes_tensors_of_remembered_arguments_takes_a_small_multiple_of_the_file()
    {
        byte[] ones = Tuple([.. Enumerable.Repeat(Number(1), 16)]);
        byte[] arguments =
        [
            .. Global("torch._utils", "_rebuild_tensor"), (byte)'q', 0, (byte)'0',
            (byte)'(', .. Tuple(Text("storage"), Global("torch", "FloatStorage"), Text("0"), Text("cpu"), Number(1)), (byte)'Q', .. Number(0), .. ones, .. ones, (byte)'t', (byte)'q', 1, (byte)'0',
        ];
        byte[] call = [(byte)'h', 0, (byte)'h', 1, (byte)'R'];
        byte[] archive = TorchArchive.Of([.. arguments, (byte)']', (byte)'(', .. Enumerable.Repeat(call, Repetitions).SelectMany(bytes => bytes), (byte)'e'], new byte[4]);

        long allocated = AllocatedBy(() => Content(archive));

        ((double)allocated).Should().BeLessThan(FixedBytes + (BytesForEachOfTheFile * archive.Length));
    }

    /// <summary>The same with a class, which takes less in the file than any of its objects in memory.</summary>
    [Test]
    public void A_pickle_that_makes_objects_of_a_remembered_class_takes_a_small_multiple_of_the_file()
    {
        byte[] remembered = [.. Global("a", "B"), (byte)'q', 0, (byte)'0'];
        byte[] archive = TorchArchive.Of([.. remembered, (byte)']', (byte)'(', .. Enumerable.Repeat((byte[])[(byte)'h', 0, (byte)')', 0x81], Repetitions).SelectMany(bytes => bytes), (byte)'e']);

        long allocated = AllocatedBy(() => Content(archive));

        ((double)allocated).Should().BeLessThan(FixedBytes + (BytesForEachOfTheFile * archive.Length));
    }

    [Test]
    [Category("External")]
    public void The_published_network_takes_few_times_its_file()
    {
        string path = Path.Combine(ReferenceData.Folder, "published", "wd_10-1_mod_addition_loss_curve.pth");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);
        NetworkFile? network = null;

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long allocated = AllocatedBy(() => network = NetworkFile.Read(path));
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        long length = new FileInfo(path).Length;
        TestContext.Out.WriteLine(FormattableString.Invariant($"file {length / 1e6:0.0} MB; allocated in all {allocated / 1e6:0.0} MB, held at the end {held / 1e6:0.0} MB"));
        network.Should().NotBeNull();

        // The pickle, 118,582 boxed numbers of 24 bytes with 3 list slots each, and the tensors of weights and moments twice: as stored and in our layout.
        allocated.Should().BeLessThan(5 * length);
        held.Should().BeLessThan(length, "weights and moments are kept, the loss curves are not");
    }

    private static long AllocatedBy(Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (CheckpointException)
        {
            // Most of these are no sensible files; what counts is what it took to find out.
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
