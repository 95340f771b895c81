using GrokVerify.Claims;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;

namespace GrokVerify.Cli.Page;

/// <summary>Curves over the epochs of a run, with the points of the paper's figure 7 laid over them where the setting is the paper's.</summary>
internal static class TrainingCharts
{
    private static readonly Axis Epochs = new("epoch (training steps, each on all train pairs)", CanSwitch: true);
    private static readonly Axis Losses = new("loss (cross-entropy in nats)", IsLogarithmic: true, CanSwitch: true);

    public static IEnumerable<Chart> Of(ReproductionResult reproduction)
    {
        RunEvidence run = reproduction.Evidence;
        Published published = new(reproduction);
        yield return LossesOf(run, published);
        yield return Accuracies(run, published);
        yield return RestrictedAndExcluded(run, published);
        if (run.KeyFrequencies.Exist && run.FinalMeasures.SplitAbsence is null)
        {
            yield return ByFrequency(run);
        }

        yield return SumsOfSquares(run, published);
        yield return Ginis(run);
    }

    private static Chart LossesOf(RunEvidence run, Published published)
    {
        MetricsRow peak = run.Rows.MaxBy(row => row.TestLoss)!;
        return OverEpochs(
            "losses",
            "Train and test loss",
            $"The train loss {Passes(run.Rows.FirstOrDefault(row => row.TrainLoss < PhaseTimeline.MemorizedTrainLoss), "falls below 0.01")}. "
                + $"The test loss is largest, {NumberFormat.Loss(peak.TestLoss)}, at epoch {NumberFormat.Count(peak.Epoch)}, and {NumberFormat.Loss(run.Rows[^1].TestLoss)} in the end; guessing has {NumberFormat.Loss(run.UniformLoss)}.",
            Losses,
            [
                Logged("train loss", Colour.Blue, run, row => row.TrainLoss),
                Logged("test loss", Colour.Vermilion, run, row => row.TestLoss),
                .. published.Points("test loss", Colour.Vermilion, point => point.TestLoss),
            ]);
    }

    private static Chart Accuracies(RunEvidence run, Published published) => OverEpochs(
        "accuracy",
        "Train and test accuracy",
        $"Train accuracy {Passes(run.Rows.FirstOrDefault(row => row.TrainAccuracy >= TrainingSchedule.GeneralizedTestAccuracy), "reaches 0.99")}, test accuracy {Passes(run.Generalized, "does so")}.",
        new Axis("share of pairs answered rightly", CanSwitch: true),
        [
            Logged("train accuracy", Colour.Blue, run, row => row.TrainAccuracy),
            Logged("test accuracy", Colour.Vermilion, run, row => row.TestAccuracy),
            .. published.Points("test accuracy", Colour.Vermilion, point => point.TestAccuracy),
        ]);

    private static Chart RestrictedAndExcluded(RunEvidence run, Published published) => OverEpochs(
        "restricted-and-excluded-loss",
        "Restricted and excluded loss",
        $"With the key frequencies alone (restricted loss) the network has {LossInTheEnd(run, measures => measures.Restricted?.Loss)} in the end; "
            + $"without any frequency (excluded loss) {LossInTheEnd(run, measures => measures.ExcludedAllFrequenciesTrain?.Loss)}. Guessing has {NumberFormat.Loss(run.UniformLoss)}.",
        Losses,
        [
            Logged("train loss", Colour.Blue, run, row => row.TrainLoss),
            Logged("test loss", Colour.Vermilion, run, row => row.TestLoss),
            OfCheckpoints("restricted loss: key frequencies alone, all pairs", Colour.Green, run, measures => measures.Restricted?.Loss),
            OfCheckpoints("excluded loss: without any frequency, train pairs", Colour.Purple, run, measures => measures.ExcludedAllFrequenciesTrain?.Loss),
            OfCheckpoints("excluded loss: without the key frequencies, train pairs", Colour.Orange, run, measures => measures.ExcludedTrain?.Loss) with { IsDashed = true },
            .. published.Points("test loss", Colour.Vermilion, point => point.TestLoss),
            .. published.Points("restricted loss", Colour.Green, point => point.RestrictedLoss),
            .. published.Points("excluded loss", Colour.Purple, point => point.ExcludedLoss),
        ]);

