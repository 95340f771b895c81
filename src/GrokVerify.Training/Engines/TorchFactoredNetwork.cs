using GrokVerify.Model;
using static GrokVerify.Model.TensorArithmetic;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>
/// The network of <see cref="Transformer"/> at the read-out position, without the waste: keys and values are tables over the 2p distinct tokens and
/// positions, and W_O W_in, W_O W_U and W_out W_U are multiplied once a step instead of once a pair. The gradient is written by hand.
/// </summary>
/// <remarks>
/// A pattern sums to 1, so everything is relative to e, the input of "=" at position 2: the rows x are (token a at position 0) - e for all a, then
/// (token b at position 1) - e for all b. With q = e W_Q and k = W_K q per head: scores s(x) = x k / sqrt(d_head) beside a 0 for "=", values v(x) = x W_V,
/// z = e W_V + pattern-weighted values: h = ReLU(z W_O W_in + e W_in + b_in), logits = z W_O W_U + h W_out W_U + (e + b_out) W_U.
/// </remarks>
internal sealed class TorchFactoredNetwork
{
    private readonly TransformerConfig _config;
    private readonly Views _weights;
    private readonly Views _gradient;

    /// <param name="config">The shape.</param>
    /// <param name="parameters">[parameter count], read through views: changes in place are seen.</param>
    /// <param name="gradient">[parameter count], written by <see cref="Backward"/>.</param>
    public TorchFactoredNetwork(TransformerConfig config, Tensor parameters, Tensor gradient)
    {
        _config = config;
        _weights = new Views(config, parameters);
        _gradient = new Views(config, gradient);
    }

    /// <summary>What the backward pass needs of a forward pass; tensors of the surrounding dispose scope.</summary>
    internal sealed record Pass(
        PairIndex Pairs,
        Tensor EqualsInput, // [d_model]
        Tensor Inputs, // [2p, d_model]
        Tensor Query, // [heads, d_head]
        Tensor KeyQuery, // [heads, d_model]
        Tensor ValuesA, // [pairs, heads, d_head]
        Tensor ValuesB, // [pairs, heads, d_head]
        Tensor PatternA, // [pairs, heads]
        Tensor PatternB, // [pairs, heads]
        Tensor Z, // [pairs, d_model]
        Tensor Hidden, // [pairs, d_mlp]
        Tensor AttentionToMlp, // [d_model, d_mlp]: W_O W_in
        Tensor AttentionToLogits, // [d_model, d_vocab]: W_O W_U
        Tensor MlpToLogits, // [d_mlp, d_vocab]: W_out W_U
        Tensor Logits); // [pairs, d_vocab]

    public Pass Forward(PairIndex pairs)
    {
        Views w = _weights;
        int p = _config.Prime;
        Tensor e = w.W_E[p].Plus(w.W_pos[2]); // [d_model]
        Tensor numbers = w.W_E.narrow(0, 0, p) - e; // [p, d_model]
        Tensor inputs = cat([numbers.Plus(w.W_pos[0]), numbers.Plus(w.W_pos[1])]); // [2p, d_model]

        Tensor query = matmul(e, w.W_Q); // [heads, d_head]
        Tensor keyQuery = matmul(w.W_K, query.unsqueeze(2)).squeeze(2).DividedBy(Math.Sqrt(_config.DHead)); // [heads, d_model]
        Tensor scores = mm(inputs, keyQuery.t()); // [2p, heads]
        Tensor values = matmul(inputs, w.W_V).transpose(0, 1).contiguous(); // [2p, heads, d_head]
        (Tensor patternA, Tensor patternB) = Softmax(scores.index_select(0, pairs.First), scores.index_select(0, pairs.SecondRow)); // [pairs, heads]
        Tensor valuesA = values.index_select(0, pairs.First); // [pairs, heads, d_head]
        Tensor valuesB = values.index_select(0, pairs.SecondRow); // [pairs, heads, d_head]

        Tensor attentionToMlp = mm(w.W_Oflat, w.W_in);
        Tensor attentionToLogits = mm(w.W_Oflat, w.W_U);
        Tensor mlpToLogits = mm(w.W_out, w.W_U);
        Tensor z = addcmul(matmul(e, w.W_V), valuesA, patternA.unsqueeze(2), One).addcmul_(valuesB, patternB.unsqueeze(2), One).view(-1, _config.DModel); // [pairs, d_model]
        Tensor hidden = addmm(matmul(e, w.W_in).Plus(w.B_in), z, attentionToMlp, 1, 1).relu_(); // [pairs, d_mlp]
        Tensor logits = addmm(matmul(e.Plus(w.B_out), w.W_U), z, attentionToLogits, 1, 1).addmm_(hidden, mlpToLogits, 1, 1); // [pairs, d_vocab]
        return new Pass(pairs, e, inputs, query, keyQuery, valuesA, valuesB, patternA, patternB, z, hidden, attentionToMlp, attentionToLogits, mlpToLogits, logits);
    }

