using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;

namespace GrokVerify.Exact.Backward;

/// <summary>The gradient of attention: from that of the outputs through pattern, scores, token tables and values to W_Q, W_K, W_V and W_O.</summary>
/// <remarks>
/// g is the gradient of a pair's outputs, T(x) a head's token-table row for x, A(x) its pattern, v(x) = x W_V, and W_O [W_in, W_U] stands for W_O W_in and W_O W_U side by side.
/// Of the pattern dA(x) = g T(x); of the scores ds(x) = A(x) (dA(x) - sum of A dA), both relative to "="; of the tables dT(x) = sum over the pairs that hold x of A(x) g.
/// Then dv(x) = dT(x) (W_O [W_in, W_U])^T, dv("=") = (sum of g) (W_O [W_in, W_U])^T, d(W_O [W_in, W_U]) = v^T dT + v("=")^T (sum of g).
/// dW_O = d(W_O W_in) W_in^T + d(W_O W_U) W_U^T, dW_V = x^T dv + e^T dv("="), dW_K = (ds^T x)^T q / sqrt(d_head), dW_Q = e^T dq with dq = ds^T x W_K / sqrt(d_head).
/// </remarks>
internal sealed unsafe class AttentionGradient<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private const int TokensPerJob = 64;
    private readonly MatrixJobs<TLanes, TVector> _matrices;
    private readonly PairBatch _train;
    private readonly PairGroups _groups;
    private readonly Workspace _work;
    private readonly StepPlan _plan;
    private readonly TransformerConfig _model;

    public AttentionGradient(StepContext context, MatrixJobs<TLanes, TVector> matrices)
    {
        _matrices = matrices;
        _train = context.Train;
        _plan = context.Plan;
        _work = context.Work;
        _model = context.Model;
        _groups = new PairGroups(_train, _model.Prime);
        PairSums = [.. TableSums(), .. ScoreSums()];
        Products = ProductGradients();
        Weights = [QueryAndKey];
    }

    /// <summary>The gradients of token tables and scores: sums over the train pairs.</summary>
    public Action[] PairSums { get; }

    /// <summary>From the token tables to values, and W_O W_in and W_O W_U.</summary>
    public Action[] Products { get; }

    /// <summary>From the scores to W_Q and W_K; and what e receives through the query.</summary>
    public Action[] Weights { get; }

    /// <summary>Pattern and scores of a block of train pairs.</summary>
    public void Block(int first, int count)
    {
        PatternGradient<TLanes, TVector>.Compute(_work, _train, first, count);
        ScoreGradient<TLanes, TVector>.Compute(_work, first, count);
    }

    private IEnumerable<Action> TableSums() => Enumerable.Range(0, _work.TokenTable.Panels).Select(panel => (Action)(() => SumTable(panel)));

    /// <summary>A panel of the gradient of the token tables.</summary>
    private void SumTable(int panel)
    {
        PanelMatrix table = _work.TokenTableGradient;
        float* gradient = _work.OutputGradient.Data + (panel * _work.OutputGradient.PanelStride);
        float* sums = table.Data + (panel * table.PanelStride);
        nint nextHead = (nint)_work.TableRows * PanelMatrix.Width;
        for (int token = 0; token < _work.TableRows; token++)
        {
            float* pattern = token < _model.Prime ? _work.PatternA : _work.PatternB;
            TokenTableGradient<TLanes, TVector>.Sum(_groups[token], pattern, _model.Heads, gradient, sums + ((nint)token * PanelMatrix.Width), nextHead);
        }
    }

    private List<Action> ScoreSums()
    {
        var jobs = new List<Action>();
        for (int token = 0; token < _work.TableRows; token += TokensPerJob)
        {
            int first = token;
            int end = Math.Min(token + TokensPerJob, _work.TableRows);
            jobs.Add(() => SumScores(first, end));
        }

        return jobs;
    }

    /// <summary>The gradient of the scores of some tokens: sums over the pairs that hold the token, ascending.</summary>
    private void SumScores(int firstToken, int endToken)
    {
        int heads = _model.Heads;
        for (int token = firstToken; token < endToken; token++)
        {
            float* gradient = token < _model.Prime ? _work.ScoreA : _work.ScoreB;
            for (int head = 0; head < heads; head++)
            {
                float sum = 0;
                foreach (int pair in _groups[token])
                {
                    sum += gradient[((nint)pair * heads) + head];
                }

                _work.ScoreGradient[token, head] = sum;
            }
        }
    }

    private Action[] ProductGradients() =>
    [
        .. _plan.ValueGradients.SelectMany(values => _matrices.ByPanel(values)),
        .. _plan.AttentionToOutputsGradients.SelectMany(chain => _matrices.ByPanels(chain)),
        .. _matrices.ByPanel(_plan.EqualsValueGradient),
    ];

    /// <summary>W_K, W_Q, and what e receives through the query.</summary>
    private void QueryAndKey()
    {
        Workspace t = _work;
        _matrices.Multiply(_plan.KeyQueryGradient);
        _matrices.Multiply(_plan.KeyGradient);
        _matrices.Multiply(_plan.QueryGradients);
        float scale = (float)(1 / Math.Sqrt(_model.DHead));
        for (int column = 0; column < _model.DModel; column++)
        {
            float gradient = t.QueryGradients[column / _model.DHead, column] * scale;
            t.QueryGradient[0, column] = gradient;
            t.QueryGradientColumn[column, 0] = gradient;
        }

        _matrices.Multiply(_plan.QueryWeightGradient);
        _matrices.Multiply(_plan.QueryInputGradient);
    }
}
