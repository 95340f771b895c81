using System.Globalization;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class PhaseTimelineTests
{
    /// <summary>
    /// The authors' figure 7, sampled at 17 epochs, is a polyline on a logarithmic axis: losses are interpolated in their logarithm, weights linearly.
    /// The paper draws the bounds by eye at 1,400, 9,400 and 14,000. Our second rule (half of the test loss's maximum) comes before the eye's, which sees the
    /// steep fall; the others lie within the spacing of the samples. These are the epochs that the claim has as published.
    /// </summary>
    [Test]
    public void The_authors_curves_tell_the_papers_story()
    {
        string path = Path.Combine(ReferenceData.Folder, "mainline-figure7.csv");
        Assume.That(File.Exists(path), ReferenceData.AbsentReason);
        double[][] samples = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
        long[] epochs = [.. Enumerable.Range(0, 781).Select(i => i * 50L)];
        MetricsRow[] rows = [.. epochs.Select(epoch => Row(epoch, At(samples, 1, epoch, true), At(samples, 2, epoch, true), At(samples, 8, epoch, false)))];

        PhaseTimeline phases = PhaseTimeline.Of(rows, [.. epochs.Where(epoch => epoch % 200 == 0).Select(epoch => (epoch, At(samples, 4, epoch, true)))]);

        phases.Memorization.Should().Be(new Phase(0, 1400, null));
        phases.CircuitFormation.Begin.Should().Be(1400);
        phases.CircuitFormation.End.Should().Be(7850);
        phases.Cleanup.Begin.Should().Be(phases.CircuitFormation.End);
        phases.Cleanup.End.Should().Be(14_150);
    }

    [Test]
    public void A_run_that_only_memorizes_has_no_circuit_formation()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 1e-3, 20), Row(200, 1e-6, 30)], [(0, 5), (100, 0.5), (200, 0.1)]);

        phases.Memorization.Should().Be(new Phase(0, null, "the excluded loss was lowest at the last checkpoint: it had not begun to rise"));
        phases.CircuitFormation.Should().Be(new Phase(null, null, "memorization had not ended"));
        phases.Cleanup.Should().Be(new Phase(null, null, "circuit formation was not seen to end"));
    }

    [Test]
    public void A_run_that_never_fits_its_train_pairs_never_ends_memorization()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 4, 5)], [(0, 5), (100, 4)]);

        phases.Memorization.Absence.Should().Be("the train loss never fell below 1e-2");
    }

    [Test]
    public void The_excluded_loss_before_the_train_pairs_fit_does_not_count()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 1e-3, 9), Row(200, 1e-4, 9), Row(300, 1e-4, 9)], [(0, 0.1), (100, 3), (200, 2), (300, 4)]);

        phases.Memorization.End.Should().Be(200);
        phases.CircuitFormation.Should().Be(new Phase(200, null, "the test loss never fell below half its maximum"));
    }

    [Test]
    public void A_run_that_generalizes_at_once_lacks_circuit_formation()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 1e-3, 1), Row(200, 1e-4, 0.1), Row(300, 1e-4, 0.1)], [(0, 5), (100, 3), (200, 2), (300, 4)]);

        phases.CircuitFormation.Should().Be(new Phase(null, null, "the test loss had halved by epoch 100, before memorization ended: the network generalized while it memorized"));
    }

    [Test]
    public void A_run_stopped_early_has_not_ended_cleanup()
    {
        MetricsRow[] rows = [Row(0, 5, 5), Row(100, 1e-3, 20), Row(500, 1e-4, 1e-3, 1000), Row(750, 1e-4, 1e-4, 900), Row(1000, 1e-4, 1e-4, 800)];

        PhaseTimeline phases = PhaseTimeline.Of(rows, [(0, 5), (100, 0.5), (500, 9)]);

        phases.CircuitFormation.Should().Be(new Phase(100, 500, null));
        phases.Cleanup.Begin.Should().Be(500);
        phases.Cleanup.Absence.Should().StartWith("the sum of squared weights was still falling");
    }

    [Test]
    public void Losses_at_a_threshold_have_not_passed_it()
    {
        MetricsRow[] rows = [Row(0, 5, 5), Row(100, 1e-2, 20), Row(200, 9e-3, 16), Row(300, 1e-4, 10), Row(400, 1e-4, 9)];

        PhaseTimeline phases = PhaseTimeline.Of(rows, [(0, 5), (100, 0.1), (200, 0.2), (300, 0.3)]);

        phases.Memorization.Should().Be(new Phase(0, 200, null), "the train loss of epoch 100 is 1e-2, not below");
        phases.CircuitFormation.Should().Be(new Phase(200, 400, null), "the test loss of epoch 300 is half of the largest, not below");
    }

    [Test]
    public void A_test_loss_that_has_halved_when_memorization_ends_is_no_circuit_formation()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 1e-3, 20), Row(200, 1e-4, 9)], [(0, 5), (100, 3), (200, 2), (300, 4)]);

        phases.CircuitFormation.Absence.Should().StartWith("the test loss had halved by epoch 200");
    }

    /// <summary>Few frequencies: the excluded loss ends below where it was when the network had memorized.</summary>
    [Test]
    public void An_excluded_loss_that_falls_once_the_network_generalizes_does_not_count()
    {
        MetricsRow[] rows = [Row(0, 5, 5), Row(100, 1e-3, 20), Row(200, 1e-4, 19), Row(300, 1e-4, 9), Row(400, 1e-4, 1e-3), Row(500, 1e-4, 1e-4)];

        PhaseTimeline phases = PhaseTimeline.Of(rows, [(0, 5), (100, 3), (200, 6), (300, 7), (400, 2), (500, 2.5)]);

        phases.Memorization.End.Should().Be(100);
        phases.CircuitFormation.End.Should().Be(300);
    }

    /// <summary>The weights have settled and the test loss is below 1e-2 from the start: only the end of circuit formation holds cleanup back.</summary>
    [Test]
    public void Cleanup_ends_after_circuit_formation()
    {
        MetricsRow[] rows = [Row(0, 1e-3, 9e-3), Row(250, 1e-3, 9.9e-3), Row(500, 1e-4, 4e-3), Row(750, 1e-4, 1e-3), Row(1000, 1e-4, 1e-3)];

        PhaseTimeline.Of(rows, [(0, 5), (250, 0.5), (500, 9)]).Cleanup.Should().Be(new Phase(500, 750, null));
    }

    [Test]
    public void An_excluded_loss_that_was_not_measured_once_the_train_pairs_fit_ends_nothing()
    {
        PhaseTimeline phases = PhaseTimeline.Of([Row(0, 5, 5), Row(100, 1e-3, 9)], [(0, 5), (99, 4)]);

        phases.Memorization.Absence.Should().Be("the excluded loss was not measured after the train loss fell below 1e-2");
    }

    [Test]
    public void The_phases_of_a_run_are_found_by_the_excluded_loss_of_its_curve()
    {
        TrainingRun run = SmallRun.Open();
        MeasureCurve curve = Curve(run, run.Config.CreateSplit());

        PhaseTimeline.Of(run.Rows, curve).Should().Be(PhaseTimeline.Of(run.Rows, [.. curve.Points.Select(point => (point.Epoch, point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss))]));
        PhaseTimeline.Of(run.Rows, curve).Memorization.End.Should().NotBeNull();
    }

    [Test]
    public void A_run_without_a_split_says_that_it_is_what_is_missing()
    {
        TrainingRun run = SmallRun.Open();

        PhaseTimeline.Of(run.Rows, Curve(run, null)).Memorization.Absence.Should().Be($"the end of memorization needs the excluded loss: {ProgressMeasures.NoSplit}");
    }

    [Test]
    public void No_rows_are_refused()
    {
        TrainingRun run = SmallRun.Open();

        FluentActions.Invoking(() => PhaseTimeline.Of([], [(0, 1)])).Should().Throw<ArgumentException>().WithMessage("phases need one logged row*");
        FluentActions.Invoking(() => PhaseTimeline.Of([], Curve(run, null))).Should().Throw<ArgumentException>().WithMessage("phases need one logged row*");
    }

    private static MeasureCurve Curve(TrainingRun run, PairSplit? split) =>
        MeasureCurve.Measure(run.CheckpointEpochs, epoch => run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask(), split);

    private static MetricsRow Row(long epoch, double train, double test, double squares = 1000) => new(epoch, train, test, 0, 0, squares);

    private static double At(double[][] samples, int column, long epoch, bool logarithmic)
    {
        int next = Math.Max(1, Array.FindIndex(samples, sample => sample[0] >= epoch));
        (double[] low, double[] high) = (samples[next - 1], samples[next]);
        double share = (epoch - low[0]) / (high[0] - low[0]);
        return logarithmic
            ? low[column] * Math.Pow(high[column] / low[column], share)
            : low[column] + (share * (high[column] - low[column]));
    }
}
