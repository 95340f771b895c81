using GrokVerify.Cli.Reports;
using GrokVerify.Judging;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Page;

/// <summary>Several runs and networks beside each other.</summary>
internal static class BesideSection
{
    private static readonly Axis Epochs = new("epoch", CanSwitch: true);

    /// <summary>One of them.</summary>
    /// <param name="Name">What it is called.</param>
    /// <param name="Rows">Its logged rows; none for a network without its run.</param>
    /// <param name="Cells">Its row of the table, behind the name.</param>
    public sealed record Compared(string Name, IReadOnlyList<MetricsRow> Rows, IReadOnlyList<string> Cells);

    public static Compared Member(TrainingRun run)
    {
        TrainingConfig config = run.Config;
        var network = new NetworkSpectra(run.ReadCheckpoint(run.CheckpointEpochs[^1]).Weights, config.CreateTask());
        MetricsRow last = run.Rows[^1];
        string Epoch(Func<MetricsRow, bool> isSo) => run.Rows.FirstOrDefault(isSo) is MetricsRow row ? NumberFormat.Count(row.Epoch) : "never";
        return new Compared(
            FormattableString.Invariant($"p = {config.Model.Prime}, {config.TrainFraction:0.##%}, weight decay {config.WeightDecay}, seed {config.Seed}, {run.Identity.Engine}"),
            run.Rows,
            [
                NumberFormat.Count(last.Epoch),
                Epoch(row => row.TrainAccuracy >= TrainingSchedule.GeneralizedTestAccuracy && row.TrainLoss < PhaseTimeline.MemorizedTrainLoss),
                Epoch(row => row.TestAccuracy >= TrainingSchedule.GeneralizedTestAccuracy),
                NumberFormat.Loss(last.TestLoss), NumberFormat.Measure(last.SumSquaredWeights), Keys(network),
            ]);
    }

    public static Compared Member(MeasuredNetwork measured) => new(
        Path.GetFileName(measured.File.Path),
        [],
        [
            measured.File.Facts.Epoch is long epoch ? NumberFormat.Count(epoch) : "–", "–", "–",
            ProgressMeasures.Measure(measured.Network, measured.Network.KeyFrequencies, measured.Split).Test is { } test ? NumberFormat.Loss(test.Loss) : "–",
            NumberFormat.Measure(measured.File.Weights.SumOfSquares()), Keys(measured.Network),
        ]);

    public static PageSection Of(IReadOnlyList<Compared> members) => new("beside", "Beside each other", "All that were given; the first is the one that the rest of the page shows.")
    {
        Content =
        [
            PageTables.Of(new ReportTable(
                "Runs and networks",
                [
                    ReportColumn.Text("name"), ReportColumn.Number("epochs"), ReportColumn.Number("memorized at"), ReportColumn.Number("generalized at"), ReportColumn.Number("test loss"),
                    ReportColumn.Number("sum of squares"), ReportColumn.Text("key frequencies"),
                ],
                [.. members.Select(member => (string[])[member.Name, .. member.Cells])])),
        ],
        Charts = members.All(member => member.Rows.Count == 0)
            ? []
            : [
                Curves("beside-test-loss", "Test loss", new Axis("test loss", IsLogarithmic: true, CanSwitch: true), members, row => row.TestLoss),
                Curves("beside-test-accuracy", "Test accuracy", new Axis("test accuracy", CanSwitch: true), members, row => row.TestAccuracy),
            ],
    };

    private static Chart Curves(string id, string title, Axis y, IReadOnlyList<Compared> members, Func<MetricsRow, double> value) => new(
        id,
        $"{title} of each run",
        $"{title} over the epochs: {string.Join("; ", members.Where(member => member.Rows.Count > 0).Select(member => $"{member.Name} ends at {NumberFormat.Loss(value(member.Rows[^1]))}"))}.",
        Epochs,
        y,
        Trace.Lines(members.Where(member => member.Rows.Count > 0).Select(member => (member.Name, member.Rows.Select(row => ((double)row.Epoch, (double?)value(row)))))));

    private static string Keys(NetworkSpectra network) => network.KeyFrequencies.Exist ? string.Join(", ", network.KeyFrequencies.Frequencies) : "none";
}
