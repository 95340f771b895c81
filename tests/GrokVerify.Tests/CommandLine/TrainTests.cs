using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
[NonParallelizable]
public class TrainTests : CommandLineTests
{
    [Test]
    public void Leaves_a_run_in_the_store_of_the_environment()
    {
        TrainingRun run = Train(60);

        Path.GetDirectoryName(run.Folder).Should().Be(Store);
        run.Status.Should().Be(RunStatus.Complete);
        run.Rows.Select(row => row.Epoch).Should().Equal(0, 10, 20, 30, 40, 50, 60);
        run.CheckpointEpochs.Should().Equal(0, 50, 60);
        run.Identity.Engine.Should().Be("exact");
        run.Provenance.Threads.Should().Be(Environment.ProcessorCount);
    }

    [Test]
    public void Leaves_a_run_in_the_folder_that_is_given() =>
        Path.GetDirectoryName(Train(0, "--out", In("other")).Folder).Should().Be(In("other"));

    [Test]
    public void Hands_every_option_to_the_run()
    {
        TrainingRun run = Train(
            10, "--weight-decay", "0.5", "--seed", "-3", "--loss", "float64", "--labels", "shuffled", "--engine", "torch", "--threads", "1", "--until-grokked",
            "--initial-scale", "0.8", "--constant-norm", "--lr", "0.002", "--beta1", "0.8", "--beta2", "0.99", "--eps", "1e-9", "--warm-up", "3",
            "--wrong-labels", "0.25", "--keep-zeros", "--grokfast", "0.9,1.5", "--swapped-pairs");

        run.Config.Should().Be(new TrainingConfig
        {
            Model = new TransformerConfig { Prime = 7, DModel = 16, Heads = 2, DMlp = 32 },
            TrainFraction = 0.6,
            WeightDecay = 0.5,
            Seed = -3,
            LossForm = LossForm.Float64,
            LabelRule = LabelRule.Shuffled,
            InitialScale = 0.8,
            ConstantNorm = true,
            LearningRate = 0.002,
            Beta1 = 0.8,
            Beta2 = 0.99,
            Epsilon = 1e-9,
            WarmUpSteps = 3,
            WrongLabels = 0.25,
            SwappedPairs = true,
            KeepZeros = true,
            Grokfast = new() { Alpha = 0.9, Lambda = 1.5 },
        });
        run.Schedule.UntilGrokked.Should().BeTrue();
        run.Identity.Engine.Should().Be("torch-cpu-float32");
        run.Identity.Libraries["torch threads"].Should().Be("1");
    }

    [Test]
    public void Goes_on_with_a_run_that_is_to_go_further_and_reuses_one_that_is_there()
    {
        Train(50);
        TrainingRun longer = Train(100);
        TrainingRun reused = Train(100);

        longer.Sessions.Select(session => session.FromEpoch).Should().Equal(0, 50);
        reused.Sessions.Should().HaveCount(2);
        reused.Folder.Should().Be(longer.Folder);
    }

    /// <summary>It may lie where nobody can write, or where another process looks at it: neither a lock nor a probe is needed.</summary>
    [Test]
    public void A_finished_run_is_reused_without_writing()
    {
        TrainingRun run = Train(50);
        DateTime[] Times() => [.. Directory.EnumerateFileSystemEntries(Store, "*", SearchOption.AllDirectories).Append(Store).Select(Directory.GetLastWriteTimeUtc)];
        DateTime[] before = Times();
        using var held = RunLock.TryTake(run.Folder);

        Train(50).Folder.Should().Be(run.Folder);

        held.Should().NotBeNull();
        Times().Should().Equal(before);
    }

    [Test]
    public void Who_gives_up_waiting_for_another_process_is_told_that_it_goes_on()
    {
        TrainingRun run = Train(50);
        string manifest = Path.Combine(run.Folder, "run.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"status\": \"complete\"", "\"status\": \"running\"", StringComparison.Ordinal));
        using var held = RunLock.TryTake(run.Folder);

        CommandLineResult result = Run(new CancellationToken(canceled: true), ["train", .. TinyNetwork, "--epochs", "100"]);

