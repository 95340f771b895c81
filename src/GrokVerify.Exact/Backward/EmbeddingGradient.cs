using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of W_E, W_pos and W_U.</summary>
/// <remarks>
/// Of x, a token's input relative to e: dx = dv W_V^T + ds W_K q / sqrt(d_head). A token's row of dW_E is the sum of its dx at both positions, a position's row of dW_pos the sum of
/// all dx there. What e receives: dv("=") W_V^T through its value, (sum of dl) W_U^T as the read-out, (sum of dh) W_in^T through the MLP, and dq W_Q^T
/// through the query, less the sum of all dx, which are relative to it. dW_U = (W_O^T d(W_O W_U)) + (W_out^T d(W_out W_U)) + (e + b_out)^T (sum of dl), stored transposed.
/// </remarks>
internal sealed class EmbeddingGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ParameterPanels _gradient;
    private readonly Workspace _work;
    private readonly TransformerConfig _model;

    public EmbeddingGradient(StepContext context)
    {
        _gradient = context.Gradient;
        _work = context.Work;
        _model = context.Model;
        PairSums = [() => _work.LogitSums.AddUp<TLanes, TVector>(_work.LogitSum)];
    }

    /// <summary>The sum of dl over the train pairs.</summary>
    public Action[] PairSums { get; }

    /// <summary>W_E and W_pos, after all else.</summary>
    public void Finish()
    {
        PanelMatrix first = _gradient.W_pos.FromRow(0, 1);
        PanelMatrix second = _gradient.W_pos.FromRow(1, 1);
        first.Clear();
        second.Clear();
        for (int token = 0; token < _model.Prime; token++)
        {
            PanelMatrix atFirst = _work.InputGradient.FromRow(token, 1);
            PanelMatrix atSecond = _work.InputGradient.FromRow(_model.Prime + token, 1);
            MatrixJobs<TLanes, TVector>.Add(_gradient.W_E.FromRow(token, 1), atFirst, atSecond);
            MatrixJobs<TLanes, TVector>.Add(first, first, atFirst);
            MatrixJobs<TLanes, TVector>.Add(second, second, atSecond);
        }

        PanelMatrix e = _gradient.W_E.FromRow(_model.Prime, 1);
        MatrixJobs<TLanes, TVector>.Add(e, _work.ValueInputGradient, _gradient.B_out);
        MatrixJobs<TLanes, TVector>.Add(e, e, _work.HiddenInputGradient);
        for (int column = 0; column < _model.DModel; column++)
        {
            e[0, column] += _work.QueryInputGradient[column, 0];
        }

        MatrixJobs<TLanes, TVector>.Subtract(e, e, first);
        MatrixJobs<TLanes, TVector>.Subtract(e, e, second);
        PanelMatrix third = _gradient.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1);
        third.Clear();
        MatrixJobs<TLanes, TVector>.Add(third, third, e);
    }
}
