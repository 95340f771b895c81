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
internal sealed unsafe class Workspace
{
    /// <summary>
    /// Pairs of a block: what is summed over pairs outside a product is summed within each block, pairs ascending, then over the blocks, ascending.
    /// Part of the definition of the result: another number is another rounding.
    /// </summary>
    public const int BlockPairs = 96;

    public Workspace(PinnedMemory memory, TransformerConfig config, int trainPairs)
    {
        int d = config.DModel;
        int m = config.DMlp;
        int v = config.VocabularySize;
        int padded = ParameterPanels.PaddedHeads(config);
        int rows = 2 * config.Prime;
        int hiddenPanels = PanelMatrix.PanelCount(m);
        int outputs = (hiddenPanels * PanelMatrix.Width) + v;
        int pairs = Math.Max(trainPairs, 8 * BlockPairs);
        Capacity = pairs;
        Blocks = (trainPairs + BlockPairs - 1) / BlockPairs;
        Heads = config.Heads;
        TableRows = rows;

        W_U = memory.Matrix(d, v);
        W_inT = memory.Matrix(m, d);
        W_Ot = memory.Matrix(d, padded);
        W_outT = memory.Matrix(d, m);
        W_Vt = memory.Matrix(padded, d);
        Inputs = memory.Matrix(rows, d);
        EqualsInput = memory.Matrix(1, d);
        Readout = memory.Matrix(1, d);
        Query = memory.Matrix(1, d);
        QueryByHead = memory.Matrix(config.Heads, d);
        HeadByQuery = memory.Matrix(d, config.Heads);
        KeyQuery = memory.Matrix(config.Heads, d);
        KeyQueryT = memory.Matrix(d, config.Heads);
        Scores = memory.Matrix(rows, config.Heads);
        Values = memory.Matrix(rows, padded);
        EqualsValues = memory.Matrix(1, padded);
        AttentionToOutputs = memory.Matrix(d, outputs);
        AttentionToMlp = AttentionToOutputs.FromPanel(0, m);
        AttentionToLogits = AttentionToOutputs.FromPanel(hiddenPanels, v);
        AttentionToOutputsT = memory.Matrix(outputs, padded);
        AttentionToMlpT = AttentionToOutputsT.FromRow(0, m);
        AttentionToLogitsT = AttentionToOutputsT.FromRow(outputs - v, v);
        MlpToLogits = memory.Matrix(m, v);
        MlpToLogitsT = memory.Matrix(v, m);
        OutputBias = memory.Matrix(1, outputs);
        HiddenBias = OutputBias.FromPanel(0, m);
        LogitBias = OutputBias.FromPanel(hiddenPanels, v);
        TokenTable = memory.Matrix(config.Heads * rows, outputs);
        HiddenTable = TokenTable.FromPanel(0, m);
        LogitTable = TokenTable.FromPanel(hiddenPanels, v);

        nint patterns = (nint)pairs * config.Heads;
        PatternA = memory.Take(patterns);
        PatternB = memory.Take(patterns);
        ScoreA = memory.Take(patterns);
        ScoreB = memory.Take(patterns);
        Hidden = memory.Matrix(pairs, m);
        Active = new ActiveNeurons(memory, m, pairs);
        OutputGradient = memory.Matrix(pairs, outputs);
        HiddenGradient = OutputGradient.FromPanel(0, m);
        Logits = OutputGradient.FromPanel(hiddenPanels, v);

        HiddenSums = new BlockSums(memory, Blocks, m);
        LogitSums = new BlockSums(memory, Blocks, v);
        OutputSum = memory.Matrix(1, outputs);
        HiddenSum = OutputSum.FromPanel(0, m);
        LogitSum = OutputSum.FromPanel(hiddenPanels, v);
        TokenTableGradient = memory.Matrix(config.Heads * rows, outputs);
        AttentionToOutputsGradient = memory.Matrix(d, outputs);
        AttentionToMlpGradient = AttentionToOutputsGradient.FromPanel(0, m);
        AttentionToLogitsGradient = AttentionToOutputsGradient.FromPanel(hiddenPanels, v);
        MlpToLogitsGradient = memory.Matrix(m, v);
        ScoreGradient = memory.Matrix(rows, config.Heads);
        ValueGradient = memory.Matrix(rows, padded);
        EqualsValueGradient = memory.Matrix(1, padded);
        InputGradient = memory.Matrix(rows, d);
        KeyQueryGradient = memory.Matrix(config.Heads, d);
        QueryGradients = memory.Matrix(config.Heads, d);
        QueryGradient = memory.Matrix(1, d);
        QueryGradientColumn = memory.Matrix(d, 1);
        QueryInputGradient = memory.Matrix(d, 1);
        HiddenInputGradient = memory.Matrix(1, d);
        ValueInputGradient = memory.Matrix(1, d);
    }

    /// <summary>Pairs that fit into the activations.</summary>
    public int Capacity { get; }

    /// <summary>Blocks of train pairs.</summary>
    public int Blocks { get; }

    public int Heads { get; }

    /// <summary>Rows of a token table for one head: 2p.</summary>
    public int TableRows { get; }

    public PanelMatrix W_U { get; } // [d_model, d_vocab]

    public PanelMatrix W_inT { get; } // [d_mlp, d_model]

    public PanelMatrix W_Ot { get; } // [d_model, heads padded d_head]: each head on panels of its own

    public PanelMatrix W_outT { get; } // [d_model, d_mlp]

    public PanelMatrix W_Vt { get; } // [heads padded d_head, d_model]

    public PanelMatrix Inputs { get; } // [2p, d_model]: token and position, minus e

    public PanelMatrix EqualsInput { get; } // [1, d_model]: e

    public PanelMatrix Readout { get; } // [1, d_model]: e + b_out

