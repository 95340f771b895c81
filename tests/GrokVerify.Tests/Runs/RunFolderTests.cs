using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>A folder that is removed after each test, and what tests of run folders have in common.</summary>
public abstract class RunFolderTests
{
    internal static readonly string[] WrittenAtOtherTimes = ["run.json", "run.lock"];

    protected string Folder { get; private set; } = "";

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("grokverify-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    internal static TrainingRun Train(string folder, long epochs, PseudoTraining? engine = null) =>
        new RunTrainer().Train(folder, PseudoTraining.Config, PseudoTraining.Schedule with { Epochs = epochs }, engine ?? new PseudoTraining());

    /// <summary>Trains until the step from <paramref name="epoch"/>, and is cancelled there.</summary>
    internal static void TrainAndCancelAt(string folder, long epoch)
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new PseudoTraining
        {
            BeforeStep = at =>
            {
                if (at == epoch - 1)
                {
                    cancellation.Cancel();
                }
            },
        };
        Action training = () => new RunTrainer().Train(folder, PseudoTraining.Config, PseudoTraining.Schedule, engine, null, cancellation.Token);
        training.Should().Throw<OperationCanceledException>();
    }

    /// <summary>Every file of two runs, run.json (times, sessions) apart, has to be the same bytes.</summary>
    internal static void ShouldHoldTheSameFiles(string folder, string expected)
    {
        string[] Names(string root) => [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file)).Except(WrittenAtOtherTimes).Order(StringComparer.Ordinal)];

        Names(folder).Should().Equal(Names(expected));
        foreach (string name in Names(expected))
        {
            File.ReadAllBytes(Path.Combine(folder, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(expected, name)))
                .Should().BeTrue($"{name} has to be the same bytes");
        }
    }

    internal static string CheckpointFile(string folder, long epoch) =>
        Path.Combine(folder, "checkpoints", FormattableString.Invariant($"epoch-{epoch:D8}.safetensors"));

    protected string In(string name) => Path.Combine(Folder, name);
}
