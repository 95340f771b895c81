using System.Text.Json.Nodes;
using GrokVerify.Formats;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>What was changed or lost in a run is said, and made again where training comes by: it ends in the same bits.</summary>
[Category("Fast")]
public class TamperedRunTests : RunFolderTests
{
    private string Metrics => In("run/metrics.csv");

    private byte[] Sound { get; set; } = [];

    [SetUp]
    public void TrainWhole()
    {
        Train(In("sound"), 200);
        Train(In("run"), 200);
        Sound = File.ReadAllBytes(Metrics);
    }

    [TestCase("changed", "is not as it was written: its first 41 rows do not have the SHA-256 that run.json states")]
    [TestCase("deleted", "is not as it was written")]
    [TestCase("last deleted", "is not as it was written")]
    [TestCase("file deleted", "is not as it was written")]
    [TestCase("appended", "ends at epoch 205, and not at 200 as run.json states")]
    public void A_row_that_was_tampered_with_is_one_clear_error_and_trained_again(string how, string problem)
    {
        Spoil(how);

        FluentActions.Invoking(() => TrainingRun.Open(In("run"))).Should().Throw<RunFormatException>()
            .Which.Message.Should().StartWith($"{Metrics}: {problem}").And.EndWith("; repeat the training, which makes it again, or restore it from a copy").And.NotContain("\n");
        TrainingRun run = Train(In("run"), 200);
        run.Warnings[0].Should().StartWith($"{Metrics}: {problem}");
        ShouldHoldTheSameFiles(In("run"), In("sound"));
        TrainingRun.Open(In("run")).Rows.Should().HaveCount(41);
    }

    /// <summary>Whatever of an interrupted run is gone on from: the newest checkpoint whose rows are as they were written.</summary>
    [TestCase(110, 100)]
    [TestCase(90, 0, Description = "older checkpoints have no moments")]
    public void A_changed_row_of_a_killed_run_is_not_gone_on_from(long changed, long from)
    {
        TrainAndCancelAt(In("killed"), 120);
        Edit(In("killed/run.json"), json =>
        {
            json["status"] = "running";
            json["stop_reason"] = null;
        });
        ChangeRow(In("killed/metrics.csv"), changed);
        List<long> stepsFrom = [];

        TrainingRun run = Train(In("killed"), 200, new PseudoTraining { BeforeStep = stepsFrom.Add });

        stepsFrom[0].Should().Be(from);
        run.Warnings.Should().Contain(warning => warning.Contains("epoch-00000120.safetensors: skipped, metrics.csv is not as it was written before it"));
        ShouldHoldTheSameFiles(In("killed"), In("sound"));
    }

    [Test]
    public void A_run_that_was_stored_without_the_hash_is_read_as_before_and_gets_one_when_it_goes_on()
    {
        Edit(In("run/run.json"), json => json.Remove("saved"));

        TrainingRun.Open(In("run")).Rows.Should().HaveCount(41);
        Train(In("run"), 220);

        RunManifest.Read(In("run")).Saved!.Select(point => (point.Epoch, point.Rows)).Should().Equal((200, 41), (220, 45));
    }

    [Test]
    public void What_lacks_rows_is_noticed_without_the_hash_too()
    {
        Edit(In("run/run.json"), json => json.Remove("saved"));
        Spoil("last deleted");

        FluentActions.Invoking(() => TrainingRun.Open(In("run"))).Should().Throw<RunFormatException>().WithMessage("*metrics.csv: ends at epoch 195, and not at 200 as run.json states; *");
    }

    [TestCase("missing", 200)]
    [TestCase("missing", 180)]
    [TestCase("missing", 0)]
    [TestCase("flipped", 40)]
    [TestCase("of another epoch", 100)]
    public void A_checkpoint_that_is_lost_is_told_and_made_again_to_the_bit(string how, long epoch)
    {
        Lose(how, epoch);

        TrainingRun run = Train(In("run"), 200);

        run.Warnings.Should().ContainSingle().Which.Should().StartWith(CheckpointFile(In("run"), epoch)).And.NotContain("\n");
        if (epoch < 200)
        {
            run.Warnings[0].Should().EndWith(FormattableString.Invariant($"; trained again up to epoch {epoch}"));
        }

        ShouldHoldTheSameFiles(In("run"), In("sound"));
        Train(In("run"), 200).Warnings.Should().BeEmpty("nothing is wrong any more");
    }

    [Test]
    public void A_checkpoint_that_is_lost_in_an_interrupted_run_is_made_again_when_it_goes_on()
    {
        TrainAndCancelAt(In("resumed"), 150);
        File.Delete(CheckpointFile(In("resumed"), 40));
        File.Delete(CheckpointFile(In("resumed"), 60));

        Train(In("resumed"), 200).Warnings.Should().ContainSingle().Which.Should().Be($"{CheckpointFile(In("resumed"), 40)}: is missing, and so are 1 more; trained again up to epoch 60");

        ShouldHoldTheSameFiles(In("resumed"), In("sound"));
    }

