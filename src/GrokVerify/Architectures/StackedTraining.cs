using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.LibTorch;
using GrokVerify.Numerics;
using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Architectures;

/// <summary>Training of a <see cref="StackedTransformer"/> by autograd and AdamW, in float32.</summary>
/// <remarks>Not the same bits everywhere: libtorch's sums depend on its threads and on the processor.</remarks>
internal sealed class StackedTraining : ITrialTraining
{
    private readonly TrainingConfig _config;
    private readonly ModularTask _task;
    private readonly StackedTransformer _transformer;
    private readonly AutogradAdamW _optimizer;
    private readonly PairIndex _train;

    public StackedTraining(TrainingConfig config, StackShape shape)
    {
        LibTorchLoader.Require();
        config.Validate();
        _config = config;
        _task = config.CreateTask();
        _transformer = new StackedTransformer(shape, config.Seed);
        _train = Index(config.CreateSplit().Train);
        _optimizer = new AutogradAdamW(config, _transformer.Parameters.Values);
    }

    public long Epoch { get; private set; }

    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.ClearGradients();
        Tensor logits = Logits(_train);
        Tensor gradient = TorchLoss.Evaluate(logits.detach(), _train.Labels, _config.LossForm).Gradient;
        logits.backward([gradient]);
        _optimizer.Step(Epoch);
        Epoch++;
    }

    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using PairIndex index = Index(pairs);
        Tensor logits = Logits(index);
        Tensor correct = logits.argmax(1).eq(index.Labels).to(ScalarType.Float64).mean();
        Tensor loss = TorchLoss.Evaluate(logits, index.Labels, _config.LossForm).Losses.to(ScalarType.Float64).mean();
        return new LossAndAccuracy(loss.item<double>(), correct.item<double>());
    }

    public PairLogits Logits()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using PairIndex all = Index([.. Enumerable.Range(0, _task.PairCount)]);
        double[] logits = [.. Logits(all).to(ScalarType.Float64).contiguous().data<double>()];
        return new PairLogits(_task, new Matrix(_task.PairCount, _task.VocabularySize, logits));
    }

    public HeadFrequencies? Heads() => null;

    public void Dispose()
    {
        _optimizer.Dispose();
        _train.Dispose();
        _transformer.Dispose();
    }

    private PairIndex Index(ReadOnlySpan<int> pairs) => new(_task, pairs, ScalarType.Float32, CPU);

    private Tensor Logits(PairIndex pairs) => _transformer.Logits(pairs.First, pairs.Second);
}
