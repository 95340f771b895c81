using GrokVerify.Exact.Products;
using GrokVerify.Model;

namespace GrokVerify.Exact.Buffers;

/// <summary>
/// The transposes and products of a step. Products that go on one another's chains stand in one array, in their order; the arrays of a list depend on nothing in that list.
/// Whoever computes them, on whatever processor, computes these.
/// </summary>
internal sealed class StepPlan(ParameterPanels weights, ParameterPanels gradient, Workspace work, TransformerConfig model)
{
    /// <summary>From the weights alone.</summary>
    public (PanelMatrix Source, PanelMatrix Target)[] Transposes { get; } =
    [
        (weights.W_Ut, work.W_U),
        (weights.W_in, work.W_inT),
        .. Heads(model).Select(head => (Workspace.HeadRows(weights.W_O, head, model), Workspace.Head(work.W_Ot, head, model))),
        (weights.W_out, work.W_outT),
        (weights.W_V, work.W_Vt),
    ];

    /// <summary>q = e W_Q.</summary>
    public Product Query { get; } = Product.Of(work.EqualsInput, weights.W_Q, work.Query);

    /// <summary>W_K q / sqrt(d_head) for each head; its transpose is <see cref="Workspace.KeyQuery"/>.</summary>
    public Product KeyQuery { get; } = Product.Of(weights.W_K, work.HeadByQuery, work.KeyQueryT);

    /// <summary>Products of weights, scores and values.</summary>
    public Product[][] OfWeights { get; } =
    [
        [Product.Of(weights.W_out, work.W_U, work.MlpToLogits)],
        [Product.Of(work.Inputs, weights.W_V, work.Values)],
        [Product.Of(work.EqualsInput, weights.W_V, work.EqualsValues)],
        [Product.Of(work.Inputs, work.KeyQueryT, work.Scores)],
        [Product.OfTransposed(weights.W_in, work.W_Ot, work.AttentionToMlpT)],
        [Product.Of(work.EqualsInput, weights.W_in, work.HiddenBias).FromBias(weights.B_in)],
        [Product.Of(work.Readout, work.W_U, work.LogitBias)],
        [Product.Of(weights.W_O, weights.W_in, work.AttentionToMlp)],
        [Product.Of(weights.W_Ut, work.W_outT, work.MlpToLogitsT)],
        [Product.Of(weights.W_O, work.W_U, work.AttentionToLogits)],
        [Product.Of(weights.W_Ut, work.W_Ot, work.AttentionToLogitsT)],
    ];

    /// <summary>The token table of each head.</summary>
    public Product[] TokenTables { get; } =
    [
        .. Heads(model).Select(head =>
            Product.Of(Workspace.Head(work.Values, head, model), Workspace.HeadRows(work.AttentionToOutputs, head, model), work.HeadTable(work.TokenTable, head))),
    ];

    /// <summary>What "=" adds to the outputs through each head's value.</summary>
    public Product[] OutputBias { get; } =
    [
        .. Heads(model).Select(head =>
            Product.Of(Workspace.Head(work.EqualsValues, head, model), Workspace.HeadRows(work.AttentionToOutputs, head, model), work.OutputBias).FromResult()),
    ];

    /// <summary>logits += h W_out W_U, for each pair.</summary>
    public Product Logits { get; } = Product.Of(work.Hidden, work.MlpToLogits, work.Logits).FromResult();

    /// <summary>dh = dl (W_out W_U)^T where h > 0, elsewhere 0, for each pair.</summary>
    public Product HiddenGradient { get; } = Product.Of(work.Logits, work.MlpToLogitsT, work.HiddenGradient).Where(work.Hidden);

    /// <summary>d(W_out W_U) = h^T dl: a sum over the train pairs.</summary>
    public Product MlpToLogitsGradient { get; } = Product.OfTransposed(work.Hidden, work.Logits, work.MlpToLogitsGradient);