    [Test]
    public void A_run_that_does_not_come_again_is_left_alone()
    {
        Lose("missing", 40);
        Edit(In("run/run.json"), json => json.Remove("saved"));
        ChangeRow(Metrics, 40);

        FluentActions.Invoking(() => Train(In("run"), 200)).Should().Throw<RunFormatException>().WithMessage("*run: does not come again: at epoch 40 the weights are others; delete the run folder and train again");

        File.Exists(CheckpointFile(In("run"), 40)).Should().BeFalse();
    }

    [Test]
    public void Without_any_checkpoint_training_starts_again_and_says_so()
    {
        Directory.Delete(In("run/checkpoints"), recursive: true);

        Train(In("run"), 200).Warnings.Should().ContainSingle().Which.Should().EndWith("run: no checkpoint can be resumed from; training starts again from epoch 0");

        ShouldHoldTheSameFiles(In("run"), In("sound"));
    }

    [Test]
    public void A_folder_in_the_place_of_the_last_checkpoint_is_told_by_name_until_it_is_moved_away()
    {
        string path = CheckpointFile(In("run"), 200);
        File.Delete(path);
        Directory.CreateDirectory(path);

        FluentActions.Invoking(() => TrainingRun.Open(In("run")).ReadCheckpoint(200)).Should().Throw<CheckpointException>().WithMessage("*epoch-00000200.safetensors: is a folder in the place of a checkpoint; move it away, *");
        FluentActions.Invoking(() => Train(In("run"), 200)).Should().Throw<StorageException>().WithMessage("*epoch-00000200.safetensors: cannot be written*a folder has its name: move it away*");
        Directory.Delete(path);
        Train(In("run"), 200);

        ShouldHoldTheSameFiles(In("run"), In("sound"));
    }

    [TestCase("epoch-000000000000000100.safetensors")]
    [TestCase("epoch-999999999999999999.safetensors")]
    [TestCase("epoch-000000200.safetensors")]
    public void A_name_that_no_checkpoint_has_is_none(string name)
    {
        File.Move(CheckpointFile(In("run"), 100), In($"run/checkpoints/{name}"));

        TrainingRun.Open(In("run")).CheckpointEpochs.Should().Equal(Enumerable.Range(0, 11).Select(i => 20L * i).Where(epoch => epoch != 100));
        Train(In("run"), 200).Warnings.Should().ContainSingle().Which.Should().Contain("epoch-00000100.safetensors: is missing");
    }

    [TestCase("sessions", 0)]
    [TestCase("saved", 0)]
    public void A_list_with_null_in_it_is_one_clear_error(string list, int at)
    {
        Edit(In("run/run.json"), json => json[list]!.AsArray()[at] = null);

        FluentActions.Invoking(() => TrainingRun.Open(In("run"))).Should().Throw<RunFormatException>().WithMessage("*run.json: cannot be understood: a list in it has null; restore it from a copy*");
    }

    private static void Edit(string file, Action<JsonObject> change)
    {
        JsonObject json = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        change(json);
        File.WriteAllText(file, json.ToJsonString());
    }

    private static void ChangeRow(string file, long epoch)
    {
        List<MetricsRow> rows = MetricsFile.Read(file, _ => { });
        MetricsFile.Write(file, rows.Select(row => row.Epoch == epoch ? row with { TestLoss = row.TestLoss * 1.5, SumSquaredWeights = row.SumSquaredWeights + 1 } : row));
    }

    private void Spoil(string how)
    {
        List<string> lines = [.. File.ReadLines(Metrics)];
        switch (how)
        {
            case "changed":
                ChangeRow(Metrics, 100);
                return;
            case "deleted":
                lines.RemoveAt(10);
                break;
            case "last deleted":
                lines.RemoveAt(lines.Count - 1);
                break;
            case "appended":
                lines.Add("205" + lines[^1][3..]);
                break;
            default:
                File.Delete(Metrics);
                return;
        }

        File.WriteAllText(Metrics, string.Concat(lines.Select(line => line + "\n")));
        File.ReadAllBytes(Metrics).Should().NotEqual(Sound);
    }

    private void Lose(string how, long epoch)
    {
        string path = CheckpointFile(In("run"), epoch);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        switch (how)
        {
            case "missing":
                File.Delete(path);
                break;
            case "flipped":
                File.WriteAllBytes(path, bytes);
                break;
            default:
                File.Copy(CheckpointFile(In("run"), epoch + 20), path, overwrite: true);
                break;
        }
    }
}
