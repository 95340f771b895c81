using GrokVerify.Model;

namespace GrokVerify.Exact;

/// <summary>
/// Everything a step computes between weights and gradient; allocated once. Table rows: token a at position 0 is row a,
/// token b at position 1 is row p + b, "=" at position 2 is row 2p, called e.
/// </summary>
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
        int rows = (2 * config.Prime) + 1;
        int pairs = Math.Max(trainPairs, 8 * BlockPairs);
        Capacity = pairs;
        Blocks = (trainPairs + BlockPairs - 1) / BlockPairs;
        EqualsRow = 2 * config.Prime;

        W_U = memory.Matrix(d, v);
        W_inT = memory.Matrix(m, d);
        W_Ot = memory.Matrix(d, d);
        W_outT = memory.Matrix(d, m);
        W_Vt = memory.Matrix(d, d);
        Inputs = memory.Matrix(rows, d);
        Readout = memory.Matrix(1, d);
        Query = memory.Matrix(1, d);
        QueryByHead = memory.Matrix(config.Heads, d);
        HeadByQuery = memory.Matrix(d, config.Heads);
        KeyQuery = memory.Matrix(config.Heads, d);
        KeyQueryT = memory.Matrix(d, config.Heads);
        Scores = memory.Matrix(rows, config.Heads);
        Values = memory.Matrix(rows, d);
        M1 = memory.Matrix(d, m);
        M1t = memory.Matrix(m, d);
        M2 = memory.Matrix(d, v);
        M2t = memory.Matrix(v, d);
        M3 = memory.Matrix(m, v);
        M3t = memory.Matrix(v, m);
        HiddenBias = memory.Matrix(1, m);
        LogitBias = memory.Matrix(1, v);

        nint patterns = (nint)pairs * config.Heads;
        PatternA = memory.Take(patterns);
        PatternB = memory.Take(patterns);
        PatternEquals = memory.Take(patterns);
        ScoreA = memory.Take(patterns);
        ScoreB = memory.Take(patterns);
        ScoreEquals = memory.Take(patterns);
        Z = memory.Matrix(pairs, d);
        Hidden = memory.Matrix(pairs, m);
        Logits = memory.Matrix(pairs, v);
        HiddenGradient = memory.Matrix(pairs, m);
        ZGradient = memory.Matrix(pairs, d);

        HiddenSums = new BlockSums(memory, Blocks, m);
        LogitSums = new BlockSums(memory, Blocks, v);
        EqualsSums = new BlockSums(memory, Blocks, d);
        EqualsScoreSums = new BlockSums(memory, Blocks, config.Heads);
        HiddenSum = memory.Matrix(1, m);
        LogitSum = memory.Matrix(1, v);
        M1Gradient = memory.Matrix(d, m);
        M2tGradient = memory.Matrix(v, d);
        M3tGradient = memory.Matrix(v, m);
        ScoreGradient = memory.Matrix(rows, config.Heads);
        ValueGradient = memory.Matrix(rows, d);
        InputGradient = memory.Matrix(rows, d);
        KeyQueryGradient = memory.Matrix(config.Heads, d);
        QueryGradients = memory.Matrix(config.Heads, d);
        QueryGradient = memory.Matrix(1, d);
        QueryGradientColumn = memory.Matrix(d, 1);
        QueryInputGradient = memory.Matrix(d, 1);
        HiddenInputGradient = memory.Matrix(1, d);
    }

    /// <summary>Pairs that fit into the activations.</summary>
    public int Capacity { get; }

    /// <summary>Blocks of train pairs.</summary>
    public int Blocks { get; }

    public int EqualsRow { get; }

    public PanelMatrix W_U { get; } // [d_model, d_vocab]

    public PanelMatrix W_inT { get; } // [d_mlp, d_model]

    public PanelMatrix W_Ot { get; } // [d_model, heads d_head]

    public PanelMatrix W_outT { get; } // [d_model, d_mlp]

    public PanelMatrix W_Vt { get; } // [heads d_head, d_model]

    public PanelMatrix Inputs { get; } // [2p + 1, d_model]

    public PanelMatrix Readout { get; } // [1, d_model]: e + b_out

    public PanelMatrix Query { get; } // [1, heads d_head]: e W_Q

    public PanelMatrix QueryByHead { get; } // [heads, heads d_head]: block-diagonal, q / sqrt(d_head)

    public PanelMatrix HeadByQuery { get; } // its transpose

    public PanelMatrix KeyQuery { get; } // [heads, d_model]: W_K q / sqrt(d_head)

    public PanelMatrix KeyQueryT { get; } // [d_model, heads]

    public PanelMatrix Scores { get; } // [2p + 1, heads]

    public PanelMatrix Values { get; } // [2p + 1, heads d_head]

    public PanelMatrix M1 { get; } // [d_model, d_mlp]: W_O W_in

    public PanelMatrix M1t { get; } // [d_mlp, d_model]

    public PanelMatrix M2 { get; } // [d_model, d_vocab]: W_O W_U

    public PanelMatrix M2t { get; } // [d_vocab, d_model]

    public PanelMatrix M3 { get; } // [d_mlp, d_vocab]: W_out W_U

    public PanelMatrix M3t { get; } // [d_vocab, d_mlp]

    public PanelMatrix HiddenBias { get; } // [1, d_mlp]: e W_in + b_in

    public PanelMatrix LogitBias { get; } // [1, d_vocab]: (e + b_out) W_U

    public float* PatternA { get; } // [pairs, heads]

    public float* PatternB { get; } // [pairs, heads]

    public float* PatternEquals { get; } // [pairs, heads]

    public float* ScoreA { get; } // [pairs, heads]; after the backward pass its gradient

    public float* ScoreB { get; } // [pairs, heads]; after the backward pass its gradient

    public float* ScoreEquals { get; } // [pairs, heads]; after the backward pass its gradient

    public PanelMatrix Z { get; } // [pairs, heads d_head]

    public PanelMatrix Hidden { get; } // [pairs, d_mlp]

    public PanelMatrix Logits { get; } // [pairs, d_vocab]; after the loss its gradient

    public PanelMatrix HiddenGradient { get; } // [pairs, d_mlp]

    public PanelMatrix ZGradient { get; } // [pairs, heads d_head]

    public BlockSums HiddenSums { get; } // [blocks, d_mlp]

    public BlockSums LogitSums { get; } // [blocks, d_vocab]

    public BlockSums EqualsSums { get; } // [blocks, heads d_head]

    public BlockSums EqualsScoreSums { get; } // [blocks, heads]

    public PanelMatrix HiddenSum { get; } // [1, d_mlp]

    public PanelMatrix LogitSum { get; } // [1, d_vocab]

    public PanelMatrix M1Gradient { get; } // [d_model, d_mlp]

    public PanelMatrix M2tGradient { get; } // [d_vocab, d_model]

    public PanelMatrix M3tGradient { get; } // [d_vocab, d_mlp]

    public PanelMatrix ScoreGradient { get; } // [2p + 1, heads]

    public PanelMatrix ValueGradient { get; } // [2p + 1, heads d_head]

    public PanelMatrix InputGradient { get; } // [2p + 1, d_model]

    public PanelMatrix KeyQueryGradient { get; } // [heads, d_model], before the factor 1 / sqrt(d_head)

    public PanelMatrix QueryGradients { get; } // [heads, heads d_head], of which the diagonal blocks count

    public PanelMatrix QueryGradient { get; } // [1, heads d_head]

    public PanelMatrix QueryGradientColumn { get; } // [heads d_head, 1]

    public PanelMatrix QueryInputGradient { get; } // [d_model, 1]: what e receives through the query

    public PanelMatrix HiddenInputGradient { get; } // [1, d_model]: what e receives through the MLP
}
