using System.Runtime.CompilerServices;
using GrokVerify.LibTorch;
using GrokVerify.Model;
using GrokVerify.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.ForwardPass;

/// <summary>The logits of networks of several layers, which <see cref="FactoredForward"/> does not know: the reference network in float64, some pairs at a time.</summary>
internal static class DeepForward
{
    private const int PairsAtOnce = 1024;

    /// <returns>float64 [p * p, p + 1].</returns>
    /// <exception cref="ArgumentException">A weight is NaN or infinite; says which.</exception>
    /// <exception cref="LibTorchUnavailableException">libtorch does not load.</exception>
    public static Matrix Logits(TransformerWeights weights)
    {
        weights.RequireFinite();
        LibTorchLoader.Require();
        return LogitsByTorch(weights);
    }

    // Apart from the above: a method that names TorchSharp's types is not compiled where there is no TorchSharp, and the loader would not come to say so.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Matrix LogitsByTorch(TransformerWeights weights)
    {
        int prime = weights.Config.Prime;
        var logits = new Matrix(prime * prime, weights.Config.VocabularySize);
        using IDisposable noGrad = no_grad();
        using var transformer = new Transformer(weights, ScalarType.Float64);
        for (int first = 0; first < logits.Rows; first += PairsAtOnce)
        {
            int count = Math.Min(PairsAtOnce, logits.Rows - first);
            using DisposeScope scope = NewDisposeScope();
            Tensor tokens = transformer.Tokens([.. Enumerable.Range(first, count)]);
            Tensor block = transformer.Forward(tokens, TransformerConfig.ReadoutPosition).Logits.flatten(); // [pairs * d_vocab]
            block.data<double>().ToArray().CopyTo(logits.RowBlock(first, count));
        }

        return logits;
    }
}
