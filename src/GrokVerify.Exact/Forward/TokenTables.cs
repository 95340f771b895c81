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
    private readonly StepPlan _plan;
    private readonly TransformerConfig _model;

    public TokenTables(StepContext context, MatrixJobs<TLanes, TVector> matrices)
    {
        _matrices = matrices;
        _weights = context.Weights;
        _work = context.Work;
        _plan = context.Plan;
        _model = context.Model;
        Phases = [Transposes(), [.. matrices.ByPanel(_plan.OfWeights)], Tables()];
    }

    public Action[][] Phases { get; }

    private Action[] Transposes() =>
    [
        Attend,
        .. _plan.Transposes.SelectMany(matrices => Enumerable.Range(0, matrices.Source.Panels).Select(
            panel => (Action)(() => matrices.Source.TransposePanel(matrices.Target, panel)))),
    ];

    private Action[] Tables() => [.. _plan.TokenTables.SelectMany(table => _matrices.ByPanels(table)), .. _matrices.ByPanel(_plan.OutputBias)];

    /// <summary>The inputs, e + b_out, the query q = e W_Q, and W_K q / sqrt(d_head) for each head.</summary>
    private void Attend()
    {
        Workspace t = _work;
        FillInputs();
        MatrixJobs<TLanes, TVector>.Add(t.Readout, t.EqualsInput, _weights.B_out);
        _matrices.Multiply(_plan.Query);
        float scale = (float)(1 / Math.Sqrt(_model.DHead));
        for (int column = 0; column < _model.DModel; column++)
        {
            float scaled = t.Query[0, column] * scale;
            t.QueryByHead[column / _model.DHead, column] = scaled;
            t.HeadByQuery[column, column / _model.DHead] = scaled;
        }

        _matrices.Multiply(_plan.KeyQuery);
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
