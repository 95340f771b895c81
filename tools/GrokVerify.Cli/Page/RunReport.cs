using GrokVerify.Claims;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Runs;

namespace GrokVerify.Cli.Page;

/// <summary>The report of a run: its curves, its network at every checkpoint of the slider, and the claims.</summary>
internal static class RunReport
{
    /// <summary>A frame of a large network has a dozen grids; with so many of them the page stays below 8 MB.</summary>
    private const int MostCells = 5_400_000;

    private const int MostFrames = 41;
    private const int FewestFrames = 5;

    /// <param name="reproduction">What was found.</param>
    /// <param name="claims">The folder of the claims' evidence; need not be there.</param>
    /// <param name="progress">Told the share of checkpoints that are done, and which was the last.</param>
    /// <param name="cancellation">Stops between two checkpoints.</param>
    public static ReportContent Of(ReproductionResult reproduction, string? claims, IProgress<(double Done, long Epoch)>? progress, CancellationToken cancellation)
    {
        TrainingRun run = reproduction.Run;
        RunEvidence evidence = reproduction.Evidence;
        long[] measured = [.. evidence.Curve.Points.Select(point => point.Epoch)];
        NetworkSpectra Network(long epoch) => new(run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask());
        NetworkSpectra last = Network(measured[^1]);
        var shown = ShownParts.Of(last);
        long[] epochs = Evenly(measured, FramesOf(last, shown));
        NetworkFrame[] frames = new NetworkFrame[epochs.Length];
        int done = 0;
        Parallel.For(0, epochs.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount), CancellationToken = cancellation }, i =>
        {
            frames[i] = NetworkFrame.Of(epochs[i], i == epochs.Length - 1 ? last : Network(epochs[i]), shown);
            lock (frames)
            {
                done++;
                progress?.Report(((double)done / epochs.Length, epochs[i]));
            }
        });
        IReadOnlyList<ClaimRow> rows = ClaimRows.Of(reproduction, claims);
        return new ReportContent(
            Title(run.Config),
            Verdict(reproduction),
            reproduction.Judged.All(result => result.Verdict == Judging.Verdict.Holds),
            [
                new PageSection("training", "Training", TrainingLead(reproduction)) { Charts = [.. TrainingCharts.Of(reproduction)] },
                new PageSection("inside", "Inside the network", "Move the slider. In a network that groks a few frequencies rise out of all, the tokens of the embedding arrange themselves on circles, attention and neurons become waves.")
                {
                    HasSlider = epochs.Length > 1,
                    Charts = [.. NetworkCharts.Of(last, shown, frames)],
                },
                new PageSection("numbers", "The numbers") { Content = [.. ReproductionTables.OfMeasures(reproduction).Select(PageTables.Of)] },
                ClaimSection.Of(rows),
                SweepSection.Of(claims),
                QuestionSection.Of(),
                SeedSection(rows),
                new PageSection("provenance", "What this was made with") { Content = [PageTables.Facts(ProvenanceFacts.Of(run, last.Weights.Sha256(), measured[^1]))] },
            ])
        {
            Checkpoints = [.. epochs.Select(epoch => Caption(reproduction, epoch))],
            Phases = Bands(reproduction),
        };
    }

    internal static PageSection SeedSection(IReadOnlyList<ClaimRow> rows) => new(
        "seeds",
        "Seeds",
        "What each statistic measures on 40 seeds of the paper's setting where cleanup ends, and on nine at 40,000 epochs: which frequencies a network finds, and when, is chance; the claims hardly depend on it.")
    {
        IsChoice = true,
        Charts = [.. SeedCharts.Of(rows)],
    };

    internal static string Title(TrainingConfig config) => FormattableString.Invariant($"(a + b) mod {config.Model.Prime}, {config.TrainFraction:0.##%} of the pairs, weight decay {config.WeightDecay}, seed {config.Seed}");

    private static string Verdict(ReproductionResult reproduction)
    {
        RunEvidence run = reproduction.Evidence;
        int holding = reproduction.Judged.Count(result => result.Verdict == Judging.Verdict.Holds);
        string came = run.Generalized is MetricsRow generalized
            ? $"it answered the train pairs rightly from epoch {NumberFormat.Count(run.Memorized?.Epoch ?? generalized.Epoch)}, the test pairs from epoch {NumberFormat.Count(generalized.Epoch)}"
            : $"after {NumberFormat.Count(run.Rows[^1].Epoch)} epochs it answers {run.Rows[^1].TestAccuracy.ToString("0%", System.Globalization.CultureInfo.InvariantCulture)} of the test pairs rightly";
        string with = run.KeyFrequencies.Exist ? $"by {run.KeyFrequencies.Frequencies.Count} key frequencies: {string.Join(", ", run.KeyFrequencies.Frequencies)}" : "without key frequencies";
        return $"{(run.Generalized is null ? "This network has not grokked" : "This network grokked")}: {came}, {with}; {holding} of the {reproduction.Judged.Count} claims that it can answer hold.";
    }

    private static string TrainingLead(ReproductionResult reproduction) =>
        (reproduction.Evidence.Generalized is null
            ? "The phases are shaded as far as the network came: it has not generalized."
            : "First the network memorizes the train pairs; then a circuit forms while the test loss is still worse than guessing; last, what was memorized is cleaned up.")
        + (reproduction.IsMainline && PublishedFigure7.StretchTo(reproduction.Evidence) is not null ? " Circles are the paper's figure 7; where its jump came at another epoch, its epochs are stretched by the ratio." : "");

    private static int FramesOf(NetworkSpectra last, ShownParts shown)
    {
        int grids = 1 + shown.Neurons.Count + (last.AttentionAbsence is null ? last.Weights.Config.Heads : 0);
        return Math.Clamp(MostCells / (grids * last.Task.Prime * last.Task.Prime), FewestFrames, MostFrames);
    }

    /// <summary>At most so many of the epochs, evenly, the first and the last among them.</summary>
    internal static long[] Evenly(IReadOnlyList<long> epochs, int most) => epochs.Count <= most
        ? [.. epochs]
        : [.. Enumerable.Range(0, most).Select(i => epochs[(int)Math.Round((double)i * (epochs.Count - 1) / (most - 1))])];

    private static string Caption(ReproductionResult reproduction, long epoch)
    {
        MetricsRow row = reproduction.Evidence.Rows.Last(logged => logged.Epoch <= epoch);
        string phase = Bands(reproduction).LastOrDefault(band => epoch >= band.Begin && epoch <= band.End)?.Name ?? "";
        return $"epoch {NumberFormat.Count(epoch)}{(phase.Length > 0 ? $", {phase}" : "")}: train loss {NumberFormat.Loss(row.TrainLoss)}, test loss {NumberFormat.Loss(row.TestLoss)}, test accuracy {row.TestAccuracy.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static PhaseBand[] Bands(ReproductionResult reproduction)
    {
        long last = reproduction.Evidence.Rows[^1].Epoch;
        PhaseTimeline phases = reproduction.Phases;
        return
        [
            .. new (string Name, Colour Colour, Phase Phase)[] { ("memorization", Colour.Grey, phases.Memorization), ("circuit formation", Colour.Orange, phases.CircuitFormation), ("cleanup", Colour.Sky, phases.Cleanup) }
                .Where(band => band.Phase.Begin is not null)
                .Select(band => new PhaseBand(band.Name, band.Colour, band.Phase.Begin!.Value, band.Phase.End ?? last)),
        ];
    }
}
