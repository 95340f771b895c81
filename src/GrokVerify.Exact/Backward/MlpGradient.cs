using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of the MLP: from that of the logits through the hidden activations h to W_in, b_in, W_out and b_out.</summary>
/// <remarks>
/// With dl of the logits, [train pairs, d_vocab], and dh of the MLP's inputs: dh = dl (W_out W_U)^T where h > 0, elsewhere 0; d(W_out W_U) = h^T dl.
/// dW_out = d(W_out W_U) W_U^T, db_out = (sum of dl) W_U^T, db_in = sum of dh, dW_in = W_O^T d(W_O W_in) + e^T (sum of dh).
/// </remarks>
internal sealed unsafe class MlpGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // Pairs after which the next panel of neurons takes its turn: their gradients of the logits stay in the second cache. Free, as the chains go on.
    private const int StretchPairs = 256;
    private readonly StepContext _context;
    private readonly MatrixJobs<TLanes, TVector> _matrices;
    private readonly Workspace _work;

    public MlpGradient(StepContext context, MatrixJobs<TLanes, TVector> matrices)
    {
        _context = context;
        _matrices = matrices;
        _work = context.Work;
        PairSums = [.. matrices.ForPanels(_work.Hidden.Panels, MlpToLogits), () => _work.HiddenSums.AddUp<TLanes, TVector>(_work.HiddenSum)];
    }

    /// <summary>The gradient of W_out W_U, and the sum of dh: sums over the train pairs.</summary>
    public Action[] PairSums { get; }

    /// <summary>dh of a block of train pairs, and its sum.</summary>
    public void Block(int block, int first, int count)
    {
        _work.Active.Transpose(_work.Hidden.Panels, first, count);
        PanelMatrix sum = _work.HiddenSums.Row(block);
        sum.Clear();
        Product masked = _context.Plan.HiddenGradient.ForRows(first, count);
        masked.Ends.ColumnSums = sum.Data;
        _matrices.Multiply(masked);
    }

    /// <summary>Some panels of neurons' rows of d(W_out W_U) = h^T dl, pairs ascending.</summary>
    private void MlpToLogits(int firstPanel, int endPanel)
    {
        int pairs = _context.Train.Count;
        Product product = _context.Plan.MlpToLogitsGradient;
        long begin = _context.Timer.Begin();
        for (int first = 0; first < pairs; first += StretchPairs)
        {
            int end = Math.Min(first + StretchPairs, pairs);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                int row = panel * PanelMatrix.Width;
                PanelMatrix result = product.Result.FromRow(row, Math.Min(PanelMatrix.Width, product.Rows - row));
                if (first == 0)
                {
                    result.Clear();
                }

                for (int pair = first; pair < end; pair += ActiveNeurons.Word)
                {
                    PanelMatrix right = product.Right.FromRow(pair, Math.Min(ActiveNeurons.Word, pairs - pair));
                    float* left = product.Left.Data + (panel * product.Left.PanelStride) + ((nint)pair * PanelMatrix.Width);
                    ActiveProduct<TLanes, TVector>.AddRows<Transposed>(_work.Active.ByNeuron(panel, pair), result.Rows, left, right, result);
                }
            }
        }

        _context.Timer.End(begin, _context.Timer.IsOn ? _work.ActiveFlops(firstPanel, endPanel, 0, pairs) : 0);
    }
}
