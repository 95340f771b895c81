using GrokVerify.Formats;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.Judging;

[Category("Fast")]
public class RunEvidenceTests : RunFolderTests
{
    private static readonly TrainingSchedule Plan = new() { Epochs = 100, LogEvery = 5, CheckpointEvery = 40 };

    [Test]
    public void Without_a_plan_every_checkpoint_is_measured_and_every_row_looked_at()
    {
        var evidence = RunEvidence.Measure(Train(In("run"), 200));

        evidence.Curve.Points.Select(point => point.Epoch).Should().Equal(Enumerable.Range(0, 11).Select(i => 20L * i));
        evidence.Rows.Select(row => row.Epoch).Should().Equal(Enumerable.Range(0, 41).Select(i => 5L * i));
    }

    [Test]
    public void A_run_that_went_on_further_is_measured_as_if_it_had_been_trained_by_the_plan()
    {
        TrainingRun run = Train(In("run"), 200);

        var evidence = RunEvidence.Measure(run, Plan);

        evidence.Curve.Points.Select(point => point.Epoch).Should().Equal(0, 40, 80);
        evidence.Rows.Select(row => row.Epoch).Should().Equal(Enumerable.Range(0, 21).Select(i => 5L * i));
        evidence.FinalMeasures.Should().BeSameAs(evidence.Curve.Points[^1].Measures);
        evidence.KeyFrequencies.Frequencies.Should().Equal(Network(run, 80).KeyFrequencies.Frequencies);
    }

    [Test]
    public void A_checkpoint_at_the_end_of_the_plan_belongs_to_it() =>
        RunEvidence.Measure(Train(In("run"), 200), Plan with { Epochs = 80 }).Curve.Points[^1].Epoch.Should().Be(80);

    [Test]
    public void A_key_set_from_outside_takes_the_place_of_the_networks()
    {
        KeyFrequencies? chosen = null;

        var evidence = RunEvidence.Measure(Train(In("run"), 200), [0, 40], keys: network => chosen = KeyFrequencies.Given(network.Alpha.Values, [2]));

        evidence.KeyFrequencies.Should().BeSameAs(chosen);
        evidence.Curve.KeyFrequencies.Should().BeSameAs(chosen);
    }

    [TestCase(100)]
    [TestCase(200)]
    public void A_damaged_checkpoint_is_left_out_for_whoever_is_told_of_it_and_ends_the_measuring_otherwise(long damaged)
    {
        TrainingRun run = Train(In("run"), 200);
        Damage(run, damaged);
        var told = new Told();

        var evidence = RunEvidence.Measure(run, damaged: told);

        told.Problems.Should().ContainSingle();
        evidence.Curve.Points.Select(point => point.Epoch).Should().Equal(Enumerable.Range(0, 11).Select(i => 20L * i).Where(epoch => epoch != damaged));
        evidence.Rows[^1].Epoch.Should().Be(damaged == 200 ? 180 : 200, "rows end with the last network");
        FluentActions.Invoking(() => RunEvidence.Measure(run)).Should().Throw<CheckpointException>();
    }

    [Test]
    public void A_run_none_of_whose_checkpoints_can_be_read_is_no_evidence()
    {
        TrainingRun run = Train(In("run"), 40);
        foreach (long epoch in run.CheckpointEpochs)
        {
            Damage(run, epoch);
        }

        FluentActions.Invoking(() => RunEvidence.Measure(run, damaged: new Told())).Should().Throw<CheckpointException>().WithMessage("*has no checkpoint that can be read*train the run again*");
    }

    private static NetworkSpectra Network(TrainingRun run, long epoch) => new(run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask());

    private static void Damage(TrainingRun run, long epoch)
    {
        string path = Directory.GetFiles(Path.Combine(run.Folder, "checkpoints")).Single(file => Path.GetFileNameWithoutExtension(file).EndsWith($"{epoch:00000000}", StringComparison.Ordinal));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private sealed class Told : IProgress<CheckpointException>
    {
        public List<CheckpointException> Problems { get; } = [];

        public void Report(CheckpointException value) => Problems.Add(value);
    }
}