        result.Should().BeEquivalentTo(new { ExitCode = 130, Error = $"interrupted while another process trains this run, which goes on; repeat the command to wait for it (run: {run.Folder}){Environment.NewLine}" });
    }

    [Test]
    public void Tells_the_losses_in_plain_lines_where_there_is_no_terminal()
    {
        CommandLineResult result = Run(["train", .. TinyNetwork, "--epochs", "20"]);

        string[] lines = result.Output.TrimEnd('\n').Split('\n');
        lines[0].Should().Be("p = 7, fraction 0.6, weight decay 1, seed 0, exact: 20 epochs");
        lines[1].Should().MatchRegex(@"^epoch 0  loss train \d\.\d+ test \d\.\d+  accuracy [01]\.\d{3}$");
        lines[2].Should().MatchRegex(@"^epoch 20  loss train \d\.\d+ test \d\.\d+  accuracy [01]\.\d{3}  \d+(\.\d)?/s  0:00 left(  memorizing)?$");
        lines[3].Should().StartWith("trained: epoch 20, train loss ");
        lines[4].Should().StartWith("run: ");
        lines.Should().HaveCount(5);
        result.Output.Should().NotContain("\u001b");
    }

    /// <summary>At an epoch without a checkpoint, let alone moments: it is trained again up to there.</summary>
    [Test]
    public void Branches_off_from_a_run_at_any_of_its_epochs()
    {
        TrainingRun run = Train(100);

        CommandLineResult result = Run(
            "train", "--from", run.Folder, "--at", "30", "--weight-decay", "0", "--frequencies", "3,2", "--frequency-decay", "0.5",
            "--epochs", "100", "--log-every", "10", "--checkpoint-every", "50", "--out", In("branches"));

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        TrainingRun branch = new RunStore(In("branches")).List().Single();
        branch.Config.Should().Be(run.Config with { WeightDecay = 0, FrequencyDecay = new() { Frequencies = [2, 3], WeightDecay = 0.5 } });
        branch.Rows[0].Should().Be(run.Rows.Single(row => row.Epoch == 30));
        branch.Rows[^1].SumSquaredWeights.Should().BeGreaterThan(run.Rows[^1].SumSquaredWeights);
    }

    [Test]
    public void An_epoch_that_a_run_does_not_have_is_refused()
    {
        TrainingRun run = Train(0);

        CommandLineResult result = Run("train", "--from", run.Folder, "--at", "5", "--epochs", "9");

        result.ExitCode.Should().Be(2);
        result.Error.Should().Contain($"--at 5: {run.Folder} goes from epoch 0 to 0; give one of these");
    }

    [Test]
    public void A_student_is_trained_on_what_a_run_says()
    {
        TrainingRun teacher = Train(50);

        CommandLineResult result = Run(["train", .. TinyNetwork, "--loss", "float64", "--teacher", teacher.Folder, "--epochs", "20", "--out", In("students")]);

        result.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        TrainingRun student = new RunStore(In("students")).List().Single();
        student.Config.Should().Be(teacher.Config with { LossForm = LossForm.Float64, Teacher = Teacher.Of(teacher.ReadCheckpoint(50).Weights) });
        student.Rows[0].TestLoss.Should().NotBe(student.Rows[^1].TestLoss);
    }

    [TestCase("--loss float32", "the loss against a teacher is computed in float64: give that form of the loss")]
    [TestCase("--loss float64 --p 11", "a teacher of p = 7 and 1 layers does not fit: give one of p = 11 and one layer, to a student of one")]
    public void A_teacher_that_does_not_fit_is_refused_in_one_line(string options, string message)
    {
        TrainingRun teacher = Train(0);
        string[] given = options.Split(' ');
        string[] others = given.Contains("--p") ? [.. TinyNetwork.SkipWhile(word => word != "--p").Skip(2), .. TinyNetwork.TakeWhile(word => word != "--p")] : TinyNetwork;

        CommandLineResult result = Run(["train", .. others, .. given, "--teacher", teacher.Folder, "--epochs", "20"]);

        result.Should().BeEquivalentTo(new { ExitCode = 2, Error = $"{message}{Environment.NewLine}" });
    }
}
