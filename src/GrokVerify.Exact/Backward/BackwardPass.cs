using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Forward;
using GrokVerify.Exact.Loss;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of the mean train loss, after <see cref="TokenTables{TLanes, TVector}"/>: block by block forward and back to the outputs, then every sum over the pairs, then the weights.</summary>
internal sealed class BackwardPass<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly StepContext _context;
    private readonly ForwardPass<TLanes, TVector> _forward;
    private readonly MlpGradient<TLanes, TVector> _mlp;
    private readonly AttentionGradient<TLanes, TVector> _attention;
    private readonly EmbeddingGradient<TLanes, TVector> _embedding;

    public BackwardPass(StepContext context, MatrixJobs<TLanes, TVector> matrices, ForwardPass<TLanes, TVector> forward)
    {
        _context = context;
        _forward = forward;
        _mlp = new(context, matrices);
        _attention = new(context, matrices);
        _embedding = new(context);
        Phases =
        [
            [.. Enumerable.Range(0, context.Work.Blocks).Select(block => (Action)(() => Block(block)))],
            [.. _mlp.PairSums, .. _attention.PairSums, .. _embedding.PairSums],
            _attention.Products,
            [.. _attention.Weights, () => context.Work.HiddenSums.AddUp<TLanes, TVector>(context.Gradient.B_in), .. matrices.ByPanel(context.Plan.WeightGradients)],
        ];
    }

    /// <summary>Up to the gradient of everything but W_E and W_pos.</summary>
    public Action[][] Phases { get; }

    /// <summary>The gradient of W_E and W_pos, after <see cref="Phases"/>.</summary>
    public void FinishEmbedding() => _embedding.Finish();

    /// <summary>Forward, the loss's gradient in the place of the logits, and back to the MLP's inputs and to the scores, while the block is in the cache.</summary>
    private void Block(int block)
    {
        Workspace work = _context.Work;
        PairBatch train = _context.Train;
        int first = block * Workspace.BlockPairs;
        int count = Math.Min(Workspace.BlockPairs, train.Count - first);
        _forward.Logits(train, first, count);
        CrossEntropy<TLanes, TVector>.Gradient(_context.Logits, train.Labels, first, count, _context.Config.LossForm, train.Count, work.LogitSums.Row(block), _context.Targets);
        _mlp.Block(block, first, count);
        _attention.Block(first, count);
    }
}
