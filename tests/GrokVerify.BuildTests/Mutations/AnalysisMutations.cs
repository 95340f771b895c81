namespace GrokVerify.BuildTests.Mutations;

/// <summary>Mistakes in the spectra of a network and in the interventions on it. Those in the measures are Stryker's (<see cref="StrykerTests"/>).</summary>
internal static class AnalysisMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Library("basis-constant", "Fourier/FourierBasis.cs", "Rows[0, j] = 1 / Math.Sqrt(prime);", "Rows[0, j] = 1.0 / prime;", "the constant row is not a unit vector"),
        Library("alpha-sign", "Fourier/AlphaSpectrum.cs", "byOffset[(s - c + p) % p]", "byOffset[(s + c) % p]", "alpha is of cos(w(a + b + c))"),
        Library("alpha-last-frequency", "Fourier/AlphaSpectrum.cs", "k <= alpha.Length; k++", "k < alpha.Length; k++", "the last frequency has no alpha"),
        Library("logit-variance-mean", "Fourier/AlphaSpectrum.cs", "(value - mean) * (value - mean)", "value * value", "logit FVE is of logits that are not centred"),
        Library("most-key-frequencies", "Fourier/KeyFrequencies.cs", "i <= MostFrequencies &&", "i < MostFrequencies &&", "a key set has at most 11 frequencies"),
        Library("gini-rank", "Fourier/Gini.cs", "((2 * rank) - values.Count - 1)", "((2 * rank) - values.Count)", "the Gini coefficient of equal numbers is not 0"),
        Library("sum-line", "Fourier/PairGridSums.cs", "((line - i + prime) % prime)", "((line + i) % prime)", "the lines of a + b are those of b - a"),
        Library("neuron-power", "Fourier/NeuronSpectra.cs", "spectrum.Strongest(neuron, spectrum.Power)", "spectrum.Strongest(neuron, spectrum.DegreeOnePower)", "neurons are judged without products of cosines"),
        Library("residual-constant", "Fourier/WeightSpectrum.cs", "double left = ComponentNorms[0] * ComponentNorms[0];", "double left = 0;", "the constant row is not part of the residual"),
        Library("ablated-head", "Ablations/AttentionAblations.cs", "column / Positions == head ? 0 : weight", "column % Positions == head ? 0 : weight", "a position is ablated instead of a head"),
        Library("head-mean-is-zero", "Ablations/AttentionAblations.cs", " with { Constant = WithMeans(network, [head]) }", "", "mean ablation of a head is zero ablation"),
        Library("cosines-sign", "Ablations/LogitAblations.cs", "byOffset[(sum - c + p) % p]", "byOffset[(sum + c) % p]", "the cosines are of a + b + c"),
        Library(
            "key-directions-bias",
            "Ablations/NeuronAblations.cs",
            "TensorPrimitives.Add(row, network.Activations.Forward.OutputBiasLogits, row);",
            "TensorPrimitives.Add(row, 0.0, row);",
            "the key directions alone lack b_out"),
        Library(
            "skip-mean", "Ablations/SkipAblations.cs", "TensorPrimitives.Divide(mean, activations.SkipLogits.Rows, mean);", "TensorPrimitives.Divide(mean, activations.SkipLogits.Columns, mean);", "the mean past the MLP is a sum"),
    ];

    private static Mutation Library(string name, string file, string original, string replacement, string breaks) =>
        new(name, $"src/GrokVerify/{file}", original, replacement, breaks);
}
