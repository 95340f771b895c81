using GrokVerify.Model;

namespace GrokVerify.Exact;

/// <summary>
/// The gradient as jobs, after the forward pass of a block: the product rule through h, z, M1, M2, M3 and the two tables.
/// </summary>
internal sealed unsafe class BackwardJobs
{
    private const int TokensPerJob = 16;
    private const int PanelsPerJob = 2;
    private readonly Network _network;
    private readonly ForwardJobs _forward;
    private readonly PairGroups _groups;
    private readonly Workspace _work;
    private readonly ParameterPanels _gradient;
    private readonly TransformerConfig _model;

    public BackwardJobs(Network network, ForwardJobs forward)
    {
        _network = network;
        _forward = forward;
        _work = network.Work;
        _gradient = network.Gradient;
        _model = network.Config.Model;
        _groups = new PairGroups(network.Train, _model.Prime);
        Phases = [BlockJobs(), PairSumJobs(), WeightJobs()];
    }

    /// <summary>From the tables to the gradient of everything but W_E and W_pos.</summary>
    public Action[][] Phases { get; }

    /// <summary>
    /// The gradient of W_E and W_pos, after <see cref="Phases"/>: a token's row comes from both positions, e's row also from the query, the MLP and the read-out.
    /// </summary>
    public void FinishEmbedding()
    {
        PanelMatrix inputs = _work.InputGradient;
        PanelMatrix e = inputs.FromRow(_work.EqualsRow, 1);
        for (int column = 0; column < _model.DModel; column++)
        {
            float sum = e[0, column] + _gradient.B_out[0, column];
            sum += _work.HiddenInputGradient[0, column];
            e[0, column] = sum + _work.QueryInputGradient[column, 0];
        }

        PanelMatrix first = _gradient.W_pos.FromRow(0, 1);
        PanelMatrix second = _gradient.W_pos.FromRow(1, 1);
        PanelMatrix third = _gradient.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1);
        first.Clear();
        second.Clear();
        third.Clear();
        AddRows(third, third, e);
        PanelMatrix equals = _gradient.W_E.FromRow(_model.Prime, 1);
        equals.Clear();
        AddRows(equals, equals, e);
        for (int token = 0; token < _model.Prime; token++)
        {
            PanelMatrix atFirst = inputs.FromRow(token, 1);
            PanelMatrix atSecond = inputs.FromRow(_model.Prime + token, 1);
            AddRows(_gradient.W_E.FromRow(token, 1), atFirst, atSecond);
            AddRows(first, first, atFirst);
            AddRows(second, second, atSecond);
        }
    }

    private Action[] BlockJobs()
    {
        Action[] jobs = new Action[_work.Blocks];
        for (int i = 0; i < jobs.Length; i++)
        {
            int block = i;
            int first = block * Workspace.BlockPairs;
            int count = Math.Min(Workspace.BlockPairs, _network.Train.Count - first);
            jobs[i] = () =>
            {
                _forward.Block(_network.Train, first, count);
                Block(block, first, count);
            };
        }

        return jobs;
    }

    private void Block(int block, int first, int count)
    {
        Workspace t = _work;
        PairBatch train = _network.Train;
        Kernels kernels = _network.Kernels;
        kernels.LossGradient(t.Logits, train.Labels, first, count, _network.Config.LossPrecision, train.Count, t.LogitSums.Row(block));
        PanelMatrix logits = t.Logits.FromRow(first, count);
        PanelMatrix hiddenGradient = t.HiddenGradient.FromRow(first, count);
        PanelMatrix zGradient = t.ZGradient.FromRow(first, count);
        PanelMatrix hiddenSum = t.HiddenSums.Row(block);
        hiddenSum.Clear();
        Product masked = Product.Of(logits, t.M3t, hiddenGradient);
        masked.Mask = t.Hidden.FromRow(first, count);
        masked.Ends.Finish = ChainFinish.Mask;
        masked.Ends.ColumnSums = Network.RowVector(hiddenSum);
        _network.Multiply(masked);
        _network.Multiply(Product.Of(logits, t.M2t, zGradient));
        _network.Multiply(Product.Of(hiddenGradient, t.M1t, zGradient).From(ChainStart.Result));
        kernels.AttentionBackward(t, train, _model.Heads, _network.Segments, first, count, block);
    }

    /// <summary>Every sum over the train pairs.</summary>
    private Action[] PairSumJobs()
    {
        Workspace t = _work;
        int pairs = _network.Train.Count;
        PanelMatrix z = t.Z.FromRow(0, pairs);
        PanelMatrix hidden = t.Hidden.FromRow(0, pairs);
        PanelMatrix logits = t.Logits.FromRow(0, pairs);
        PanelMatrix hiddenGradient = t.HiddenGradient.FromRow(0, pairs);
        var jobs = new List<Action>();
        jobs.AddRange(_network.ByPanel(PanelsPerJob, Product.OfTransposed(z, hiddenGradient, t.M1Gradient)));
        jobs.AddRange(_network.ByPanel(PanelsPerJob, Product.OfTransposed(logits, hidden, t.M3tGradient)));
        jobs.AddRange(_network.ByPanel(PanelsPerJob, Product.OfTransposed(logits, z, t.M2tGradient)));
        for (int token = 0; token < 2 * _model.Prime; token += TokensPerJob)
        {
            int first = token;
            int end = Math.Min(token + TokensPerJob, 2 * _model.Prime);
            jobs.Add(() => Scatter(first, end));
        }

        jobs.Add(() => t.HiddenSums.AddUp(_network.Kernels, t.HiddenSum));
        jobs.Add(() => t.LogitSums.AddUp(_network.Kernels, t.LogitSum));
        jobs.Add(() => t.EqualsSums.AddUp(_network.Kernels, t.ValueGradient.FromRow(t.EqualsRow, 1)));
        jobs.Add(() => t.EqualsScoreSums.AddUp(_network.Kernels, t.ScoreGradient.FromRow(t.EqualsRow, 1)));
        return [.. jobs];
    }

    private void Scatter(int firstToken, int endToken)
    {
        Workspace t = _work;
        for (int token = firstToken; token < endToken; token++)
        {
            bool isFirst = token < _model.Prime;
            _network.Kernels.Scatter(
                t,
                token,
                _groups[token],
                isFirst ? t.PatternA : t.PatternB,
                isFirst ? t.ScoreA : t.ScoreB,
                _model.Heads,
                _network.Segments);
        }
    }

    /// <summary>From the gradients of the products and tables to those of their factors.</summary>
    private Action[] WeightJobs()
    {
        ParameterPanels w = _network.Weights;
        ParameterPanels g = _gradient;
        Workspace t = _work;
        PanelMatrix e = t.Inputs.FromRow(t.EqualsRow, 1);
        return
        [
            QueryGradients,
            .. _network.ByPanel(
                Product.Of(t.M1Gradient, t.W_inT, g.W_O),
                Product.OfTransposed(t.M2tGradient, w.W_Ut, g.W_O).From(ChainStart.Result)),
            .. _network.ByPanel(Product.OfTransposed(t.M3tGradient, w.W_Ut, g.W_out)),
            .. _network.ByPanel(
                Product.Of(t.M2tGradient, w.W_O, g.W_Ut),
                Product.Of(t.M3tGradient, w.W_out, g.W_Ut).From(ChainStart.Result),
                Product.OfTransposed(t.LogitSum, t.Readout, g.W_Ut).From(ChainStart.Result)),
            .. _network.ByPanel(
                Product.Of(t.ValueGradient, t.W_Vt, t.InputGradient),
                Product.Of(t.ScoreGradient, t.KeyQuery, t.InputGradient).From(ChainStart.Result)),
            .. _network.ByPanel(Product.OfTransposed(t.Inputs, t.ValueGradient, g.W_V)),
            .. _network.ByPanel(
                Product.OfTransposed(w.W_O, t.M1Gradient, g.W_in),
                Product.OfTransposed(e, t.HiddenSum, g.W_in).From(ChainStart.Result)),
            .. _network.ByPanel(Product.Of(t.LogitSum, w.W_Ut, g.B_out)),
            .. _network.ByPanel(Product.Of(t.HiddenSum, t.W_inT, t.HiddenInputGradient)),
            () => t.HiddenSums.AddUp(_network.Kernels, g.B_in),
        ];
    }

    /// <summary>W_K, W_Q, and what e receives through the query.</summary>
    private void QueryGradients()
    {
        ParameterPanels w = _network.Weights;
        Workspace t = _work;
        _network.Multiply(Product.OfTransposed(t.ScoreGradient, t.Inputs, t.KeyQueryGradient));
        _network.Multiply(Product.OfTransposed(t.KeyQueryGradient, t.QueryByHead, _gradient.W_K));
        _network.Multiply(Product.Of(t.KeyQueryGradient, w.W_K, t.QueryGradients));
        float scale = (float)(1 / Math.Sqrt(_model.DHead));
        for (int column = 0; column < _model.DModel; column++)
        {
            float gradient = t.QueryGradients[column / _model.DHead, column] * scale;
            t.QueryGradient[0, column] = gradient;
            t.QueryGradientColumn[column, 0] = gradient;
        }

        _network.Multiply(Product.OfTransposed(t.Inputs.FromRow(t.EqualsRow, 1), t.QueryGradient, _gradient.W_Q));
        _network.Multiply(Product.Of(w.W_Q, t.QueryGradientColumn, t.QueryInputGradient));
    }

    private void AddRows(PanelMatrix target, PanelMatrix a, PanelMatrix b)
    {
        for (int panel = 0; panel < target.Panels; panel++)
        {
            _network.Kernels.Add(
                target.Data + (panel * target.PanelStride), a.Data + (panel * a.PanelStride), b.Data + (panel * b.PanelStride), PanelMatrix.Width);
        }
    }
}
