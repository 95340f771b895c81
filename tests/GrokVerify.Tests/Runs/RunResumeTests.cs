using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunResumeTests : RunFolderTests
{
    private string Resumed => In("resumed");

    /// <summary>A run of 200 epochs to compare with; no test may change it.</summary>
    private string Uninterrupted { get; } = Directory.CreateTempSubdirectory("grokverify-").FullName;

    [OneTimeSetUp]
    public void TrainWithoutInterruption() => Train(Uninterrupted, 200);

    [OneTimeTearDown]
    public void RemoveUninterrupted() => Directory.Delete(Uninterrupted, recursive: true);

    [TestCase(3)]
    [TestCase(100)]
    [TestCase(113)]
    public void A_cancelled_run_resumes_where_it_was_and_ends_as_an_uninterrupted_one(long epoch)
    {
        TrainAndCancelAt(Resumed, epoch);
        var cancelled = TrainingRun.Open(Resumed);
        List<long> stepsFrom = [];

        TrainingRun run = Train(Resumed, 200, new PseudoTraining { BeforeStep = stepsFrom.Add });

        cancelled.Status.Should().Be(RunStatus.Interrupted);
        cancelled.StopReason.Should().Be("cancelled");
        cancelled.CheckpointEpochs[^1].Should().Be(epoch);
        stepsFrom[0].Should().Be(epoch);
        run.Status.Should().Be(RunStatus.Complete);
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [TestCase("truncated")]
    [TestCase("flipped")]
    [TestCase("empty")]
    [TestCase("of another epoch")]
    public void A_damaged_newest_checkpoint_is_skipped_with_a_warning_and_the_one_before_is_resumed_from(string damage)
    {
        TrainAndCancelAt(Resumed, 120);
        string newest = CheckpointFile(Resumed, 120);
        byte[] bytes = File.ReadAllBytes(newest);
        byte[] flipped = [.. bytes];
        flipped[^100] ^= 1;
        File.WriteAllBytes(newest, damage switch
        {
            "truncated" => bytes[..^10],
            "flipped" => flipped,
            "empty" => [],
            _ => File.ReadAllBytes(CheckpointFile(Resumed, 100)),
        });
        List<long> stepsFrom = [];

        TrainingRun run = Train(Resumed, 200, new PseudoTraining { BeforeStep = stepsFrom.Add });

        run.Warnings.Should().ContainSingle().Which.Should().Contain("epoch-00000120.safetensors: skipped");
        stepsFrom[0].Should().Be(100);
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void A_damaged_newest_checkpoint_of_a_complete_run_is_made_again()
    {
        Train(Resumed, 200);
        File.WriteAllBytes(CheckpointFile(Resumed, 200), File.ReadAllBytes(CheckpointFile(Resumed, 200))[..100]);

        TrainingRun run = Train(Resumed, 200);

        run.Warnings.Should().ContainSingle();
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void Without_any_checkpoint_to_resume_from_training_starts_again()
    {
        TrainAndCancelAt(Resumed, 60);
        File.WriteAllBytes(CheckpointFile(Resumed, 40), [1]);
        File.WriteAllBytes(CheckpointFile(Resumed, 60), [1]);

        TrainingRun run = Train(Resumed, 200);

        run.Warnings.Should().HaveCount(3).And.Contain(warning => warning.Contains("starts again from epoch 0"));
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void A_torn_last_row_is_dropped_with_a_warning()
    {
        TrainAndCancelAt(Resumed, 113);
        File.AppendAllText(Path.Combine(Resumed, "metrics.csv"), "115,0.5,0.25");

        TrainingRun opened = TrainingRun.Open(Resumed);
        TrainingRun run = Train(Resumed, 200);

        opened.Rows[^1].Epoch.Should().Be(110);
        opened.Warnings.Should().ContainSingle().Which.Should().Contain("metrics.csv: the last line was not written to its end");
        run.Warnings.Should().ContainSingle();
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void Rows_past_the_checkpoint_are_cut_off()
    {
        TrainAndCancelAt(Resumed, 118);
        File.Delete(CheckpointFile(Resumed, 118));
        string metrics = Path.Combine(Resumed, "metrics.csv");
        File.WriteAllText(metrics, string.Concat(File.ReadLines(metrics).Take(1 + 21).Select(line => line + "\n")) + "105,9,9,0,0,9\n110,9,9,0,0,9\n");
        List<long> stepsFrom = [];

        Train(Resumed, 200, new PseudoTraining { BeforeStep = stepsFrom.Add });

        stepsFrom[0].Should().Be(100);
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void A_checkpoint_whose_rows_are_lost_is_not_resumed_from()
    {
        TrainAndCancelAt(Resumed, 120);
        string metrics = Path.Combine(Resumed, "metrics.csv");
        File.WriteAllLines(metrics, File.ReadLines(metrics).Take(1 + 22).ToList());

        TrainingRun run = Train(Resumed, 200);

        run.Warnings.Should().ContainSingle().Which.Should().Contain("epoch-00000120.safetensors: skipped, metrics.csv lacks rows");
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }

    [Test]
    public void Temporary_files_of_a_dead_process_are_removed_and_files_of_others_are_not()
    {
        TrainAndCancelAt(Resumed, 100);
        string[] temporary = [CheckpointFile(Resumed, 120) + ".0123.grokverify-tmp", Path.Combine(Resumed, "run.json.0123.grokverify-tmp")];
        Array.ForEach(temporary, file => File.WriteAllBytes(file, [1, 2]));
        File.WriteAllText(Path.Combine(Resumed, "notes.tmp"), "mine");

        Train(Resumed, 200);

        temporary.Should().NotContain(file => File.Exists(file));
        File.Exists(Path.Combine(Resumed, "notes.tmp")).Should().BeTrue();
    }

    [Test]
    public void An_error_of_the_engine_leaves_a_failed_run_that_says_why_and_can_be_resumed()
    {
        Action training = () => Train(Resumed, 200, new PseudoTraining
        {
            BeforeStep = epoch =>
            {
                if (epoch == 50)
                {
                    throw new InvalidOperationException("the engine broke");
                }
            },
        });

        training.Should().Throw<InvalidOperationException>();
        var failed = TrainingRun.Open(Resumed);
        failed.Status.Should().Be(RunStatus.Failed);
        failed.StopReason.Should().Be("the engine broke");
        Train(Resumed, 200).Status.Should().Be(RunStatus.Complete);
        ShouldHoldTheSameFiles(Resumed, Uninterrupted);
    }
}
