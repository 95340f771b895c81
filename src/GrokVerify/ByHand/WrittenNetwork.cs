using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.ByHand;

/// <summary>A <see cref="CosineNetwork"/>, and how it does on all pairs.</summary>
/// <param name="Frequencies">Those that it was written with.</param>
/// <param name="Phases">Neurons of each frequency.</param>
/// <param name="Weights">The network itself.</param>
/// <param name="Accuracy">On all pairs.</param>
/// <param name="Margin">As <see cref="LogitMargin.Least"/> has it.</param>
internal sealed record WrittenNetwork(IReadOnlyList<int> Frequencies, int Phases, TransformerWeights Weights, double Accuracy, double Margin)
{
    /// <summary>d_mlp.</summary>
    public int Neurons => Weights.Config.DMlp;

    /// <summary>All parameters of its shape, zeros included.</summary>
    public int Parameters => Weights.Values.Length;

    public int NonzeroParameters => Weights.Values.Count(value => value != 0);

    /// <summary>The numbers that are chosen, all others following from them: the frequencies, and how many neurons each has.</summary>
    public int FreeNumbers => Frequencies.Count + 1;

    /// <inheritdoc cref="CosineNetwork.Build"/>
    public static WrittenNetwork Of(int prime, IReadOnlyList<int> frequencies, int phases) => Of(frequencies, phases, CosineNetwork.Build(prime, frequencies, phases));

    /// <summary>The same of weights that were altered since.</summary>
    public static WrittenNetwork Of(IReadOnlyList<int> frequencies, int phases, TransformerWeights weights)
    {
        var network = new NetworkSpectra(weights, new ModularTask(weights.Config.Prime));
        Matrix logits = network.Logits.Values;
        return new(frequencies, phases, weights, CrossEntropy.Of(network.Task, logits, network.Task.Prime).OnAll().Accuracy, LogitMargin.Least(network.Task, logits));
    }
}