    private static Chart ByFrequency(RunEvidence run) => OverEpochs(
        "excluded-loss-by-frequency",
        "Excluded loss, one key frequency at a time",
        $"The train loss without one key frequency. In the end it is largest without frequency {run.FinalMeasures.ExcludedTrainByFrequency!.MaxBy(entry => entry.Value.Loss).Key}, least without {run.FinalMeasures.ExcludedTrainByFrequency!.MinBy(entry => entry.Value.Loss).Key}.",
        Losses,
        Trace.Lines(run.KeyFrequencies.Frequencies.Select(k =>
            ($"without frequency {k}", run.Curve.Points.Select(point => ((double)point.Epoch, point.Measures.ExcludedTrainByFrequency?.GetValueOrDefault(k).Loss))))));

    private static Chart SumsOfSquares(RunEvidence run, Published published) => OverEpochs(
        "sum-of-squared-weights",
        "Sum of squared weights, by tensor",
        $"The sum over all tensors is {NumberFormat.Measure(run.Rows[0].SumSquaredWeights)} at first and {NumberFormat.Measure(run.Rows[^1].SumSquaredWeights)} in the end.",
        new Axis("sum of squares", CanSwitch: true),
        [
            .. Trace.Lines(
            [
                ("all tensors", run.Rows.Select(row => ((double)row.Epoch, (double?)row.SumSquaredWeights))),
                .. run.FinalMeasures.SumSquaredWeightsByTensor.Keys.Select(tensor =>
                    (tensor, run.Curve.Points.Select(point => ((double)point.Epoch, (double?)point.Measures.SumSquaredWeightsByTensor[tensor])))),
            ]),
            .. published.Points("all tensors", Colour.Blue, point => point.SumSquaredWeights),
        ]);

    private static Chart Ginis(RunEvidence run) => OverEpochs(
        "gini",
        "Gini coefficient of the Fourier spectra",
        $"0 where all frequencies are alike, 1 where one has everything. In the end {NumberFormat.Share(run.FinalMeasures.GiniEmbedding)} for the embedding{(run.FinalMeasures.GiniNeuronLogitMap is double map ? $" and {NumberFormat.Share(map)} for the neuron-logit map" : "")}.",
        new Axis("Gini coefficient"),
        [
            OfCheckpoints("embedding W_E", Colour.Blue, run, measures => measures.GiniEmbedding),
            .. run.FinalMeasures.NeuronAbsence is null ? [OfCheckpoints("neuron-logit map W_L", Colour.Vermilion, run, measures => measures.GiniNeuronLogitMap)] : Array.Empty<Trace>(),
        ]);

    private static Chart OverEpochs(string id, string title, string text, Axis y, IReadOnlyList<Trace> traces) =>
        new(id, title, text, Epochs, y, [.. traces.Where(trace => trace.Y!.Any(value => value is not null))]) { ShowsPhases = true };

    private static Trace Logged(string name, Colour colour, RunEvidence run, Func<MetricsRow, double> value) =>
        Trace.Line(name, colour, run.Rows.Select(row => ((double)row.Epoch, (double?)value(row))));

    private static Trace OfCheckpoints(string name, Colour colour, RunEvidence run, Func<ProgressMeasures, double?> value) =>
        Trace.Line(name, colour, run.Curve.Points.Select(point => ((double)point.Epoch, value(point.Measures))));

    private static string Passes(MetricsRow? row, string doing) => row is null ? $"never {doing}" : $"{doing} at epoch {NumberFormat.Count(row.Epoch)}";

    private static string LossInTheEnd(RunEvidence run, Func<ProgressMeasures, double?> value) => value(run.FinalMeasures) is double loss ? $"a loss of {NumberFormat.Loss(loss)}" : "no value";

    /// <summary>The paper's figure 7, its epochs stretched so that its jump is where the run's is: how fast a run goes depends on its seed.</summary>
    private sealed class Published(ReproductionResult reproduction)
    {
        private readonly double? _stretch = reproduction.IsMainline ? PublishedFigure7.StretchTo(reproduction.Evidence) : null;

        public IEnumerable<Trace> Points(string curve, Colour colour, Func<PublishedFigure7.Point, double> value)
        {
            if (_stretch is not double stretch)
            {
                return [];
            }

            long last = reproduction.Evidence.Rows[^1].Epoch;
            string how = stretch is > 0.995 and < 1.005 ? "" : FormattableString.Invariant($", epochs x {stretch:0.00}");
            return
            [
                Trace.Of($"{curve}, paper's figure 7{how}", TraceKind.Points, colour, PublishedFigure7.Points.Where(point => stretch * point.Epoch <= last).Select(point => (stretch * point.Epoch, (double?)value(point)))),
            ];
        }
    }
}
