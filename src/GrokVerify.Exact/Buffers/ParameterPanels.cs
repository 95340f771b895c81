using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Buffers;

/// <summary>
/// The eleven tensors as panel matrices, one behind the other: W_Q, W_K as [d_model, heads d_head],
/// W_V likewise with each head on panels of its own, W_O as [heads d_head, d_model],
/// W_U transposed as [d_vocab, d_model], the rest as <see cref="ParameterLayout"/> has them.
/// </summary>
/// <remarks>Parameters, gradient and both moments are laid out alike. What fills up the last panels starts at zero and stays zero.</remarks>
internal sealed unsafe class ParameterPanels
{
    private readonly float* _data;

    public ParameterPanels(MatrixMemory memory, TransformerConfig config)
    {
        int d = config.DModel;
        (int Rows, int Columns)[] shapes =
        [
            (config.VocabularySize, d), (TransformerConfig.ContextLength, d),
            (d, d), (d, d), (d, PaddedHeads(config)), (d, d), (d, config.DMlp), (1, config.DMlp), (config.DMlp, d), (1, d), (config.VocabularySize, d),
        ];
        Count = shapes.Aggregate((nint)0, (sum, shape) => sum + PanelMatrix.Size(shape.Rows, shape.Columns));
        _data = memory.Take(Count);
        float* next = _data;
        PanelMatrix[] matrices = new PanelMatrix[shapes.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            (int rows, int columns) = shapes[i];
            matrices[i] = new PanelMatrix(next, rows, columns, (nint)rows * PanelMatrix.Width);
            next += PanelMatrix.Size(rows, columns);
        }

        All = matrices;
        (W_E, W_pos, W_Q, W_K, W_V, W_O) = (matrices[0], matrices[1], matrices[2], matrices[3], matrices[4], matrices[5]);
        (W_in, B_in, W_out, B_out, W_Ut) = (matrices[6], matrices[7], matrices[8], matrices[9], matrices[10]);
    }

    /// <summary>Number of values, fill included.</summary>
    public nint Count { get; }

    public float* Data => _data;

    /// <summary>The eleven, as they lie.</summary>
    public IReadOnlyList<PanelMatrix> All { get; }

    public PanelMatrix W_E { get; } // [d_vocab, d_model]

    public PanelMatrix W_pos { get; } // [3, d_model]

    public PanelMatrix W_Q { get; } // [d_model, heads d_head]

    public PanelMatrix W_K { get; } // [d_model, heads d_head]

    public PanelMatrix W_V { get; } // [d_model, heads padded d_head]

    public PanelMatrix W_O { get; } // [heads d_head, d_model]

    public PanelMatrix W_in { get; } // [d_model, d_mlp]

    public PanelMatrix B_in { get; } // [1, d_mlp]

    public PanelMatrix W_out { get; } // [d_mlp, d_model]

    public PanelMatrix B_out { get; } // [1, d_model]

    public PanelMatrix W_Ut { get; } // [d_vocab, d_model]

    /// <summary>Columns of all heads when each begins on a panel of its own.</summary>
    public static int PaddedHeads(TransformerConfig config) => config.Heads * PaddedHead(config);

    /// <summary>Where each value of the flat buffer of <see cref="ParameterLayout"/> lies here.</summary>
    public int[] MapFrom(TransformerConfig config)
    {
        var layout = new ParameterLayout(config);
        int[] map = new int[layout.Count];
        void Place(string name, Func<int, nint> offset)
        {
            ParameterTensor tensor = layout[name];
            for (int i = 0; i < tensor.Count; i++)
            {
                map[tensor.Offset + i] = (int)offset(i);
            }
        }

        int d = config.DModel;
        int v = config.VocabularySize;
        int dHead = config.DHead;
        nint Plain(PanelMatrix matrix, int i) => (nint)(matrix.Data - _data) + matrix.Offset(i / matrix.Columns, i % matrix.Columns);
        nint ByHead(PanelMatrix matrix, int i) => (nint)(matrix.Data - _data) + matrix.Offset(i / dHead % d, (i / (dHead * d) * dHead) + (i % dHead));
        Place("W_E", i => Plain(W_E, i));
        Place("W_pos", i => Plain(W_pos, i));
        Place("W_Q", i => ByHead(W_Q, i));
        Place("W_K", i => ByHead(W_K, i));
        Place("W_V", i => (nint)(W_V.Data - _data) + W_V.Offset(i / dHead % d, (i / (dHead * d) * PaddedHead(config)) + (i % dHead)));
        Place("W_O", i => Plain(W_O, i));
        Place("W_in", i => Plain(W_in, i));
        Place("b_in", i => Plain(B_in, i));
        Place("W_out", i => Plain(W_out, i));
        Place("b_out", i => Plain(B_out, i));
        Place("W_U", i => (nint)(W_Ut.Data - _data) + W_Ut.Offset(i % v, i / v));
        return map;
    }

    private static int PaddedHead(TransformerConfig config) => PanelMatrix.PanelCount(config.DHead) * PanelMatrix.Width;
}
