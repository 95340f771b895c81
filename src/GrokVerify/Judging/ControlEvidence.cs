using GrokVerify.Fourier;
using GrokVerify.Loop;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Judging;

/// <summary>The evidence of controls that only judge the mainline otherwise: made from its run, on every fourth checkpoint.</summary>
internal static class ControlEvidence
{
    private const int SmallerPrime = 109;
    private const long MemorizedEpoch = 1_000;

    public static RunEvidence Measure(Control control, JudgedRun mainline, CancellationToken cancellation)
    {
        TrainingRun run = mainline.Run;
        long[] epochs = EveryFourth([.. mainline.Evidence.Curve.Points.Select(point => point.Epoch)]);
        return control switch
        {
            Control.Untrained => RunEvidence.Measure(run, [0], cancellation: cancellation),
            Control.OtherFrequencies => RunEvidence.Measure(run, epochs, keys: Neighbours, cancellation: cancellation),
            Control.OtherPrime => WithoutLog(
                epochs, epoch => Cut(run.ReadCheckpoint(epoch).Weights), new ModularTask(SmallerPrime), new PairSplit(SmallerPrime, run.Config.TrainFraction, run.Config.Seed), cancellation),
            Control.HalvesExchanged => WithoutLog(
                epochs, epoch => run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit().Exchanged(), cancellation),
            Control.RandomNeurons => WithoutLog(
                epochs, epoch => epoch == epochs[^1] ? WithRandomNeurons(run.ReadCheckpoint(epoch).Weights) : run.ReadCheckpoint(epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit(), cancellation),
            Control.MemorizedAtTheEnd => WithoutLog(
                epochs, epoch => run.ReadCheckpoint(epoch == epochs[^1] ? MemorizedEpoch : epoch).Weights, run.Config.CreateTask(), run.Config.CreateSplit(), cancellation),
            _ => throw new ArgumentOutOfRangeException(nameof(control), control, "it is a training of its own"),
        };
    }

    /// <summary>Evidence whose losses are those of the checkpoints as they are measured now, not those that were logged.</summary>
    private static RunEvidence WithoutLog(long[] epochs, Func<long, TransformerWeights> load, ModularTask task, PairSplit split, CancellationToken cancellation)
    {
        var last = new NetworkSpectra(load(epochs[^1]), task);
        var curve = MeasureCurve.Measure(epochs, load, last, last.KeyFrequencies, split, progress: null, cancellation);
        return new RunEvidence([.. curve.Points.Select(Row)], curve, last);
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

    private static TransformerWeights WithRandomNeurons(TransformerWeights weights)
    {
        var random = new TransformerWeights(weights.Config, [.. weights.Values]);
        var numbers = new TorchRandom(0);
        int width = weights.Config.DModel;
        int neurons = weights.Config.DMlp;
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            Turn(random["W_in"], neuron, neurons);
            Turn(random["W_out"], neuron * width, 1);
        }

        return random;

        void Turn(Span<float> values, int first, int step)
        {
            double[] direction = numbers.Normal(width);
            double square = 0;
            for (int i = 0; i < width; i++)
            {
                square += (double)values[first + (i * step)] * values[first + (i * step)];
            }

            double scale = Math.Sqrt(square / direction.Sum(value => value * value));
            for (int i = 0; i < width; i++)
            {
                values[first + (i * step)] = (float)(scale * direction[i]);
            }
        }
    }

    private static long[] EveryFourth(long[] epochs) => [.. epochs.Where((_, index) => index % 4 == (epochs.Length - 1) % 4)];
}
