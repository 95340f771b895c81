using System.Diagnostics;
using GrokVerify.Engines;
using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;
using GrokVerify.Runs;
using GrokVerify.Tests.Formats.PyTorch;

namespace GrokVerify.Tests.Networks;

/// <summary>
/// Whatever bytes a file holds, reading it ends soon, with a network or with one clear error of our own, and in memory that the file's
/// size bounds. Real files are mutated, many thousand times.
/// </summary>
[NonParallelizable]
public class FileFuzzTests
{
    private const int MutationsOfEach = 8_000;

    /// <summary>
    /// Allocated in all while reading, not held at once. A value of a pickle takes at most 32 bytes of a list and a box for its one or
    /// two bytes, lists grow by doubling and are copied once when taken (a factor of 3): below 200 for each byte of the file. The rest
    /// is fixed: the network itself and its copies (random p = 5 networks: below 100 kB), the zip reader's buffers, messages.
    /// </summary>
    private const long BytesForEachOfTheFile = 200;
    private const long FixedBytes = 2_000_000;

    /// <summary>A few milliseconds are usual; a machine under load may stall a thread for seconds.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);

    private static readonly string[] Files = ["kinds.pth", "published.pth", "transformerlens.pth", "modules.pth", "twotokens.pth", "demo.pth"];

    [TestCaseSource(nameof(Files))]
    [Category("Fuzz")]
    public void A_mutated_file_of_torch_ends_in_a_network_or_one_clear_error(string file) =>
        Mutate(file, File.ReadAllBytes(TorchFiles.Of(file)), MutationsOfEach);

    [TestCase(true)]
    [TestCase(false)]
    [Category("Fuzz")]
    public void A_mutated_safetensors_file_ends_in_a_network_or_one_clear_error(bool isCheckpoint)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("grokverify-fuzz-").FullName, "a.safetensors");
        var config = new TrainingConfig { Model = new TransformerConfig { Prime = 5, DModel = 4, Heads = 2, DMlp = 8 } };
        var state = TrainingState.Initial(config);
        if (isCheckpoint)
        {
            Checkpoint.Write(path, state, config);
        }
        else
        {
            SafetensorsWriter.Write(
                path,
                [.. state.Weights.Layout.Tensors.Select(tensor => new NamedTensor(tensor.Name, tensor.Shape, state.Weights.Values.AsMemory(tensor.Offset, tensor.Count)))],
                [new("steps", "100"), new("frac_train", "0.3"), new("seed", "1")]);
        }

        byte[] bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Mutate(isCheckpoint ? "checkpoint.safetensors" : "other.safetensors", bytes, MutationsOfEach);
    }

    [Test]
    [Category("Fuzz")]
    [Category("External")]
    public void A_mutation_of_the_published_network_ends_in_a_network_or_one_clear_error()
    {
        string path = Path.Combine(ReferenceData.Folder, "published", "wd_10-1_mod_addition_loss_curve.pth");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);

        Mutate("the published network", File.ReadAllBytes(path), 300);
    }

    private static void Mutate(string name, byte[] original, int mutations)
    {
        int networks = 0;
        long most = 0;
        TimeSpan longest = TimeSpan.Zero;
        var problems = new HashSet<string>();
        var clock = Stopwatch.StartNew();
        for (int seed = 0; seed < mutations; seed++)
        {
            byte[] mutated = Mutation.Of(original, new Random(seed));
            long before = GC.GetAllocatedBytesForCurrentThread();
            TimeSpan start = clock.Elapsed;
            try
            {
                _ = NetworkFile.Read(ByteSource.Of(name, mutated));
                networks++;
            }
            catch (CheckpointException error)
            {
                error.Message.Should().StartWith($"{name}: ").And.Contain("; ").And.NotContain("\n");
                problems.Add(error.Problem);
            }
            catch (Exception other) when (other is not AssertionException)
            {
                Assert.Fail($"mutation {seed} of {name} ({mutated.Length} bytes) ended in {other}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            TimeSpan took = clock.Elapsed - start;
            allocated.Should().BeLessThan(FixedBytes + (BytesForEachOfTheFile * mutated.Length), $"mutation {seed} of {name} has {mutated.Length} bytes");
            took.Should().BeLessThan(LongestRead, $"of mutation {seed} of {name}");
            most = Math.Max(most, allocated);
            longest = took > longest ? took : longest;
        }

        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{name}: {mutations} mutations in {clock.Elapsed.TotalSeconds:0.0} s, {networks} still networks, {problems.Count} different errors, at most {most / 1e6:0.00} MB allocated and {longest.TotalMilliseconds:0} ms"));
        problems.Count.Should().BeGreaterThan(3, "mutations that all end alike test little");
        (networks > 0).Should().Be(name != "kinds.pth", "a reader that refuses everything reads nothing; and {0} holds no network", "kinds.pth");
    }
}
