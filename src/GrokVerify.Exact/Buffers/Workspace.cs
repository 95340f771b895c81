using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Buffers;

/// <summary>
/// Everything a step computes between weights and gradient; allocated once. Where rows are tokens, token a at position 0 is row a and token b at position 1 is
/// row p + b. "=" at position 2 is called e; inputs, scores and values are relative to it.
/// </summary>
/// <remarks>
/// outputs: the d_mlp inputs of the MLP and the d_vocab logits side by side, each on panels of their own: what attention adds to. A token table has a row for each head and
/// token: what the head adds to the outputs when it attends to that token alone, instead of to "=".
/// </remarks>
internal sealed unsafe class Workspace(MatrixMemory memory, TransformerConfig config, int trainPairs)
{
    /// <summary>
    /// Pairs of a block: what is summed over pairs outside a product is summed within each block, pairs ascending, then over the blocks, ascending.
    /// Part of the definition of the result: another number is another rounding.
    /// </summary>
    public const int BlockPairs = 96;

    /// <summary>Pairs that fit into the activations.</summary>
    public int Capacity { get; } = Room(trainPairs);

    /// <summary>Blocks of train pairs.</summary>
    public int Blocks { get; } = BlockCount(trainPairs);

    public int Heads => config.Heads;

    /// <summary>Rows of a token table for one head: 2p.</summary>
    public int TableRows => 2 * config.Prime;

    public PanelMatrix W_U { get; } = memory.Matrix(config.DModel, config.VocabularySize); // [d_model, d_vocab]

    public PanelMatrix W_inT { get; } = memory.Matrix(config.DMlp, config.DModel); // [d_mlp, d_model]

    public PanelMatrix W_Ot { get; } = memory.Matrix(config.DModel, ParameterPanels.PaddedHeads(config)); // [d_model, heads padded d_head]: each head on panels of its own

    public PanelMatrix W_outT { get; } = memory.Matrix(config.DModel, config.DMlp); // [d_model, d_mlp]

    public PanelMatrix W_Vt { get; } = memory.Matrix(ParameterPanels.PaddedHeads(config), config.DModel); // [heads padded d_head, d_model]

    public PanelMatrix Inputs { get; } = memory.Matrix(2 * config.Prime, config.DModel); // [2p, d_model]: token and position, minus e

    public PanelMatrix EqualsInput { get; } = memory.Matrix(1, config.DModel); // [1, d_model]: e

    public PanelMatrix Readout { get; } = memory.Matrix(1, config.DModel); // [1, d_model]: e + b_out

    public PanelMatrix Query { get; } = memory.Matrix(1, config.DModel); // [1, heads d_head]: e W_Q

    public PanelMatrix QueryByHead { get; } = memory.Matrix(config.Heads, config.DModel); // [heads, heads d_head]: block-diagonal, q / sqrt(d_head)

    public PanelMatrix HeadByQuery { get; } = memory.Matrix(config.DModel, config.Heads); // its transpose

    public PanelMatrix KeyQuery { get; } = memory.Matrix(config.Heads, config.DModel); // [heads, d_model]: W_K q / sqrt(d_head)

    public PanelMatrix KeyQueryT { get; } = memory.Matrix(config.DModel, config.Heads); // [d_model, heads]

    public PanelMatrix Scores { get; } = memory.Matrix(2 * config.Prime, config.Heads); // [2p, heads]

    public PanelMatrix Values { get; } = memory.Matrix(2 * config.Prime, ParameterPanels.PaddedHeads(config)); // [2p, heads padded d_head]

    public PanelMatrix EqualsValues { get; } = memory.Matrix(1, ParameterPanels.PaddedHeads(config)); // [1, heads padded d_head]: e W_V

    public PanelMatrix AttentionToOutputs { get; } = memory.Matrix(config.DModel, OutputColumns(config)); // [heads d_head, outputs]: W_O times W_in and W_U side by side

    public PanelMatrix AttentionToMlp => HiddenPart(AttentionToOutputs); // [heads d_head, d_mlp] of it: W_O W_in

