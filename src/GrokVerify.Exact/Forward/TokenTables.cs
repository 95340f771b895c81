using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;

namespace GrokVerify.Exact.Forward;

/// <summary>What a step computes once, from the weights alone: products of weights, scores, values, and the token tables.</summary>
/// <remarks>
/// A pattern sums to 1, so everything is written relative to "=", whose input is e = W_E["="] + W_pos[2]: x = W_E[token] + W_pos[position] - e is the input of one of
/// the 2p tokens at positions 0 and 1. A head's scores are x W_K q / sqrt(d_head), q = e W_Q, beside a 0 for "="; its values are x W_V; and when it attends to x alone, it
/// adds x W_V W_O W_in to the MLP's inputs and x W_V W_O W_U to the logits. These rows are the token tables: few enough to be computed once a step.
/// </remarks>
internal sealed unsafe class TokenTables<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly MatrixJobs<TLanes, TVector> _matrices;
    private readonly ParameterPanels _weights;
    private readonly Workspace _work;
    private readonly TransformerConfig _model;

    public TokenTables(StepContext context, MatrixJobs<TLanes, TVector> matrices)
    {
        _matrices = matrices;
        _weights = context.Weights;
        _work = context.Work;
        _model = context.Model;
        Phases = [Transposes(), Products(), Tables()];
    }

    public Action[][] Phases { get; }

    private Action[] Transposes() =>
    [
        Attend,
        .. Transpose(_weights.W_Ut, _work.W_U),
        .. Transpose(_weights.W_in, _work.W_inT),
        .. Enumerable.Range(0, _model.Heads).SelectMany(head =>
            Transpose(Workspace.HeadRows(_weights.W_O, head, _model), Workspace.Head(_work.W_Ot, head, _model))),
        .. Transpose(_weights.W_out, _work.W_outT),
        .. Transpose(_weights.W_V, _work.W_Vt),
    ];

    private Action[] Products()
    {
        ParameterPanels w = _weights;
        Workspace t = _work;
        return
        [
            .. _matrices.ByPanel(Product.Of(w.W_out, t.W_U, t.MlpToLogits)),
            .. _matrices.ByPanel(Product.Of(t.Inputs, w.W_V, t.Values)),
            .. _matrices.ByPanel(Product.Of(t.EqualsInput, w.W_V, t.EqualsValues)),
            .. _matrices.ByPanel(Product.Of(t.Inputs, t.KeyQueryT, t.Scores)),
            .. _matrices.ByPanel(Product.OfTransposed(w.W_in, t.W_Ot, t.AttentionToMlpT)),
            .. _matrices.ByPanel(Product.Of(t.EqualsInput, w.W_in, t.HiddenBias).FromBias(w.B_in)),
            .. _matrices.ByPanel(Product.Of(t.Readout, t.W_U, t.LogitBias)),
            .. _matrices.ByPanel(Product.Of(w.W_O, w.W_in, t.AttentionToMlp)),
            .. _matrices.ByPanel(Product.Of(w.W_Ut, t.W_outT, t.MlpToLogitsT)),
            .. _matrices.ByPanel(Product.Of(w.W_O, t.W_U, t.AttentionToLogits)),
            .. _matrices.ByPanel(Product.Of(w.W_Ut, t.W_Ot, t.AttentionToLogitsT)),
        ];
    }

    private Action[] Tables()
    {
        Workspace t = _work;
        var jobs = new List<Action>();
        for (int head = 0; head < _model.Heads; head++)
        {
            PanelMatrix onward = Workspace.HeadRows(t.AttentionToOutputs, head, _model);
            jobs.AddRange(_matrices.ByPanels(Product.Of(Workspace.Head(t.Values, head, _model), onward, t.HeadTable(t.TokenTable, head))));
        }

        jobs.AddRange(_matrices.ByPanel([.. Enumerable.Range(0, _model.Heads).Select(head =>
            Product.Of(Workspace.Head(t.EqualsValues, head, _model), Workspace.HeadRows(t.AttentionToOutputs, head, _model), t.OutputBias).FromResult())]));
        return [.. jobs];
    }

    private static IEnumerable<Action> Transpose(PanelMatrix source, PanelMatrix target) =>
        Enumerable.Range(0, source.Panels).Select(panel => (Action)(() => source.TransposePanel(target, panel)));

    /// <summary>The inputs, e + b_out, the query q = e W_Q, and W_K q / sqrt(d_head) for each head.</summary>
    private void Attend()
    {
        Workspace t = _work;
        FillInputs();
        MatrixJobs<TLanes, TVector>.Add(t.Readout, t.EqualsInput, _weights.B_out);
        _matrices.Multiply(Product.Of(t.EqualsInput, _weights.W_Q, t.Query));
        float scale = (float)(1 / Math.Sqrt(_model.DHead));
        for (int column = 0; column < _model.DModel; column++)
        {
            float scaled = t.Query[0, column] * scale;
            t.QueryByHead[column / _model.DHead, column] = scaled;
            t.HeadByQuery[column, column / _model.DHead] = scaled;
        }

        _matrices.Multiply(Product.Of(_weights.W_K, t.HeadByQuery, t.KeyQueryT));
        for (int panel = 0; panel < t.KeyQueryT.Panels; panel++)
        {
            t.KeyQueryT.TransposePanel(t.KeyQuery, panel);
        }
    }

    /// <summary>e, and x of each token at each position.</summary>
    private void FillInputs()
    {
        PanelMatrix e = _work.EqualsInput;
        MatrixJobs<TLanes, TVector>.Add(e, _weights.W_E.FromRow(_model.Prime, 1), _weights.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1));
        for (int row = 0; row < 2 * _model.Prime; row++)
        {
            PanelMatrix input = _work.Inputs.FromRow(row, 1);
            MatrixJobs<TLanes, TVector>.Add(input, _weights.W_E.FromRow(row % _model.Prime, 1), _weights.W_pos.FromRow(row / _model.Prime, 1));
            MatrixJobs<TLanes, TVector>.Subtract(input, input, e);
        }
    }
}
