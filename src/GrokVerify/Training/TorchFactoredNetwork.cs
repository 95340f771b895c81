using GrokVerify.Model;
using static TorchSharp.torch;

namespace GrokVerify.Training;

/// <summary>
/// The network of <see cref="Transformer"/> at the read-out position, without the waste: keys and values are tables over the 2p + 1 distinct
/// inputs, and W_O W_in, W_O W_U and W_out W_U are multiplied once a step instead of once a pair. The gradient is written by hand.
/// </summary>
/// <remarks>
/// The inputs u are the rows (token a at position 0) for all a, (token b at position 1) for all b, and ("=" at position 2), called e.
/// With q = e W_Q and k = W_K q per head: scores s(u) = u k / sqrt(d_head), values v(u) = u W_V,
/// z = softmax-weighted values, M1 = W_O W_in, M2 = W_O W_U, M3 = W_out W_U:
/// h = ReLU(z M1 + e W_in + b_in), logits = z M2 + h M3 + (e + b_out) W_U.
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
        Tensor Inputs, // [2p + 1, d_model]
        Tensor Query, // [heads, d_head]
        Tensor KeyQuery, // [heads, d_model]
        Tensor ValuesA, // [pairs, heads, d_head]
        Tensor ValuesB, // [pairs, heads, d_head]
        Tensor ValuesEquals, // [heads, d_head]
        Tensor Pattern, // [pairs, heads, 3]
        Tensor Z, // [pairs, d_model]
        Tensor Hidden, // [pairs, d_mlp]
        Tensor M1, // [d_model, d_mlp]
        Tensor M2, // [d_model, d_vocab]
        Tensor M3, // [d_mlp, d_vocab]
        Tensor Logits); // [pairs, d_vocab]

    public Pass Forward(PairIndex pairs)
    {
        Views w = _weights;
        int p = _config.Prime;
        Tensor numbers = w.W_E.narrow(0, 0, p); // [p, d_model]
        Tensor e = w.W_E[p] + w.W_pos[2]; // [d_model]
        Tensor inputs = cat([numbers + w.W_pos[0], numbers + w.W_pos[1], e.unsqueeze(0)]); // [2p + 1, d_model]

        Tensor query = matmul(e, w.W_Q); // [heads, d_head]
        Tensor keyQuery = matmul(w.W_K, query.unsqueeze(2)).squeeze(2) / Math.Sqrt(_config.DHead); // [heads, d_model]
        Tensor scores = mm(inputs, keyQuery.t()); // [2p + 1, heads]
        Tensor values = matmul(inputs, w.W_V).transpose(0, 1).contiguous(); // [2p + 1, heads, d_head]

        Tensor scoresA = scores.index_select(0, pairs.First); // [pairs, heads]
        Tensor scoresB = scores.index_select(0, pairs.SecondRow); // [pairs, heads]
        Tensor scoresEquals = scores[2 * p].expand_as(scoresA); // [pairs, heads]
        Tensor pattern = stack([scoresA, scoresB, scoresEquals], 2).softmax(2); // [pairs, heads, 3]
        Tensor valuesA = values.index_select(0, pairs.First); // [pairs, heads, d_head]
        Tensor valuesB = values.index_select(0, pairs.SecondRow); // [pairs, heads, d_head]
        Tensor valuesEquals = values[2 * p]; // [heads, d_head]
        Tensor z = (valuesA * pattern.narrow(2, 0, 1))
            .addcmul_(valuesB, pattern.narrow(2, 1, 1), 1)
            .addcmul_(valuesEquals, pattern.narrow(2, 2, 1), 1)
            .view(-1, _config.DModel); // [pairs, d_model]

        Tensor m1 = mm(w.W_Oflat, w.W_in);
        Tensor m2 = mm(w.W_Oflat, w.W_U);
        Tensor m3 = mm(w.W_out, w.W_U);
        Tensor hidden = addmm(matmul(e, w.W_in) + w.B_in, z, m1, 1, 1).relu_(); // [pairs, d_mlp]
        Tensor logits = addmm(matmul(e + w.B_out, w.W_U), z, m2, 1, 1).addmm_(hidden, m3, 1, 1); // [pairs, d_vocab]
        return new Pass(pairs, inputs, query, keyQuery, valuesA, valuesB, valuesEquals, pattern, z, hidden, m1, m2, m3, logits);
    }

    /// <summary>Writes the gradient of all eleven tensors.</summary>
    /// <param name="pass">The forward pass of the present parameters.</param>
    /// <param name="logitGradient">[pairs, d_vocab].</param>
    public void Backward(Pass pass, Tensor logitGradient)
    {
        Views w = _weights;
        Views g = _gradient;
        int p = _config.Prime;
        Tensor e = pass.Inputs[2 * p]; // [d_model]

        Tensor hiddenGradient = mm(logitGradient, pass.M3.t()).mul_(pass.Hidden.gt(0)); // [pairs, d_mlp]
        Tensor zGradient = mm(logitGradient, pass.M2.t()).addmm_(hiddenGradient, pass.M1.t(), 1, 1); // [pairs, d_model]
        Tensor zTransposed = pass.Z.t();
        Tensor m1Gradient = mm(zTransposed, hiddenGradient);
        Tensor m2Gradient = mm(zTransposed, logitGradient);
        Tensor m3Gradient = mm(pass.Hidden.t(), logitGradient);
        Tensor hiddenSum = hiddenGradient.sum(0L); // [d_mlp]
        Tensor logitSum = logitGradient.sum(0L); // [d_vocab]

        g.B_in.copy_(hiddenSum);
        g.W_in.copy_(mm(w.W_Oflat.t(), m1Gradient)).add_(outer(e, hiddenSum));
        g.W_Oflat.copy_(mm(m1Gradient, w.W_in.t())).addmm_(m2Gradient, w.W_U.t(), 1, 1);
        g.W_out.copy_(mm(m3Gradient, w.W_U.t()));
        Tensor readoutGradient = mv(w.W_U, logitSum); // [d_model]
        g.B_out.copy_(readoutGradient);
        g.W_U.copy_(mm(w.W_Oflat.t(), m2Gradient)).addmm_(w.W_out.t(), m3Gradient, 1, 1).add_(outer(e + w.B_out, logitSum));

        (Tensor scoreGradient, Tensor valueGradient) = AttentionBackward(pass, zGradient);
        Tensor keyQueryGradient = mm(scoreGradient.t(), pass.Inputs) / Math.Sqrt(_config.DHead); // [heads, d_model]
        Tensor queryGradient = matmul(keyQueryGradient.unsqueeze(1), w.W_K).squeeze(1); // [heads, d_head]
        g.W_K.copy_(keyQueryGradient.unsqueeze(2) * pass.Query.unsqueeze(1));
        g.W_Q.copy_(e.unsqueeze(1) * queryGradient.unsqueeze(1));
        Tensor perHead = valueGradient.transpose(0, 1); // [heads, 2p + 1, d_head]
        g.W_V.copy_(matmul(pass.Inputs.t(), perHead));

        Tensor inputGradient = matmul(perHead, w.W_V.transpose(1, 2)).sum(0L).addmm_(scoreGradient, pass.KeyQuery, 1, 1); // [2p + 1, d_model]
        Tensor equalsGradient = inputGradient[2 * p] + readoutGradient + mv(w.W_in, hiddenSum)
            + matmul(w.W_Q, queryGradient.unsqueeze(2)).sum(0L).squeeze(1); // [d_model]
        Tensor gradientA = inputGradient.narrow(0, 0, p);
        Tensor gradientB = inputGradient.narrow(0, p, p);
        g.W_E.narrow(0, 0, p).copy_(gradientA).add_(gradientB);
        g.W_E[p].copy_(equalsGradient);
        g.W_pos[0].copy_(gradientA.sum(0L));
        g.W_pos[1].copy_(gradientB.sum(0L));
        g.W_pos[2].copy_(equalsGradient);
    }

    /// <summary>Gradients of the tables: scores [2p + 1, heads] and values [2p + 1, heads, d_head].</summary>
    private (Tensor Scores, Tensor Values) AttentionBackward(Pass pass, Tensor zGradient)
    {
        Tensor perHead = zGradient.view(-1, _config.Heads, _config.DHead); // [pairs, heads, d_head]
        Tensor patternA = pass.Pattern.narrow(2, 0, 1); // [pairs, heads, 1]
        Tensor patternB = pass.Pattern.narrow(2, 1, 1);
        Tensor patternEquals = pass.Pattern.narrow(2, 2, 1);
        Tensor patternGradient = stack(
            [
                (perHead * pass.ValuesA).sum(2L),
                (perHead * pass.ValuesB).sum(2L),
                (perHead * pass.ValuesEquals).sum(2L),
            ],
            2); // [pairs, heads, 3]
        Tensor weighted = patternGradient.mul_(pass.Pattern);
        Tensor scoreGradient = weighted.sub_(pass.Pattern * weighted.sum(2L, keepdim: true)); // [pairs, heads, 3]

        // One-hot products instead of scatter-add: faster here on the CPU, and in a fixed order on the GPU.
        Tensor scores = cat(
            [
                mm(pass.Pairs.FirstOneHot, scoreGradient.select(2, 0)),
                mm(pass.Pairs.SecondOneHot, scoreGradient.select(2, 1)),
                scoreGradient.select(2, 2).sum(0L, keepdim: true),
            ]);
        Tensor values = cat(
            [
                mm(pass.Pairs.FirstOneHot, (perHead * patternA).view(-1, _config.DModel)),
                mm(pass.Pairs.SecondOneHot, (perHead * patternB).view(-1, _config.DModel)),
                (perHead * patternEquals).sum(0L).view(1, _config.DModel),
            ]);
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