    public PanelMatrix AttentionToLogits => LogitPart(AttentionToOutputs); // [heads d_head, d_vocab] of it: W_O W_U

    public PanelMatrix AttentionToOutputsT { get; } = memory.Matrix(OutputColumns(config), ParameterPanels.PaddedHeads(config)); // [outputs, heads padded d_head]

    public PanelMatrix AttentionToMlpT => AttentionToOutputsT.FromRow(0, config.DMlp); // [d_mlp, heads padded d_head] of it

    public PanelMatrix AttentionToLogitsT => AttentionToOutputsT.FromRow(LogitColumn(config), config.VocabularySize); // [d_vocab, heads padded d_head] of it

    public PanelMatrix MlpToLogits { get; } = memory.Matrix(config.DMlp, config.VocabularySize); // [d_mlp, d_vocab]: W_out W_U

    public PanelMatrix MlpToLogitsT { get; } = memory.Matrix(config.VocabularySize, config.DMlp); // [d_vocab, d_mlp]

    public PanelMatrix OutputBias { get; } = memory.Matrix(1, OutputColumns(config)); // [1, outputs]: what a pair receives when it attends to "=" alone

    public PanelMatrix HiddenBias => HiddenPart(OutputBias); // [1, d_mlp] of it: e W_in + b_in + e W_V W_O W_in

    public PanelMatrix LogitBias => LogitPart(OutputBias); // [1, d_vocab] of it: (e + b_out) W_U + e W_V W_O W_U

    public PanelMatrix TokenTable { get; } = memory.Matrix(config.Heads * 2 * config.Prime, OutputColumns(config)); // [heads 2p, outputs]: x W_V W_O times W_in and W_U

    public PanelMatrix HiddenTable => HiddenPart(TokenTable); // [heads 2p, d_mlp] of it

    public PanelMatrix LogitTable => LogitPart(TokenTable); // [heads 2p, d_vocab] of it

    public float* PatternA { get; } = memory.Take((nint)Room(trainPairs) * config.Heads); // [pairs, heads]

    public float* PatternB { get; } = memory.Take((nint)Room(trainPairs) * config.Heads); // [pairs, heads]

    public float* ScoreA { get; } = memory.Take((nint)Room(trainPairs) * config.Heads); // [pairs, heads]; in the backward pass the pattern's gradient, then that of the score

    public float* ScoreB { get; } = memory.Take((nint)Room(trainPairs) * config.Heads); // [pairs, heads]; likewise

    public PanelMatrix Hidden { get; } = memory.Matrix(Room(trainPairs), config.DMlp); // [pairs, d_mlp]

    public ActiveNeurons Active { get; } = new(memory, config.DMlp, Room(trainPairs)); // of Hidden

    public PanelMatrix OutputGradient { get; } = memory.Matrix(Room(trainPairs), OutputColumns(config)); // [pairs, outputs]

    public PanelMatrix HiddenGradient => HiddenPart(OutputGradient); // [pairs, d_mlp] of it

    public PanelMatrix Logits => LogitPart(OutputGradient); // [pairs, d_vocab] of it; the gradient takes the place of the logits

    public BlockSums HiddenSums { get; } = new(memory, BlockCount(trainPairs), config.DMlp); // [blocks, d_mlp]

    public BlockSums LogitSums { get; } = new(memory, BlockCount(trainPairs), config.VocabularySize); // [blocks, d_vocab]

    public PanelMatrix OutputSum { get; } = memory.Matrix(1, OutputColumns(config)); // [1, outputs]: the sum of the output gradient over the pairs

    public PanelMatrix HiddenSum => HiddenPart(OutputSum); // [1, d_mlp] of it

    public PanelMatrix LogitSum => LogitPart(OutputSum); // [1, d_vocab] of it

    public PanelMatrix TokenTableGradient { get; } = memory.Matrix(config.Heads * 2 * config.Prime, OutputColumns(config)); // [heads 2p, outputs]