    public PanelMatrix Query { get; } // [1, heads d_head]: e W_Q

    public PanelMatrix QueryByHead { get; } // [heads, heads d_head]: block-diagonal, q / sqrt(d_head)

    public PanelMatrix HeadByQuery { get; } // its transpose

    public PanelMatrix KeyQuery { get; } // [heads, d_model]: W_K q / sqrt(d_head)

    public PanelMatrix KeyQueryT { get; } // [d_model, heads]

    public PanelMatrix Scores { get; } // [2p, heads]

    public PanelMatrix Values { get; } // [2p, heads padded d_head]

    public PanelMatrix EqualsValues { get; } // [1, heads padded d_head]: e W_V

    public PanelMatrix AttentionToOutputs { get; } // [heads d_head, outputs]: W_O times W_in and W_U side by side

    public PanelMatrix AttentionToMlp { get; } // [heads d_head, d_mlp] of it: W_O W_in

    public PanelMatrix AttentionToLogits { get; } // [heads d_head, d_vocab] of it: W_O W_U

    public PanelMatrix AttentionToOutputsT { get; } // [outputs, heads padded d_head]

    public PanelMatrix AttentionToMlpT { get; } // [d_mlp, heads padded d_head] of it

    public PanelMatrix AttentionToLogitsT { get; } // [d_vocab, heads padded d_head] of it

    public PanelMatrix MlpToLogits { get; } // [d_mlp, d_vocab]: W_out W_U

    public PanelMatrix MlpToLogitsT { get; } // [d_vocab, d_mlp]

    public PanelMatrix OutputBias { get; } // [1, outputs]: what a pair receives when it attends to "=" alone

    public PanelMatrix HiddenBias { get; } // [1, d_mlp] of it: e W_in + b_in + e W_V W_O W_in

    public PanelMatrix LogitBias { get; } // [1, d_vocab] of it: (e + b_out) W_U + e W_V W_O W_U

    public PanelMatrix TokenTable { get; } // [heads 2p, outputs]: x W_V W_O times W_in and W_U

    public PanelMatrix HiddenTable { get; } // [heads 2p, d_mlp] of it

    public PanelMatrix LogitTable { get; } // [heads 2p, d_vocab] of it

    public float* PatternA { get; } // [pairs, heads]

    public float* PatternB { get; } // [pairs, heads]

    public float* ScoreA { get; } // [pairs, heads]; in the backward pass the pattern's gradient, then that of the score

    public float* ScoreB { get; } // [pairs, heads]; likewise

    public PanelMatrix Hidden { get; } // [pairs, d_mlp]

    public ActiveNeurons Active { get; } // of Hidden

    public PanelMatrix OutputGradient { get; } // [pairs, outputs]

    public PanelMatrix HiddenGradient { get; } // [pairs, d_mlp] of it

    public PanelMatrix Logits { get; } // [pairs, d_vocab] of it; the gradient takes the place of the logits

    public BlockSums HiddenSums { get; } // [blocks, d_mlp]

    public BlockSums LogitSums { get; } // [blocks, d_vocab]

    public PanelMatrix OutputSum { get; } // [1, outputs]: the sum of the output gradient over the pairs

    public PanelMatrix HiddenSum { get; } // [1, d_mlp] of it

    public PanelMatrix LogitSum { get; } // [1, d_vocab] of it

    public PanelMatrix TokenTableGradient { get; } // [heads 2p, outputs]

    public PanelMatrix AttentionToOutputsGradient { get; } // [heads d_head, outputs]

    public PanelMatrix AttentionToMlpGradient { get; } // [heads d_head, d_mlp] of it

    public PanelMatrix AttentionToLogitsGradient { get; } // [heads d_head, d_vocab] of it

    public PanelMatrix MlpToLogitsGradient { get; } // [d_mlp, d_vocab]

    public PanelMatrix ScoreGradient { get; } // [2p, heads]

    public PanelMatrix ValueGradient { get; } // [2p, heads padded d_head]

    public PanelMatrix EqualsValueGradient { get; } // [1, heads padded d_head]

    public PanelMatrix InputGradient { get; } // [2p, d_model]

    public PanelMatrix KeyQueryGradient { get; } // [heads, d_model], before the factor 1 / sqrt(d_head)

    public PanelMatrix QueryGradients { get; } // [heads, heads d_head], of which the diagonal blocks count

    public PanelMatrix QueryGradient { get; } // [1, heads d_head]

    public PanelMatrix QueryGradientColumn { get; } // [heads d_head, 1]

    public PanelMatrix QueryInputGradient { get; } // [d_model, 1]: what e receives through the query

    public PanelMatrix HiddenInputGradient { get; } // [1, d_model]: what e receives through the MLP

    public PanelMatrix ValueInputGradient { get; } // [1, d_model]: what e receives through its value

    /// <summary>A head's columns of a matrix with padded heads.</summary>
    public static PanelMatrix Head(PanelMatrix matrix, int head, TransformerConfig config) =>
        matrix.FromPanel(head * PanelMatrix.PanelCount(config.DHead), config.DHead);

    /// <summary>A head's rows of a matrix of heads d_head rows.</summary>
    public static PanelMatrix HeadRows(PanelMatrix matrix, int head, TransformerConfig config) => matrix.FromRow(head * config.DHead, config.DHead);

    /// <summary>Operations of a product with some hidden activations that skips those that are zero.</summary>
    public double ActiveFlops(int firstPanel, int endPanel, int firstPair, int pairs) => 2.0 * Active.Count(firstPanel, endPanel, firstPair, pairs) * Logits.Columns;

    /// <summary>A head's rows of a token table.</summary>
    public PanelMatrix HeadTable(PanelMatrix table, int head) => table.FromRow(head * TableRows, TableRows);
}
