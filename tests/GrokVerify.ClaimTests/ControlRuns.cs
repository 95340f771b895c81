using GrokVerify.Fourier;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.ClaimTests;

/// <summary>The evidence of each control. Those that only judge the mainline otherwise are made from its runs, on every fourth checkpoint.</summary>
internal static class ControlRuns
{
    private const int SmallerPrime = 109;
    private const long MemorizedEpoch = 1_000;
    private static readonly Dictionary<(Control Control, string Run), ExampleRun> Made = [];

    /// <summary>Made from the first seed's run.</summary>
    public static ExampleRun Of(Control control, CancellationToken cancellation) => control switch
    {
        Control.NoWeightDecay => MainlineRuns.NoWeightDecay(cancellation),
        Control.ShuffledLabels => MainlineRuns.ShuffledLabels(cancellation),
        _ => Of(control, MainlineRuns.First(cancellation), cancellation),
    };

    /// <summary>In the default tier that of the first seed; of fresh seeds all, but for the controls that are trainings of their own.</summary>
    public static SeedRuns Seeds(Control control, CancellationToken cancellation) =>
        TrainingTier.IsNightly && control is not (Control.NoWeightDecay or Control.ShuffledLabels)
            ? new([.. MainlineRuns.Seeds(cancellation).Runs.Select(run => Of(control, run, cancellation))])
            : new([Of(control, cancellation)]);

    private static ExampleRun Of(Control control, ExampleRun mainline, CancellationToken cancellation)
    {
        if (!Made.TryGetValue((control, mainline.Name), out ExampleRun? made))
        {
            Made[(control, mainline.Name)] = made = mainline with { Name = $"{mainline.Name}, {control}", Evidence = Spoil(control, mainline, cancellation) };
        }

        return made;
    }

    private static RunEvidence Spoil(Control control, ExampleRun mainline, CancellationToken cancellation)
    {
        TrainingRun run = mainline.Run;
        long[] epochs = EveryFourth([.. mainline.Evidence.Curve.Points.Select(point => point.Epoch)]);
        return control switch
        {
            Control.Untrained => RunEvidence.Measure(run, [0], cancellation: cancellation),
            Control.OtherFrequencies => RunEvidence.Measure(run, epochs, Neighbours, cancellation: cancellation),
            Control.OtherPrime => WithoutLog(
                epochs, epoch => Cut(run.ReadCheckpoint(epoch).Weights), new ModularTask(SmallerPrime), new PairSplit(SmallerPrime, run.Config.TrainFraction, run.Config.Seed), cancellation),
            Control.HalvesExchanged => WithoutLog(
                epochs, epoch => run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit().Exchanged(), cancellation),
            Control.MemorizedAtTheEnd => WithoutLog(
                epochs, epoch => run.ReadCheckpoint(epoch == epochs[^1] ? MemorizedEpoch : epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit(), cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(control), control, "it is not made from a run of the mainline"),
        };
    }

    /// <summary>Evidence whose losses are those of the checkpoints as they are measured now, not those that were logged.</summary>
    private static RunEvidence WithoutLog(long[] epochs, Func<long, TransformerWeights> load, ModularTask task, PairSplit split, CancellationToken cancellation)
    {
        var curve = MeasureCurve.Measure(epochs, load, task, split, cancellation: cancellation);
        return new RunEvidence([.. curve.Points.Select(Row)], curve, new NetworkSpectra(load(epochs[^1]), task));
    }

    private static MetricsRow Row(MeasurePoint point) => new(
        point.Epoch,
        point.Measures.Train!.Value.Loss,
        point.Measures.Test!.Value.Loss,
        point.Measures.Train.Value.Accuracy,
        point.Measures.Test.Value.Accuracy,
        point.Measures.SumSquaredWeights);

    private static KeyFrequencies Neighbours(NetworkSpectra network)
    {
        IReadOnlyList<int> keys = network.KeyFrequencies.Frequencies;
        int count = network.Alpha.Values.Count;
        int[] others = [.. keys.Select(k => Enumerable.Range(k, count).Select(next => (next % count) + 1).First(next => !keys.Contains(next))).Distinct()];
        return KeyFrequencies.Given(network.Alpha.Values, others);
    }

    /// <summary>The network without the tokens from 109 up: their rows of W_E and columns of W_U are gone, "=" keeps its own.</summary>
    private static TransformerWeights Cut(TransformerWeights weights)
    {
        TransformerConfig config = weights.Config with { Prime = SmallerPrime };
        var cut = new TransformerWeights(config, new float[new ParameterLayout(config).Count]);
        foreach (ParameterTensor tensor in weights.Layout.Tensors.Where(tensor => tensor.Name is not ("W_E" or "W_U")))
        {
            weights[tensor.Name].CopyTo(cut[tensor.Name]);
        }

        int width = config.DModel;
        for (int token = 0; token <= SmallerPrime; token++)
        {
            int original = token == SmallerPrime ? weights.Config.Prime : token;
            weights["W_E"].Slice(original * width, width).CopyTo(cut["W_E"][(token * width)..]);
            for (int i = 0; i < width; i++)
            {
                cut["W_U"][(i * config.VocabularySize) + token] = weights["W_U"][(i * weights.Config.VocabularySize) + original];
            }
        }

        return cut;
    }

    private static long[] EveryFourth(long[] epochs) => [.. epochs.Where((_, index) => index % 4 == (epochs.Length - 1) % 4)];
}
