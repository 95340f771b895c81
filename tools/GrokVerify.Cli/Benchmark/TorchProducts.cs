using GrokVerify.Model;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Cli.Benchmark;

/// <summary>the large products of a step of the factored network, by libtorch and alone: forward, and both gradients of each.</summary>
internal sealed class TorchProducts : IDisposable
{
    private readonly Tensor _zHidden;
    private readonly Tensor _z;
    private readonly Tensor _hidden;
    private readonly Tensor _logits;
    private readonly Tensor _m1;
    private readonly Tensor _m23;

    /// <param name="config">The network's shape.</param>
    /// <param name="pairs">Train pairs.</param>
    public TorchProducts(TransformerConfig config, int pairs)
    {
        _zHidden = randn(pairs, config.DModel + config.DMlp);
        _z = _zHidden.narrow(1, 0, config.DModel);
        _hidden = _zHidden.narrow(1, config.DModel, config.DMlp);
        _logits = randn(pairs, config.VocabularySize);
        _m1 = randn(config.DModel, config.DMlp);
        _m23 = randn(config.DModel + config.DMlp, config.VocabularySize);
        Flops = 6.0 * pairs * (((double)config.DModel * config.DMlp) + ((double)(config.DModel + config.DMlp) * config.VocabularySize));
    }

    /// <summary>Operations of <see cref="Multiply"/>; a multiply-add is two.</summary>
    public double Flops { get; }

    public void Multiply()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        mm(_z, _m1);
        mm(_zHidden, _m23);
        Tensor gradient = mm(_logits, _m23.t());
        gradient.narrow(1, 0, _z.shape[1]).addmm_(_hidden, _m1.t(), 1, 1);
        mm(_hidden.t(), _z);
        mm(_logits.t(), _zHidden);
    }

    public void Dispose()
    {
        _z.Dispose();
        _hidden.Dispose();
        _zHidden.Dispose();
        _logits.Dispose();
        _m1.Dispose();
        _m23.Dispose();
    }
}
