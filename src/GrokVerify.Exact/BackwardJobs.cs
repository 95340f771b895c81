using GrokVerify.Model;

namespace GrokVerify.Exact;

/// <summary>
/// The gradient as jobs, after the forward pass of a block: the product rule through h, M3, the tables, M1, M2, values and scores.
/// </summary>
internal sealed unsafe class BackwardJobs
{
    private const int TokensPerJob = 64;
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
        Phases = [BlockJobs(), PairSumJobs(), TableJobs(), WeightJobs()];
    }

    /// <summary>From the tables to the gradient of everything but W_E and W_pos.</summary>
    public Action[][] Phases { get; }

    /// <summary>
    /// The gradient of W_E and W_pos, after <see cref="Phases"/>. A token's row comes from both positions; e's from its value, the read-out, the MLP and the
    /// query, less what all tokens receive, since they are relative to it.
    /// </summary>
    public void FinishEmbedding()
    {
        PanelMatrix first = _gradient.W_pos.FromRow(0, 1);
        PanelMatrix second = _gradient.W_pos.FromRow(1, 1);
        first.Clear();
        second.Clear();
        for (int token = 0; token < _model.Prime; token++)
        {
            PanelMatrix atFirst = _work.InputGradient.FromRow(token, 1);
            PanelMatrix atSecond = _work.InputGradient.FromRow(_model.Prime + token, 1);
            _network.Add(_gradient.W_E.FromRow(token, 1), atFirst, atSecond);
            _network.Add(first, first, atFirst);
            _network.Add(second, second, atSecond);
        }

        PanelMatrix e = _gradient.W_E.FromRow(_model.Prime, 1);
        _network.Add(e, _work.ValueInputGradient, _gradient.B_out);
        _network.Add(e, e, _work.HiddenInputGradient);
        for (int column = 0; column < _model.DModel; column++)
        {
            e[0, column] += _work.QueryInputGradient[column, 0];
        }

        _network.Subtract(e, e, first);
        _network.Subtract(e, e, second);
        PanelMatrix third = _gradient.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1);
        third.Clear();
        _network.Add(third, third, e);
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
        t.Active.Transpose(t.Hidden.Panels, first, count);
        kernels.LossGradient(t.Logits, train.Labels, first, count, _network.Config.LossForm, train.Count, t.LogitSums.Row(block));
        PanelMatrix hiddenSum = t.HiddenSums.Row(block);
        hiddenSum.Clear();
        var masked = Product.Of(t.Logits.FromRow(first, count), t.M3t, t.HiddenGradient.FromRow(first, count));
        masked.Mask = t.Hidden.FromRow(first, count);
        masked.Ends.Finish = ChainFinish.Mask;
        masked.Ends.ColumnSums = Network.RowVector(hiddenSum);
        _network.Multiply(masked);
        kernels.PatternGradient(t, train, _model.Heads, first, count);
        kernels.AttentionBackward(t, _model.Heads, first, count);
    }

    /// <summary>Every sum over the train pairs.</summary>
    private Action[] PairSumJobs()
    {
        Workspace t = _work;
        var jobs = new List<Action>();
        jobs.AddRange(_network.M3GradientJobs());
        jobs.AddRange(Enumerable.Range(0, t.Table.Panels).Select(panel => (Action)(() => SumTokens(panel))));
        for (int token = 0; token < 2 * _model.Prime; token += TokensPerJob)
        {
            int first = token;
            int end = Math.Min(token + TokensPerJob, 2 * _model.Prime);
            jobs.Add(() => SumScores(first, end));
        }

        jobs.Add(() => t.HiddenSums.AddUp(_network.Kernels, t.HiddenSum));
        jobs.Add(() => t.LogitSums.AddUp(_network.Kernels, t.LogitSum));
        return [.. jobs];
    }

    /// <summary>A panel of the gradient of the table.</summary>
    private void SumTokens(int panel)
    {
        PanelMatrix table = _work.TableGradient;
        float* gradient = _work.OutputGradient.Data + (panel * _work.OutputGradient.PanelStride);
        float* sums = table.Data + (panel * table.PanelStride);
        nint nextHead = (nint)_work.TableRows * PanelMatrix.Width;
        for (int token = 0; token < 2 * _model.Prime; token++)
        {
            float* pattern = token < _model.Prime ? _work.PatternA : _work.PatternB;
            _network.Kernels.SumRows(_groups[token], pattern, _model.Heads, gradient, sums + ((nint)token * PanelMatrix.Width), nextHead);
        }
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

    /// <summary>From the gradient of the table to those of values and M12.</summary>
    private Action[] TableJobs()
    {
        Workspace t = _work;
        var jobs = new List<Action>();
        for (int head = 0; head < _model.Heads; head++)
        {
            PanelMatrix values = Workspace.Head(t.Values, head, _model);
            PanelMatrix gradient = t.HeadTable(t.TableGradient, head);
            jobs.AddRange(_network.ByPanel(Product.Of(gradient, Workspace.Head(t.M12t, head, _model), Workspace.Head(t.ValueGradient, head, _model))));
            PanelMatrix onward = Workspace.HeadRows(t.M12Gradient, head, _model);
            jobs.AddRange(_network.ByPanels(
                Product.OfTransposed(values, gradient, onward),
                Product.OfTransposed(Workspace.Head(t.EqualsValues, head, _model), t.OutputSum, onward).From(ChainStart.Result)));
        }

        jobs.AddRange(_network.ByPanel(Product.Of(t.OutputSum, t.M12t, t.EqualsValueGradient)));
        return [.. jobs];
    }

    /// <summary>From the gradients of products, values and scores to those of their factors.</summary>
    private Action[] WeightJobs()
    {
        ParameterPanels w = _network.Weights;
        ParameterPanels g = _gradient;
        Workspace t = _work;
        return
        [
            QueryGradients,
            .. _network.ByPanel(
                Product.Of(t.M1Gradient, t.W_inT, g.W_O),
                Product.Of(t.M2Gradient, w.W_Ut, g.W_O).From(ChainStart.Result)),
            .. _network.ByPanel(Product.Of(t.M3Gradient, w.W_Ut, g.W_out)),
            .. _network.ByPanel(
                Product.OfTransposed(t.M2Gradient, w.W_O, g.W_Ut),
                Product.OfTransposed(t.M3Gradient, w.W_out, g.W_Ut).From(ChainStart.Result),
                Product.OfTransposed(t.LogitSum, t.Readout, g.W_Ut).From(ChainStart.Result)),
            .. _network.ByPanel(
                Product.Of(t.ValueGradient, t.W_Vt, t.InputGradient),
                Product.Of(t.ScoreGradient, t.KeyQuery, t.InputGradient).From(ChainStart.Result)),
            .. _network.ByPanel(
                Product.OfTransposed(t.Inputs, t.ValueGradient, g.W_V),
                Product.OfTransposed(t.EqualsInput, t.EqualsValueGradient, g.W_V).From(ChainStart.Result)),
            .. _network.ByPanel(Product.Of(t.EqualsValueGradient, t.W_Vt, t.ValueInputGradient)),
            .. _network.ByPanel(
                Product.OfTransposed(w.W_O, t.M1Gradient, g.W_in),
                Product.OfTransposed(t.EqualsInput, t.HiddenSum, g.W_in).From(ChainStart.Result)),
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

        _network.Multiply(Product.OfTransposed(t.EqualsInput, t.QueryGradient, _gradient.W_Q));
        _network.Multiply(Product.Of(w.W_Q, t.QueryGradientColumn, t.QueryInputGradient));
    }
}