    /// <summary>Writes the gradient of all eleven tensors.</summary>
    /// <param name="pass">The forward pass of the present parameters; its activations are used up.</param>
    /// <param name="logitGradient">[pairs, d_vocab].</param>
    public void Backward(Pass pass, Tensor logitGradient)
    {
        Views w = _weights;
        Views g = _gradient;
        int p = _config.Prime;
        Tensor e = pass.EqualsInput; // [d_model]
        Tensor attentionToLogitsGradient = mm(logitGradient.t(), pass.Z).t(); // [d_model, d_vocab]
        Tensor mlpToLogitsGradient = mm(logitGradient.t(), pass.Hidden).t(); // [d_mlp, d_vocab]
        Tensor hiddenGradient = mm(logitGradient, pass.MlpToLogits.t()).mul_(pass.Hidden.sign_()); // [pairs, d_mlp], 0 where the ReLU let nothing pass
        Tensor zGradient = mm(logitGradient, pass.AttentionToLogits.t()).addmm_(hiddenGradient, pass.AttentionToMlp.t(), 1, 1); // [pairs, d_model]
        Tensor attentionToMlpGradient = mm(hiddenGradient.t(), pass.Z).t(); // [d_model, d_mlp]
        Tensor hiddenSum = hiddenGradient.sum(0L); // [d_mlp]
        Tensor logitSum = logitGradient.sum(0L); // [d_vocab]

        g.B_in.copy_(hiddenSum);
        g.W_in.copy_(mm(w.W_Oflat.t(), attentionToMlpGradient)).AddInPlace(outer(e, hiddenSum));
        g.W_Oflat.copy_(mm(attentionToLogitsGradient, w.W_U.t())).addmm_(attentionToMlpGradient, w.W_in.t(), 1, 1);
        g.W_out.copy_(mm(mlpToLogitsGradient, w.W_U.t()));
        Tensor readoutGradient = mv(w.W_U, logitSum); // [d_model]
        g.B_out.copy_(readoutGradient);
        g.W_U.copy_(mm(w.W_Oflat.t(), attentionToLogitsGradient)).addmm_(w.W_out.t(), mlpToLogitsGradient, 1, 1).AddInPlace(outer(e.Plus(w.B_out), logitSum));

        (Tensor scoreGradient, Tensor valueGradient) = AttentionBackward(pass, zGradient);
        Tensor keyQueryGradient = mm(scoreGradient.t(), pass.Inputs).DividedBy(Math.Sqrt(_config.DHead)); // [heads, d_model]
        Tensor queryGradient = matmul(keyQueryGradient.unsqueeze(1), w.W_K).squeeze(1); // [heads, d_head]
        g.W_K.copy_(keyQueryGradient.unsqueeze(2) * pass.Query.unsqueeze(1));
        g.W_Q.copy_(e.unsqueeze(1) * queryGradient.unsqueeze(1));
        Tensor perHead = valueGradient.transpose(0, 1); // [heads, 2p, d_head]
        Tensor equalsValueGradient = zGradient.sum(0L).view(_config.Heads, 1, _config.DHead); // [heads, 1, d_head]
        g.W_V.copy_(matmul(pass.Inputs.t(), perHead)).AddInPlace(e.unsqueeze(1) * equalsValueGradient);

        Tensor inputGradient = matmul(perHead, w.W_V.transpose(1, 2)).sum(0L).addmm_(scoreGradient, pass.KeyQuery, 1, 1); // [2p, d_model]
        Tensor sumA = inputGradient.narrow(0, 0, p).sum(0L); // [d_model]
        Tensor sumB = inputGradient.narrow(0, p, p).sum(0L); // [d_model]
        Tensor equalsGradient = readoutGradient.Plus(mv(w.W_in, hiddenSum)).Plus(matmul(w.W_Q, queryGradient.unsqueeze(2)).sum(0L).squeeze(1))
            .Plus(matmul(equalsValueGradient, w.W_V.transpose(1, 2)).sum(0L).squeeze(0)) - sumA - sumB; // [d_model]
        g.W_E.narrow(0, 0, p).copy_(inputGradient.narrow(0, 0, p)).AddInPlace(inputGradient.narrow(0, p, p));
        g.W_E[p].copy_(equalsGradient);
        g.W_pos[0].copy_(sumA);
        g.W_pos[1].copy_(sumB);
        g.W_pos[2].copy_(equalsGradient);
    }

