using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>An update of the weights by libtorch, with what <see cref="FrequencyDecay"/> adds to it where the run has one.</summary>
internal sealed class TorchFrequencyDecay : IDisposable
{
    private readonly TrainingConfig _config;
    private readonly Tensor _embedding;
    private readonly Tensor _unembedding;
    private readonly Tensor? _projection;

    /// <param name="config">The run.</param>
    /// <param name="embedding">W_E [d_vocab, d_model]; changed in place.</param>
    /// <param name="unembedding">W_U [d_model, d_vocab]; changed in place.</param>
    public TorchFrequencyDecay(TrainingConfig config, Tensor embedding, Tensor unembedding)
    {
        (_config, _embedding, _unembedding) = (config, embedding, unembedding);
        if (config.FrequencyDecay is FrequencyDecay decay)
        {
            int size = config.Model.VocabularySize;
            using Tensor projection = tensor(decay.Projection(config.Model), [size, size]);
            _projection = projection.to(embedding.dtype, embedding.device, copy: true).DetachFromDisposeScope();
        }
    }

    /// <param name="step">Steps done before this one.</param>
    /// <param name="update">The update of all weights.</param>
    public void Around(long step, Action update)
    {
        if (_projection is null)
        {
            update();
            return;
        }

        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor embedding = mm(_projection, _embedding);
        Tensor unembedding = mm(_unembedding, _projection);
        update();
        using Scalar factor = _config.FrequencyDecay!.Factor(_config, step).ToScalar();
        _embedding.add_(embedding, factor);
        _unembedding.add_(unembedding, factor);
    }

    public void Dispose() => _projection?.Dispose();
}
