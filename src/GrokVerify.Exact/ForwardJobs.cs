using GrokVerify.Model;

namespace GrokVerify.Exact;

/// <summary>The forward pass as jobs: h = ReLU(z M1 + e W_in + b_in), logits = z M2 + h M3 + (e + b_out) W_U; z from the tables.</summary>
internal sealed unsafe class ForwardJobs
{
    private readonly Network _network;
    private readonly Workspace _work;
    private readonly TransformerConfig _model;

    public ForwardJobs(Network network)
    {
        _network = network;
        _work = network.Work;
        _model = network.Config.Model;
        Tables = [PrepareJobs(), TableJobs()];
    }

    /// <summary>What depends on the weights alone.</summary>
    public Action[][] Tables { get; }

    /// <summary>Losses and hits of the pairs of a batch, after <see cref="Tables"/>; jobs past the batch's end do nothing.</summary>
    public Action[] EvaluationJobs(PairBatch batch, double[] losses, bool[] correct)
    {
        Action[] jobs = new Action[(_work.Capacity + Workspace.BlockPairs - 1) / Workspace.BlockPairs];
        for (int i = 0; i < jobs.Length; i++)
        {
            int first = i * Workspace.BlockPairs;
            jobs[i] = () =>
            {
                int count = Math.Min(Workspace.BlockPairs, batch.Count - first);
                if (count > 0)
                {
                    Block(batch, first, count);
                    _network.Kernels.Losses(_work.Logits, batch.Labels, first, count, _network.Config.LossPrecision, losses, correct);
                }
            };
        }

        return jobs;
    }

    /// <summary>Logits of the pairs from <paramref name="first"/> on.</summary>
    public void Block(PairBatch batch, int first, int count)
    {
        Workspace t = _work;
        _network.Kernels.AttentionForward(t, batch, _model.Heads, _network.Segments, first, count);
        PanelMatrix z = t.Z.FromRow(first, count);
        PanelMatrix hidden = t.Hidden.FromRow(first, count);
        PanelMatrix logits = t.Logits.FromRow(first, count);
        Product rectified = Product.Of(z, t.M1, hidden).From(ChainStart.Bias, Network.RowVector(t.HiddenBias));
        rectified.Ends.Finish = ChainFinish.Rectify;
        _network.Multiply(rectified);
        _network.Multiply(Product.Of(z, t.M2, logits).From(ChainStart.Bias, Network.RowVector(t.LogitBias)));
        _network.Multiply(Product.Of(hidden, t.M3, logits).From(ChainStart.Result));
    }

    private Action[] PrepareJobs()
    {
        ParameterPanels w = _network.Weights;
        return
        [
            Attend,
            FillInputs,
            .. Transpose(w.W_Ut, _work.W_U),
            .. Transpose(w.W_in, _work.W_inT),
            .. Transpose(w.W_O, _work.W_Ot),
            .. Transpose(w.W_out, _work.W_outT),
            .. Transpose(w.W_V, _work.W_Vt),
        ];
    }

    private Action[] TableJobs()
    {
        ParameterPanels w = _network.Weights;
        Workspace t = _work;
        PanelMatrix e = t.Inputs.FromRow(t.EqualsRow, 1);
        Product hiddenBias = Product.Of(e, w.W_in, t.HiddenBias).From(ChainStart.Bias, Network.RowVector(w.B_in));
        return
        [
            .. _network.ByPanel(Product.Of(w.W_out, t.W_U, t.M3)),
            .. _network.ByPanel(Product.Of(t.Inputs, w.W_V, t.Values)),
            .. _network.ByPanel(Product.Of(t.Inputs, t.KeyQueryT, t.Scores)),
            .. _network.ByPanel(Product.OfTransposed(w.W_in, t.W_Ot, t.M1t)),
            .. _network.ByPanel(hiddenBias),
            .. _network.ByPanel(Product.Of(t.Readout, t.W_U, t.LogitBias)),
            .. _network.ByPanel(Product.Of(w.W_O, w.W_in, t.M1)),
            .. _network.ByPanel(Product.Of(w.W_Ut, t.W_outT, t.M3t)),
            .. _network.ByPanel(Product.Of(w.W_O, t.W_U, t.M2)),
            .. _network.ByPanel(Product.Of(w.W_Ut, t.W_Ot, t.M2t)),
        ];
    }

    private static IEnumerable<Action> Transpose(PanelMatrix source, PanelMatrix target) =>
        Enumerable.Range(0, source.Panels).Select(panel => (Action)(() => source.TransposePanel(target, panel)));

    /// <summary>The rows of all tokens but "=": W_E + W_pos.</summary>
    private void FillInputs()
    {
        for (int token = 0; token < _model.Prime; token++)
        {
            AddRows(_work.Inputs.FromRow(token, 1), _network.Weights.W_E.FromRow(token, 1), _network.Weights.W_pos.FromRow(0, 1));
            AddRows(_work.Inputs.FromRow(_model.Prime + token, 1), _network.Weights.W_E.FromRow(token, 1), _network.Weights.W_pos.FromRow(1, 1));
        }
    }

    /// <summary>e, e + b_out, the query q = e W_Q, and W_K q / sqrt(d_head) for each head.</summary>
    private void Attend()
    {
        ParameterPanels w = _network.Weights;
        Workspace t = _work;
        PanelMatrix e = t.Inputs.FromRow(t.EqualsRow, 1);
        AddRows(e, w.W_E.FromRow(_model.Prime, 1), w.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1));
        AddRows(t.Readout, e, w.B_out);
        _network.Multiply(Product.Of(e, w.W_Q, t.Query));
        float scale = (float)(1 / Math.Sqrt(_model.DHead));
        for (int column = 0; column < _model.DModel; column++)
        {
            float scaled = t.Query[0, column] * scale;
            t.QueryByHead[column / _model.DHead, column] = scaled;
            t.HeadByQuery[column, column / _model.DHead] = scaled;
        }

        _network.Multiply(Product.Of(w.W_K, t.HeadByQuery, t.KeyQueryT));
        for (int panel = 0; panel < t.KeyQueryT.Panels; panel++)
        {
            t.KeyQueryT.TransposePanel(t.KeyQuery, panel);
        }
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
