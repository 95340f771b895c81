using GrokVerify.Engines;
using GrokVerify.Fourier;

namespace GrokVerify.Architectures;

/// <summary>One layer, with the MLP or with the MLP cut, on any engine of the paper's network.</summary>
internal sealed class OneLayerTraining : ITrialTraining
{
    private readonly TrainingConfig _config;
    private readonly ITrainingEngine _engine;

    public OneLayerTraining(ArchitectureTrial trial, ITrainingEngineFactory factory)
    {
        _config = trial.Config;
        TrainingState start = trial.Architecture == Architecture.AttentionOnly ? CutMlp.Initial(_config) : TrainingState.Initial(_config);
        _engine = factory.Create(_config, start);
    }

    public long Epoch => _engine.Epoch;

    public void Step() => _engine.Step();

    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs) => _engine.Evaluate(pairs);

    public PairLogits Logits() => Spectra().Logits;

    public HeadFrequencies Heads() => HeadFrequencies.Of(Spectra().Attention);

    public void Dispose() => _engine.Dispose();

    private NetworkSpectra Spectra() => new(_engine.Capture().Weights, _config.CreateTask());
}
