using GrokVerify.Model;

namespace GrokVerify.Exact;

/// <summary>The forward pass as jobs.</summary>
/// <remarks>
/// A pattern sums to 1, so everything is written relative to "=": x is the embedding of a token at its position minus e; its scores x W_K q / sqrt(d_head)
/// stand beside a 0, and a head adds to its value for "=" the pattern times x W_V. With M1 = W_O W_in, M2 = W_O W_U and M3 = W_out W_U:
/// h = ReLU(pattern (x W_V M1) + e W_in + b_in + e W_V M1), logits = pattern (x W_V M2) + h M3 + (e + b_out) W_U + e W_V M2,
/// where x W_V M1 and x W_V M2 are tables with a row for each head, token and position.
/// </remarks>
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
        Tables = [PrepareJobs(), ProductJobs(), TableJobs()];
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
                    _network.Kernels.Losses(_work.Logits, batch.Labels, first, count, _network.Config.LossForm, losses, correct);
                }
            };
        }

        return jobs;
    }

    /// <summary>Logits of the pairs from <paramref name="first"/> on.</summary>
    public void Block(PairBatch batch, int first, int count)
    {
        Workspace t = _work;
        Kernels kernels = _network.Kernels;
        kernels.AttentionForward(t, batch, _model.Heads, first, count);
        kernels.Mix(t, batch, _model.Heads, new TableMix(t.HiddenTable, t.HiddenBias, t.Hidden, Rectify: true), first, count);
        kernels.Mix(t, batch, _model.Heads, new TableMix(t.LogitTable, t.LogitBias, t.Logits, Rectify: false), first, count);
        _network.AddMlpLogits(first, count);
    }

    private Action[] PrepareJobs()
    {
        ParameterPanels w = _network.Weights;
        return
        [
            Attend,
            .. Transpose(w.W_Ut, _work.W_U),
            .. Transpose(w.W_in, _work.W_inT),
            .. Enumerable.Range(0, _model.Heads).SelectMany(head =>
                Transpose(Workspace.HeadRows(w.W_O, head, _model), Workspace.Head(_work.W_Ot, head, _model))),
            .. Transpose(w.W_out, _work.W_outT),
            .. Transpose(w.W_V, _work.W_Vt),
        ];
    }

    private Action[] ProductJobs()
    {
        ParameterPanels w = _network.Weights;
        Workspace t = _work;
        return
        [
            .. _network.ByPanel(Product.Of(w.W_out, t.W_U, t.M3)),
            .. _network.ByPanel(Product.Of(t.Inputs, w.W_V, t.Values)),
            .. _network.ByPanel(Product.Of(t.EqualsInput, w.W_V, t.EqualsValues)),
            .. _network.ByPanel(Product.Of(t.Inputs, t.KeyQueryT, t.Scores)),
            .. _network.ByPanel(Product.OfTransposed(w.W_in, t.W_Ot, t.M1t)),
            .. _network.ByPanel(Product.Of(t.EqualsInput, w.W_in, t.HiddenBias).From(ChainStart.Bias, Network.RowVector(w.B_in))),
            .. _network.ByPanel(Product.Of(t.Readout, t.W_U, t.LogitBias)),
            .. _network.ByPanel(Product.Of(w.W_O, w.W_in, t.M1)),
            .. _network.ByPanel(Product.Of(w.W_Ut, t.W_outT, t.M3t)),
            .. _network.ByPanel(Product.Of(w.W_O, t.W_U, t.M2)),
            .. _network.ByPanel(Product.Of(w.W_Ut, t.W_Ot, t.M2t)),
        ];
    }

    private Action[] TableJobs()
    {
        Workspace t = _work;
        var jobs = new List<Action>();
        for (int head = 0; head < _model.Heads; head++)
        {
            PanelMatrix onward = Workspace.HeadRows(t.M12, head, _model);
            jobs.AddRange(_network.ByPanels(Product.Of(Workspace.Head(t.Values, head, _model), onward, t.HeadTable(t.Table, head))));
        }

        jobs.AddRange(_network.ByPanel([.. Enumerable.Range(0, _model.Heads).Select(head =>
            Product.Of(Workspace.Head(t.EqualsValues, head, _model), Workspace.HeadRows(t.M12, head, _model), t.OutputBias).From(ChainStart.Result))]));
        return [.. jobs];
    }

    private static IEnumerable<Action> Transpose(PanelMatrix source, PanelMatrix target) =>
        Enumerable.Range(0, source.Panels).Select(panel => (Action)(() => source.TransposePanel(target, panel)));

    /// <summary>The inputs, e + b_out, the query q = e W_Q, and W_K q / sqrt(d_head) for each head.</summary>
    private void Attend()
    {
        ParameterPanels w = _network.Weights;
        Workspace t = _work;
        FillInputs();
        _network.Add(t.Readout, t.EqualsInput, w.B_out);
        _network.Multiply(Product.Of(t.EqualsInput, w.W_Q, t.Query));
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

    /// <summary>e = W_E["="] + W_pos[2]; of each token, (W_E[token] + W_pos[position]) - e.</summary>
    private void FillInputs()
    {
        ParameterPanels w = _network.Weights;
        PanelMatrix e = _work.EqualsInput;
        _network.Add(e, w.W_E.FromRow(_model.Prime, 1), w.W_pos.FromRow(TransformerConfig.ReadoutPosition, 1));
        for (int row = 0; row < 2 * _model.Prime; row++)
        {
            PanelMatrix input = _work.Inputs.FromRow(row, 1);
            _network.Add(input, w.W_E.FromRow(row % _model.Prime, 1), w.W_pos.FromRow(row / _model.Prime, 1));
            _network.Subtract(input, input, e);
        }
    }
}
