using GrokVerify.Engines;
using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Buffers;

/// <summary>What every part of a step works with: the run, its weights and their gradient, the train pairs, and everything between.</summary>
/// <param name="config">The run.</param>
/// <param name="model">The network that the engine computes: the run's, or one with a zero MLP in the place of none.</param>
/// <param name="memory">Where the buffers lie.</param>
/// <param name="train">The train pairs, ascending.</param>
/// <param name="timer">Told of every product.</param>
/// <param name="panelsPerJob">How many panels of a matrix make a job where a job may have several.</param>
internal sealed class StepContext(TrainingConfig config, TransformerConfig model, MatrixMemory memory, PairBatch train, ProductTimer timer, int panelsPerJob)
{
    public TrainingConfig Config => config;

    public TransformerConfig Model => model;

    public MatrixMemory Memory => memory;

    /// <summary>Steps done before the present one.</summary>
    public long Epoch { get; set; }

    public ParameterPanels Weights { get; } = new(memory, model);

    public ParameterPanels Gradient { get; } = new(memory, model);

    /// <summary>AdamW's m.</summary>
    public ParameterPanels FirstMoment { get; } = new(memory, model);

    /// <summary>AdamW's v.</summary>
    public ParameterPanels SecondMoment { get; } = new(memory, model);

    /// <summary>Grokfast's mu; null where the run has none.</summary>
    public ParameterPanels? GradientMean { get; } = config.Grokfast is null ? null : new(memory, model);

    /// <summary>Whether there is one already: it begins with the first gradient.</summary>
    public bool HasGradientMean { get; set; }

    /// <summary>[train pairs, classes]: a teacher's probabilities, which are trained on in place of labels; null for labels.</summary>
    public double[]? Targets { get; init; }

    public Workspace Work { get; } = new(memory, model, train.Count);

    /// <summary>The products of a step.</summary>
    public StepPlan Plan => field ??= new(Weights, Gradient, Work, model);

    /// <summary>
    /// The logits of the classes, [pairs, classes]: p is odd, so that p classes lie on as many panels as p + 1, and a logit of "=" that is no class is part of what fills up the last one.
    /// </summary>
    public PanelMatrix Logits => Work.Logits.FromPanel(0, config.Classes);

    public PairBatch Train => train;

    public ProductTimer Timer => timer;

    public int PanelsPerJob => panelsPerJob;
}