    public PanelMatrix AttentionToOutputsGradient { get; } = memory.Matrix(config.DModel, OutputColumns(config)); // [heads d_head, outputs]

    public PanelMatrix AttentionToMlpGradient => HiddenPart(AttentionToOutputsGradient); // [heads d_head, d_mlp] of it

    public PanelMatrix AttentionToLogitsGradient => LogitPart(AttentionToOutputsGradient); // [heads d_head, d_vocab] of it

    public PanelMatrix MlpToLogitsGradient { get; } = memory.Matrix(config.DMlp, config.VocabularySize); // [d_mlp, d_vocab]

    public PanelMatrix ScoreGradient { get; } = memory.Matrix(2 * config.Prime, config.Heads); // [2p, heads]

    public PanelMatrix ValueGradient { get; } = memory.Matrix(2 * config.Prime, ParameterPanels.PaddedHeads(config)); // [2p, heads padded d_head]

    public PanelMatrix EqualsValueGradient { get; } = memory.Matrix(1, ParameterPanels.PaddedHeads(config)); // [1, heads padded d_head]

    public PanelMatrix InputGradient { get; } = memory.Matrix(2 * config.Prime, config.DModel); // [2p, d_model]

    public PanelMatrix KeyQueryGradient { get; } = memory.Matrix(config.Heads, config.DModel); // [heads, d_model], before the factor 1 / sqrt(d_head)

    public PanelMatrix QueryGradients { get; } = memory.Matrix(config.Heads, config.DModel); // [heads, heads d_head], of which the diagonal blocks count

    public PanelMatrix QueryGradient { get; } = memory.Matrix(1, config.DModel); // [1, heads d_head]

    public PanelMatrix QueryGradientColumn { get; } = memory.Matrix(config.DModel, 1); // [heads d_head, 1]

    public PanelMatrix QueryInputGradient { get; } = memory.Matrix(config.DModel, 1); // [d_model, 1]: what e receives through the query

    public PanelMatrix HiddenInputGradient { get; } = memory.Matrix(1, config.DModel); // [1, d_model]: what e receives through the MLP

    public PanelMatrix ValueInputGradient { get; } = memory.Matrix(1, config.DModel); // [1, d_model]: what e receives through its value

    /// <summary>A head's columns of a matrix with padded heads.</summary>
    public static PanelMatrix Head(PanelMatrix matrix, int head, TransformerConfig config) =>
        matrix.FromPanel(head * PanelMatrix.PanelCount(config.DHead), config.DHead);

    /// <summary>A head's rows of a matrix of heads d_head rows.</summary>
    public static PanelMatrix HeadRows(PanelMatrix matrix, int head, TransformerConfig config) => matrix.FromRow(head * config.DHead, config.DHead);

    /// <summary>Operations of a product with some hidden activations that skips those that are zero.</summary>
    public double ActiveFlops(int firstPanel, int endPanel, int firstPair, int pairs) => 2.0 * Active.Count(firstPanel, endPanel, firstPair, pairs) * Logits.Columns;

    /// <summary>A head's rows of a token table.</summary>
    public PanelMatrix HeadTable(PanelMatrix table, int head) => table.FromRow(head * TableRows, TableRows);

    private static int Room(int trainPairs) => Math.Max(trainPairs, 8 * BlockPairs);

    private static int BlockCount(int trainPairs) => (trainPairs + BlockPairs - 1) / BlockPairs;

    private static int LogitPanel(TransformerConfig config) => PanelMatrix.PanelCount(config.DMlp);

    private static int LogitColumn(TransformerConfig config) => LogitPanel(config) * PanelMatrix.Width;

    private static int OutputColumns(TransformerConfig config) => LogitColumn(config) + config.VocabularySize;

    private PanelMatrix HiddenPart(PanelMatrix outputs) => outputs.FromPanel(0, config.DMlp);

    private PanelMatrix LogitPart(PanelMatrix outputs) => outputs.FromPanel(LogitPanel(config), config.VocabularySize);
}
