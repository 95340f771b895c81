using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Optimizer;
using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>How the memory of one network is laid out: everything that the exact engine keeps for a run.</summary>
internal sealed unsafe class NetworkLayout
{
    private readonly PlannedMemory _memory = new();

    /// <param name="network">The network's shape; it has an MLP.</param>
    /// <param name="capacity">Train pairs that there is room for.</param>
    /// <param name="hasFrequencyDecay">Whether some frequencies have a weight decay of their own.</param>
    public NetworkLayout(TransformerConfig network, int capacity, bool hasFrequencyDecay)
    {
        Network = network;
        Capacity = capacity;
        Weights = new ParameterPanels(_memory, network);
        FirstMoment = new ParameterPanels(_memory, network);
        SecondMoment = new ParameterPanels(_memory, network);
        Gradient = new ParameterPanels(_memory, network);
        Work = new Workspace(_memory, network, capacity);
        Plan = new StepPlan(Weights, Gradient, Work, network);
        Frequencies = hasFrequencyDecay ? new FrequencyProjection(_memory, Weights, network) : null;
        Train = new PairArrays(0, capacity);
        Evaluated = new PairArrays(Train.End, Work.Capacity);
        Groups = Evaluated.End;
        Members = Groups + Work.TableRows + 1;
        Integers = Members + (2 * capacity);
    }

    public TransformerConfig Network { get; }

    /// <summary>Train pairs that there is room for.</summary>
    public int Capacity { get; }

    public ParameterPanels Weights { get; }

    public ParameterPanels FirstMoment { get; }

    public ParameterPanels SecondMoment { get; }

    public ParameterPanels Gradient { get; }

    public Workspace Work { get; }

    public StepPlan Plan { get; }

    public FrequencyProjection? Frequencies { get; }

    public PairArrays Train { get; }

    public PairArrays Evaluated { get; }

    /// <summary>[pairs, heads]: the pattern of a.</summary>
    public int PatternA => GpuMatrix.Place(Work.PatternA);

    /// <summary>[pairs, heads]: the pattern of b.</summary>
    public int PatternB => GpuMatrix.Place(Work.PatternB);

    /// <summary>[pairs, heads]: the gradient of the score of a.</summary>
    public int ScoreA => GpuMatrix.Place(Work.ScoreA);

    /// <summary>[pairs, heads]: the gradient of the score of b.</summary>
    public int ScoreB => GpuMatrix.Place(Work.ScoreB);

    /// <summary>For each token the place of its first pair among <see cref="Members"/>, and one more.</summary>
    public int Groups { get; }

    /// <summary>The pairs that hold each token, ascending.</summary>
    public int Members { get; }

    /// <summary>Floats of a network.</summary>
    public int Floats => _memory.Count;

    /// <summary>Integers of a network.</summary>
    public int Integers { get; }

    /// <summary>Multiplications and additions of the products of a step; those with zeros count.</summary>
    public double Flops(int trainPairs)
    {
        Product[] ofPairs = [Plan.Logits.ForRows(0, trainPairs), Plan.HiddenGradient.ForRows(0, trainPairs)];
        Product[][] others =
        [
            [Plan.Query, Plan.KeyQuery], .. Plan.OfWeights, Plan.TokenTables, Plan.OutputBias, Plan.ValueGradients, .. Plan.AttentionToOutputsGradients, [Plan.EqualsValueGradient],
            [Plan.KeyQueryGradient, Plan.QueryGradients, Plan.KeyGradient, Plan.QueryWeightGradient, Plan.QueryInputGradient], .. Plan.WeightGradients,
        ];
        Product sum = Plan.MlpToLogitsGradient;
        return ofPairs.Sum(product => product.Flops) + (2.0 * sum.Rows * trainPairs * sum.Result.Columns) + others.SelectMany(chain => chain).Sum(product => product.Flops);
    }
}