    /// <summary>Softmax over the scores of a, b and "=", of which the last is 0: the attention to a and b.</summary>
    private static (Tensor PatternA, Tensor PatternB) Softmax(Tensor scoresA, Tensor scoresB)
    {
        Tensor largest = maximum(scoresA, scoresB).clamp_min_(Zero);
        Tensor a = scoresA.sub_(largest).exp_();
        Tensor b = scoresB.sub_(largest).exp_();
        Tensor inverseSum = largest.neg_().exp_().AddInPlace(a).AddInPlace(b).reciprocal_();
        return (a.mul_(inverseSum), b.mul_(inverseSum));
    }

    /// <summary>Gradients of the tables: scores [2p, heads] and values [2p, heads, d_head].</summary>
    private (Tensor Scores, Tensor Values) AttentionBackward(Pass pass, Tensor zGradient)
    {
        Tensor perHead = zGradient.view(-1, _config.Heads, _config.DHead); // [pairs, heads, d_head]
        Tensor weightedA = (perHead * pass.ValuesA).sum(2L).mul_(pass.PatternA); // [pairs, heads]
        Tensor weightedB = (perHead * pass.ValuesB).sum(2L).mul_(pass.PatternB); // [pairs, heads]
        Tensor sum = weightedA.Plus(weightedB); // [pairs, heads]
        Tensor scoreA = weightedA.addcmul_(pass.PatternA, sum, MinusOne); // [pairs, heads]
        Tensor scoreB = weightedB.addcmul_(pass.PatternB, sum, MinusOne); // [pairs, heads]

        Tensor scores = pass.Pairs.SumByToken(scoreA, scoreB);
        Tensor values = pass.Pairs.SumByToken(
            (perHead * pass.PatternA.unsqueeze(2)).view(-1, _config.DModel), (perHead * pass.PatternB.unsqueeze(2)).view(-1, _config.DModel));
        return (scores, values.view(-1, _config.Heads, _config.DHead));
    }

    /// <summary>The eleven tensors as views of a flat buffer.</summary>
    private sealed class Views
    {
        public Views(TransformerConfig config, Tensor flat)
        {
            var layout = new ParameterLayout(config);
            Tensor View(string name)
            {
                ParameterTensor tensor = layout[name];
                return flat.narrow(0, tensor.Offset, tensor.Count).view([.. tensor.Shape.Select(extent => (long)extent)]);
            }

            W_E = View("W_E");
            W_pos = View("W_pos");
            W_Q = View("W_Q");
            W_K = View("W_K");
            W_V = View("W_V");
            W_Oflat = View("W_O").view(config.DModel, config.DModel);
            W_in = View("W_in");
            B_in = View("b_in");
            W_out = View("W_out");
            B_out = View("b_out");
            W_U = View("W_U");
        }

        public Tensor W_E { get; } // [d_vocab, d_model]

        public Tensor W_pos { get; } // [3, d_model]

        public Tensor W_Q { get; } // [heads, d_model, d_head]

        public Tensor W_K { get; } // [heads, d_model, d_head]

        public Tensor W_V { get; } // [heads, d_model, d_head]

        public Tensor W_Oflat { get; } // [d_model (heads, d_head), d_model]

        public Tensor W_in { get; } // [d_model, d_mlp]

        public Tensor B_in { get; } // [d_mlp]

        public Tensor W_out { get; } // [d_mlp, d_model]

        public Tensor B_out { get; } // [d_model]

        public Tensor W_U { get; } // [d_model, d_vocab]
    }
}
