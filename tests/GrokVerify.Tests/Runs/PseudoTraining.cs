using System.Reflection;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Runs;

/// <summary>
/// A training that needs no network and no library: AdamW pulls every weight towards a fixed target, and the loss is the mean squared
/// distance from it. It is deterministic, has optimiser state, and "groks" after a few hundred epochs, so run folders can be tested on it.
/// </summary>
internal sealed class PseudoTraining : ITrainingEngineFactory
{
    public static TrainingConfig Config { get; } = new() { Model = new TransformerConfig { Prime = 5, DModel = 4, Heads = 2, DMlp = 8 } };

    public static TrainingSchedule Schedule { get; } = new() { Epochs = 200, LogEvery = 5, CheckpointEvery = 20 };

    public string EngineName { get; init; } = "pseudo";

    public IReadOnlyList<Assembly> TrainingAssemblies { get; init; } = [typeof(PseudoTraining).Assembly];

    public IReadOnlyDictionary<string, string> LibraryVersions { get; init; } = new Dictionary<string, string>();

    /// <summary>Called before each step with the epoch it starts from.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <summary>Called before each engine is made.</summary>
    public Action? BeforeMaking { get; init; }

    public int EnginesMade { get; private set; }

    public ITrainingEngine Create(TrainingConfig config, TrainingState start)
    {
        BeforeMaking?.Invoke();
        EnginesMade++;
        return new Engine(config, start, BeforeStep);
    }

    private sealed class Engine(TrainingConfig config, TrainingState start, Action<long>? beforeStep) : ITrainingEngine
    {
        private readonly float[] _weights = [.. start.Weights.Values];
        private readonly float[] _first = [.. start.FirstMoment ?? throw new ArgumentException("no optimiser state")];
        private readonly float[] _second = [.. start.SecondMoment ?? throw new ArgumentException("no optimiser state")];

        public string Name => "pseudo";

        public PairSplit Split { get; } = config.CreateSplit();

        public long Epoch { get; private set; } = start.Epoch;

        public void Step()
        {
            beforeStep?.Invoke(Epoch);
            float rate = (float)(10 * config.LearningRateAt(Epoch));
            for (int i = 0; i < _weights.Length; i++)
            {
                float gradient = _weights[i] - Target(i);
                _first[i] = (0.9f * _first[i]) + (0.1f * gradient);
                _second[i] = (0.98f * _second[i]) + (0.02f * gradient * gradient);
                _weights[i] -= rate * _first[i] / (MathF.Sqrt(_second[i]) + 1e-3f);
            }

            Epoch++;
        }

        public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
        {
            double sum = 0;
            for (int i = 0; i < _weights.Length; i++)
            {
                double distance = _weights[i] - Target(i);
                sum += distance * distance;
            }

            double loss = sum / _weights.Length * (1 + (1.0 / pairs.Length));
            return new LossAndAccuracy(loss, 1 / (1 + loss));
        }

        public TrainingState Capture() =>
            new(Epoch, new TransformerWeights(config.Model, [.. _weights]), [.. _first], [.. _second]);

        public void Dispose()
        {
        }

        private static float Target(int i) => (i % 7) - 3;
    }
}
