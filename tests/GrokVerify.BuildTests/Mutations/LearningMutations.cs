
namespace GrokVerify.BuildTests.Mutations;

/// <summary>Mistakes in the task, the model, and both engines that train it, whose loops would crawl under the switches that Stryker puts into every expression. What is measured of a network is Stryker's.</summary>
internal static class LearningMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Training("label-of-difference", "Tasks/ModularTask.cs", "(First(pair) + Second(pair)) % prime", "(First(pair) - Second(pair) + prime) % prime", "the label is a - b"),
        Training("first-token", "Tasks/ModularTask.cs", "First(int pair) => pair / Prime;", "First(int pair) => pair % Prime;", "a is read from the axis of b"),
        Training("test-half-is-train-half", "Tasks/PairSplit.cs", "_test = pairs[trainCount..];", "_test = pairs[..trainCount];", "the test pairs are the train pairs"),
        Training("train-count-rounded", "Tasks/PairSplit.cs", "(int)(trainFraction * pairCount)", "(int)Math.Round(trainFraction * pairCount)", "one train pair more where the product is above a half"),
        Training("shuffle-bound", "Tasks/PythonRandom.cs", "NextBelow(i + 1)", "NextBelow(i)", "no element of the shuffle stays in place"),
        Library("attention-scale", "ForwardPass/AttentionTables.cs", "_scores[row, head] = sum / scale;", "_scores[row, head] = sum / _config.DHead;", "scores are divided by d_head, not by its root"),
        Library("table-row-of-a", "ForwardPass/AttentionTables.cs", "0 => pair / _config.Prime,", "0 => pair % _config.Prime,", "attention reads b at position 0"),
        Library("dropped-input-bias", "ForwardPass/FactoredForward.cs", "TensorPrimitives.Add(constant, _mlpInBias, constant);", "TensorPrimitives.Add(constant, 0.0, constant);", "the MLP lacks b_in"),
        Library(
            "dropped-output-bias",
            "ForwardPass/FactoredForward.cs",
            """_mlpOutBiasLogits = MatrixProduct.Multiply(ToFloat64(weights["b_out"]), _unembedding);""",
            "_mlpOutBiasLogits = new double[Config.VocabularySize];",
            "the logits lack b_out"),
        Library("relu-of-constant", "ForwardPass/FactoredForward.cs", "TensorPrimitives.Max(activations, 0, activations);", "TensorPrimitives.Abs(activations, activations);", "without heads, ReLU is an absolute value"),
        Library("mean-head", "ForwardPass/FactoredForward.cs", "TensorPrimitives.Divide(mean, PairCount, mean);", "TensorPrimitives.Divide(mean, PairCount - 1, mean);", "the mean of a head is over one pair too few"),
        Training("reference-mask", "Model/Transformer.cs", ".triu(1 + firstQuery)", ".tril(firstQuery - 1)", "the reference attends to the future"),
        Training("initial-sign", "Model/WeightInitializer.cs", "(float)(drawn[theirs] *", "(float)(-drawn[theirs] *", "initial weights have the other sign"),
        Training(
            "initial-unembedding", "Model/ParameterLayout.cs", """Add("W_U", 1 / Math.Sqrt(config.VocabularySize),""", """Add("W_U", inner,""", "W_U starts with the deviation of the other weights"),
        Training("warm-up", "Engines/TrainingConfig.cs", "(double)step / WarmUpSteps", "(double)(step + 1) / WarmUpSteps", "the first step has a learning rate"),
        Training("test-loss-of-train-pairs", "Loop/Trainer.cs", "engine.Evaluate(engine.Split.Test)", "engine.Evaluate(engine.Split.Train)", "the logged test loss is the train loss"),
        Training("cleanup-settled", "Loop/CleanupRule.cs", "* (1 - allowed)", "* (1 + allowed)", "cleanup ends only when the weights grow"),
        Training(
            "torch-decay-after",
            "Engines/TorchAdamW.cs",
            "parameters.MultiplyInPlace(1 - (rate * config.WeightDecay)).addcdiv_(FirstMoment, denominator, way);",
            "parameters.addcdiv_(FirstMoment, denominator, way).MultiplyInPlace(1 - (rate * config.WeightDecay));",
            "weights decay after the step"),
        Training("torch-bias-correction", "Engines/TorchAdamW.cs", "1 - Math.Pow(config.Beta2, step + 1)", "1 - Math.Pow(config.Beta2, step + 2)", "the second moment is corrected for one step more"),
        Training("torch-loss-shift", "Engines/TorchLoss.cs", "wrongSum.Plus((-shift).expm1()).log1p()", "wrongSum.log1p()", "the loss is too large where the label's logit is not the largest"),
        Training("torch-position-gradient", "Engines/TorchFactoredNetwork.cs", "g.W_pos[1].copy_(sumB);", "g.W_pos[1].copy_(sumA);", "position 1 gets the gradient of position 0"),
        Exact("exact-second-token", "Buffers/PairBatch.cs", "task.Prime + task.Second(pairs[i])", "task.Prime + task.First(pairs[i])", "the engine trains on (a, a)"),
        Exact("exact-active-tail", "Products/ActiveNeurons.cs", "words[present..].Clear();", "", "neurons count as active on pairs past the last one"),
        Exact("exact-gradient-not-cleared", "Backward/MlpGradient.cs", "if (first == 0)", "if (first < 0)", "the gradient of W_out W_U piles up from step to step"),
        Exact("exact-output-bias", "Forward/TokenTables.cs", "Add(t.Readout, t.EqualsInput, _weights.B_out);", "Add(t.Readout, t.EqualsInput, t.EqualsInput);", "e stands in the place of b_out"),
        Exact(
            "exact-rounding", "Forward/AttentionPattern.cs", "TLanes.Add(TLanes.Add(a, b), e)", "TLanes.Add(a, TLanes.Add(b, e))", "a sum is added up in another order: other last bits, the same mathematics"),
        Exact("exact-score-gradient", "Backward/ScoreGradient.cs", "MultiplyAdd(minusSum, patternB, b)", "MultiplyAdd(minusSum, patternA, b)", "the score of b gets the pattern of a"),
        Exact("exact-equals-gradient", "Backward/EmbeddingGradient.cs", "Subtract(e, e, second);", "Add(e, e, second);", "the gradient of the embedding of \"=\" has a wrong sign"),
        Exact("exact-mean", "Loss/Log1pLoss.cs", "(share.Label + share.Sum) * pairs;", "share.Label + share.Sum;", "the gradient is of the sum of the losses, not of their mean"),
        Exact(
            "exact-decay-after",
            "Optimizer/AdamWStep.cs",
            "return TLanes.MultiplyAdd(TLanes.Broadcast(MinusRate), TLanes.Divide(m, denominator), kept);",
            "return TLanes.Multiply(TLanes.Broadcast(Decay), TLanes.MultiplyAdd(TLanes.Broadcast(MinusRate), TLanes.Divide(m, denominator), theta));",
            "weights decay after the step"),
    ];

    private static Mutation Training(string name, string file, string original, string replacement, string breaks) =>
        new(name, $"src/GrokVerify.Training/{file}", original, replacement, breaks);

    private static Mutation Library(string name, string file, string original, string replacement, string breaks) =>
        new(name, $"src/GrokVerify/{file}", original, replacement, breaks);

    private static Mutation Exact(string name, string file, string original, string replacement, string breaks) =>
        new(name, $"src/GrokVerify.Exact/{file}", original, replacement, breaks);
}