    /// <summary>From the gradient of the token tables to that of each head's values.</summary>
    public Product[] ValueGradients { get; } =
    [
        .. Heads(model).Select(head => Product.Of(
            work.HeadTable(work.TokenTableGradient, head), Workspace.Head(work.AttentionToOutputsT, head, model), Workspace.Head(work.ValueGradient, head, model))),
    ];

    /// <summary>From the gradient of the token tables to that of W_O W_in and W_O W_U, for each head.</summary>
    public Product[][] AttentionToOutputsGradients { get; } =
    [
        .. Heads(model).Select(head =>
        {
            PanelMatrix onward = Workspace.HeadRows(work.AttentionToOutputsGradient, head, model);
            return new[]
            {
                Product.OfTransposed(Workspace.Head(work.Values, head, model), work.HeadTable(work.TokenTableGradient, head), onward),
                Product.OfTransposed(Workspace.Head(work.EqualsValues, head, model), work.OutputSum, onward).FromResult(),
            };
        }),
    ];

    /// <summary>The gradient of the value of "=".</summary>
    public Product EqualsValueGradient { get; } = Product.Of(work.OutputSum, work.AttentionToOutputsT, work.EqualsValueGradient);

    /// <summary>ds^T x: the gradient of W_K q, for each head.</summary>
    public Product KeyQueryGradient { get; } = Product.OfTransposed(work.ScoreGradient, work.Inputs, work.KeyQueryGradient);

    /// <summary>ds^T x W_K: of the query, before the factor 1 / sqrt(d_head).</summary>
    public Product QueryGradients { get; } = Product.Of(work.KeyQueryGradient, weights.W_K, work.QueryGradients);

    /// <summary>dW_K.</summary>
    public Product KeyGradient { get; } = Product.OfTransposed(work.KeyQueryGradient, work.QueryByHead, gradient.W_K);

    /// <summary>dW_Q.</summary>
    public Product QueryWeightGradient { get; } = Product.OfTransposed(work.EqualsInput, work.QueryGradient, gradient.W_Q);

    /// <summary>What e receives through the query.</summary>
    public Product QueryInputGradient { get; } = Product.Of(weights.W_Q, work.QueryGradientColumn, work.QueryInputGradient);

    /// <summary>dW_O, dW_V, dW_out, dW_in, db_out, dW_U, dx, and what e receives through its value and the MLP.</summary>
    public Product[][] WeightGradients { get; } =
    [
        [
            Product.Of(work.AttentionToMlpGradient, work.W_inT, gradient.W_O),
            Product.Of(work.AttentionToLogitsGradient, weights.W_Ut, gradient.W_O).FromResult(),
        ],
        [
            Product.OfTransposed(work.Inputs, work.ValueGradient, gradient.W_V),
            Product.OfTransposed(work.EqualsInput, work.EqualsValueGradient, gradient.W_V).FromResult(),
        ],
        [Product.Of(work.MlpToLogitsGradient, weights.W_Ut, gradient.W_out)],
        [
            Product.OfTransposed(weights.W_O, work.AttentionToMlpGradient, gradient.W_in),
            Product.OfTransposed(work.EqualsInput, work.HiddenSum, gradient.W_in).FromResult(),
        ],
        [Product.Of(work.LogitSum, weights.W_Ut, gradient.B_out)],
        [
            Product.OfTransposed(work.AttentionToLogitsGradient, weights.W_O, gradient.W_Ut),
            Product.OfTransposed(work.MlpToLogitsGradient, weights.W_out, gradient.W_Ut).FromResult(),
            Product.OfTransposed(work.LogitSum, work.Readout, gradient.W_Ut).FromResult(),
        ],
        [
            Product.Of(work.ValueGradient, work.W_Vt, work.InputGradient),
            Product.Of(work.ScoreGradient, work.KeyQuery, work.InputGradient).FromResult(),
        ],
        [Product.Of(work.EqualsValueGradient, work.W_Vt, work.ValueInputGradient)],
        [Product.Of(work.HiddenSum, work.W_inT, work.HiddenInputGradient)],
    ];

    private static IEnumerable<int> Heads(TransformerConfig model) => Enumerable.Range(0, model.Heads);
}
