using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Forward;

/// <summary>The logits of some pairs, from what <see cref="TokenTables{TLanes, TVector}"/> computed.</summary>
/// <remarks>
/// With the pattern over a, b and "=" of each head: h = ReLU(sum of pattern times x W_V W_O W_in, + e W_V W_O W_in + e W_in + b_in),
/// logits = sum of pattern times x W_V W_O W_U, + e W_V W_O W_U + (e + b_out) W_U, + h W_out W_U; both sums over heads and over a and b.
/// </remarks>
internal sealed unsafe class ForwardPass<TLanes, TVector>(StepContext context)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly Workspace _work = context.Work;
    private readonly Product _mlp = context.Plan.Logits;

    public void Logits(PairBatch batch, int first, int count)
    {
        AttentionPattern<TLanes, TVector>.Compute(_work, batch, first, count);
        AttentionOutput<TLanes, TVector>.ToMlp(_work, batch, first, count);
        AttentionOutput<TLanes, TVector>.ToLogits(_work, batch, first, count);
        AddMlp(first, count);
    }

    /// <summary>logits += h W_out W_U, one panel of neurons after the other, so that its rows of W_out W_U stay in the nearest cache.</summary>
    private void AddMlp(int first, int count)
    {
        long begin = context.Timer.Begin();
        for (int panel = 0; panel < _work.Hidden.Panels; panel++)
        {
            PanelMatrix right = _mlp.Right.FromRow(panel * PanelMatrix.Width, PanelMatrix.Width);
            uint* active = _work.Active.ByPair(panel, first);
            float* left = _mlp.Left.Data + (panel * _mlp.Left.PanelStride) + ((nint)first * PanelMatrix.Width);
            ActiveProduct<TLanes, TVector>.AddRows<Straight>(active, count, left, right, _mlp.Result.FromRow(first, count));
        }

        context.Timer.End(begin, context.Timer.IsOn ? _work.ActiveFlops(0, _work.Hidden.Panels, first, count) : 0);
    }
}
