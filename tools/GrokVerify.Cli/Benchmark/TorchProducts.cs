using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Cli.Benchmark;

/// <summary>The nine large products of a step of the factored network, by libtorch and alone: forward, and both gradients of each.</summary>
internal sealed class TorchProducts : IDisposable
{
    private readonly Tensor _z;
    private readonly Tensor _hidden;
    private readonly Tensor _logits;
    private readonly Tensor _m1;
    private readonly Tensor _m2;
    private readonly Tensor _m3;

    /// <param name="config">The network's shape.</param>
    /// <param name="pairs">Train pairs.</param>
    public TorchProducts(TransformerConfig config, int pairs)
    {
        _z = randn(pairs, config.DModel);
        _hidden = randn(pairs, config.DMlp);
        _logits = randn(pairs, config.VocabularySize);
        _m1 = randn(config.DModel, config.DMlp);
        _m2 = randn(config.DModel, config.VocabularySize);
        _m3 = randn(config.DMlp, config.VocabularySize);
        Flops = 6.0 * pairs * (((double)config.DModel * config.DMlp) + ((double)(config.DModel + config.DMlp) * config.VocabularySize));
    }

    /// <summary>Operations of <see cref="Multiply"/>; a multiply-add is two.</summary>
    public double Flops { get; }

    public void Multiply()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor hidden = mm(_z, _m1);
        mm(_z, _m2).addmm_(_hidden, _m3, 1, 1);
        mm(_logits, _m3.t());
        mm(_logits, _m2.t()).addmm_(hidden, _m1.t(), 1, 1);
        Tensor zTransposed = _z.t();
        mm(zTransposed, hidden);
        mm(zTransposed, _logits);
        mm(_hidden.t(), _logits);
    }

    public void Dispose()
    {
        _z.Dispose();
        _hidden.Dispose();
        _logits.Dispose();
        _m1.Dispose();
        _m2.Dispose();
        _m3.Dispose();
    }
}
