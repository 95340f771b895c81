using GrokVerify.Exact.Products;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Buffers;

/// <summary>What every part of a step works with: the run, its weights and their gradient, the train pairs, and everything between.</summary>
/// <param name="config">The run.</param>
/// <param name="memory">Where the buffers lie.</param>
/// <param name="train">The train pairs, ascending.</param>
/// <param name="timer">Told of every product.</param>
/// <param name="panelsPerJob">How many panels of a matrix make a job where a job may have several.</param>
internal sealed class StepContext(TrainingConfig config, PinnedMemory memory, PairBatch train, ProductTimer timer, int panelsPerJob)
{
    public TrainingConfig Config => config;

    /// <summary>Steps done before the present one.</summary>
    public long Epoch { get; set; }

    public ParameterPanels Weights { get; } = new(memory, config.Model);

    public ParameterPanels Gradient { get; } = new(memory, config.Model);

    /// <summary>AdamW's m.</summary>
    public ParameterPanels FirstMoment { get; } = new(memory, config.Model);

    /// <summary>AdamW's v.</summary>
    public ParameterPanels SecondMoment { get; } = new(memory, config.Model);

    public Workspace Work { get; } = new(memory, config.Model, train.Count);

    public PairBatch Train => train;

    public ProductTimer Timer => timer;

    public int PanelsPerJob => panelsPerJob;
}
