using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

/// <summary>What a run goes on from: rows up to the checkpoint and with it, on the logging grid of 5 epochs, and no checkpoint past it.</summary>
[Category("Fast")]
public class RunRecoveryTests : RunFolderTests
{
    [Test]
    public void The_row_of_the_checkpoint_that_is_gone_on_from_is_kept()
    {
        TrainAndCancelAt(In("run"), 100);

        (TrainingState state, List<MetricsRow> rows) = Recover();

        state.Epoch.Should().Be(100);
        rows.Select(row => row.Epoch).Should().Equal(Enumerable.Range(0, 21).Select(i => 5L * i));
        MetricsFile.Read(Path.Combine(In("run"), MetricsFile.Name), _ => { }).Should().Equal(rows);
    }

    [Test]
    public void A_last_row_off_the_grid_is_not_kept()
    {
        Train(In("run"), 103);

        (TrainingState state, List<MetricsRow> rows) = Recover();

        state.Epoch.Should().Be(103);
        rows[^1].Epoch.Should().Be(100);
    }

    [Test]
    public void Checkpoints_past_the_one_that_is_gone_on_from_are_deleted_and_it_stays()
    {
        Train(In("run"), 100);
        File.WriteAllBytes(CheckpointFile(In("run"), 100), [1]);

        Recover().State.Epoch.Should().Be(80);

        CheckpointFolder.Epochs(In("run")).Should().Equal(0, 20, 40, 60, 80);
    }

    /// <summary>Training measures the checkpoint's own row again; all before it are lost for good where they are lost.</summary>
    [TestCase(100, 100)]
    [TestCase(95, 80)]
    public void A_checkpoint_is_gone_on_from_when_no_row_before_it_is_lost(long lost, long from)
    {
        Train(In("run"), 100);
        string metrics = Path.Combine(In("run"), MetricsFile.Name);
        File.WriteAllLines(metrics, [.. File.ReadLines(metrics).Where(line => !line.StartsWith(FormattableString.Invariant($"{lost},"), StringComparison.Ordinal))]);

        Recover().State.Epoch.Should().Be(from);
    }

    private (TrainingState State, List<MetricsRow> Rows) Recover(IReadOnlyList<SavedPoint>? saved = null)
    {
        (TrainingState state, List<MetricsRow> rows) = RunRecovery.Find(
            In("run"),
            RunIdentity.Of(PseudoTraining.Config, PseudoTraining.Schedule, new PseudoTraining(), null),
            saved,
            TrainingState.Initial(PseudoTraining.Config),
            _ => { });
        RunRecovery.CutBack(In("run"), state.Epoch, rows);
        return (state, rows);
    }
}
