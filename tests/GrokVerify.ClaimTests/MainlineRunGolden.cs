using System.Globalization;
using GrokVerify.Golden;
using GrokVerify.Judging;
using GrokVerify.Measures;

namespace GrokVerify.ClaimTests;

/// <summary>
/// The freshly trained mainline: the exact engine ends in the same bits on every machine, so the weights compare by hash and
/// everything computed from them by the tolerance of the analysis alone. Not in category Golden, because it waits for a training of minutes.
/// </summary>
[Category("Claim")]
[Order(1)]
public class MainlineRunGolden
{
    /// <summary>A loss exp(-gap) inherits the absolute error of the logits, 100 times 1e-13, as its relative one.</summary>
    private static readonly ColumnTolerance Measured = ColumnTolerance.Within(relative: 1e-8);

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Weights(CancellationToken cancellation)
    {
        JudgedRun mainline = Mainline(cancellation);
        var csv = new NumericCsvWriter(("epoch", ColumnTolerance.Exact), ("sha256", ColumnTolerance.Exact));
        long[] epochs = [.. mainline.Evidence.Curve.Points.Select(point => point.Epoch)];
        foreach (long epoch in epochs.Where(epoch => epoch % 1000 == 0 || epoch == epochs[^1]))
        {
            csv.AddRow(epoch, mainline.Run.ReadCheckpoint(epoch).Weights.Sha256());
        }

        return Verify(csv.ToString(), "csv");
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Curves(CancellationToken cancellation)
    {
        MeasureCurve curve = Mainline(cancellation).Evidence.Curve;
        var csv = new NumericCsvWriter(
            ("epoch", ColumnTolerance.Exact),
            ("train_loss", Measured),
            ("test_loss", Measured),
            ("test_accuracy", ColumnTolerance.Exact),
            ("restricted_loss", Measured),
            ("excluded_loss_train", Measured),
            ("gini_embedding", Measured),
            ("sum_squared_weights", Measured));
        foreach ((long epoch, ProgressMeasures measures) in curve.Points)
        {
            csv.AddRow(
                epoch,
                measures.Train!.Value.Loss,
                measures.Test!.Value.Loss,
                measures.Test.Value.Accuracy,
                measures.Restricted!.Value.Loss,
                measures.ExcludedTrain!.Value.Loss,
                measures.GiniEmbedding,
                measures.SumSquaredWeights);
        }

        return Verify(csv.ToString(), "csv");
    }

    [Test]
    [CancelAfter(TimeLimits.Training)]
    public Task Phases(CancellationToken cancellation)
    {
        JudgedRun mainline = Mainline(cancellation);
        var timeline = PhaseTimeline.Of(mainline.Run.Rows, mainline.Evidence.Curve);
        var csv = new NumericCsvWriter(("phase", ColumnTolerance.Exact), ("begins", ColumnTolerance.Exact), ("ends", ColumnTolerance.Exact));
        foreach ((string name, Phase phase) in new[]
                 {
                     ("memorization", timeline.Memorization), ("circuit formation", timeline.CircuitFormation), ("cleanup", timeline.Cleanup),
                 })
        {
            csv.AddRow(name, phase.Begin?.ToString(CultureInfo.InvariantCulture) ?? "", phase.End?.ToString(CultureInfo.InvariantCulture) ?? "");
        }

        csv.AddRow("key frequencies", string.Join(' ', mainline.Evidence.KeyFrequencies.Frequencies), "");
        return Verify(csv.ToString(), "csv");
    }

    private static JudgedRun Mainline(CancellationToken cancellation) => RunTraining.Mainline.Seed(0, cancellation);
}
