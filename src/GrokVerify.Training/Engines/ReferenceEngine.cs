using GrokVerify.Model;
using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>
/// Training as it is usually written: the eager <see cref="Transformer"/>, autograd, and AdamW tensor by tensor. The oracle and the yardstick for the other
/// engines, and what trains networks of several layers.
/// </summary>
/// <remarks>Not the same bits everywhere: libtorch's sums depend on its threads and on the processor.</remarks>
internal sealed class ReferenceEngine : ITrainingEngine
{
    private readonly TrainingConfig _config;
    private readonly Device _device;
    private readonly Transformer _transformer;
    private readonly ModularTask _task;
    private readonly AutogradAdamW _optimizer;
    private readonly Tensor _tokens;
    private readonly Tensor _labels;
    private readonly Tensor? _targets;
    private readonly TransformerWeights? _teacher;
    private readonly double? _sumOfSquares;
    private readonly TorchFrequencyDecay _frequencyDecay;

    /// <param name="config">The run; starts from its initial weights.</param>
    /// <param name="type">float32 or float64.</param>
    public ReferenceEngine(TrainingConfig config, ScalarType type = ScalarType.Float32)
        : this(config, TrainingState.Initial(config), type)
    {
    }

    /// <param name="config">The run.</param>
    /// <param name="start">Where to go on from.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="device">The CPU when not given.</param>
    /// <exception cref="ArgumentException">The state cannot be resumed from, or its shape is not the configuration's.</exception>
    public ReferenceEngine(TrainingConfig config, TrainingState start, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        config.Validate();
        start.RequireResumable(config);
        _config = config;
        _task = config.CreateTask();
        Split = config.CreateSplit();
        _device = device ?? CPU;
        Epoch = start.Epoch;
        _sumOfSquares = config.ConstantNorm ? TrainingState.Initial(config).Weights.SumOfSquares() : null;
        _transformer = new Transformer(start.Weights, type, _device, requiresGrad: true);
        ReadOnlySpan<int> train = Split.Train;
        using DisposeScope scope = NewDisposeScope();
        _tokens = _transformer.Tokens(train).DetachFromDisposeScope();
        _labels = Labels(train).DetachFromDisposeScope();
        _teacher = config.Teacher is null ? null : start.Teacher;
        _targets = TorchLoss.Targets(config, _teacher, train, _device)?.DetachFromDisposeScope();
        _optimizer = new AutogradAdamW(config, _transformer.Parameters, start);
        _frequencyDecay = new TorchFrequencyDecay(config, _transformer["W_E"], _transformer["W_U"]);
        Name = $"reference-{_device.type.ToString().ToLowerInvariant()}-{type.ToString().ToLowerInvariant()}";
    }

    public string Name { get; }

    public PairSplit Split { get; }

    public long Epoch { get; private set; }

    /// <summary>The gradient of the mean train loss at the present weights by autograd, laid out as <see cref="ParameterLayout"/>.</summary>
    public double[] Gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        Backward();
        return [.. Flat(_transformer.Parameters.Select(parameter => parameter.grad!), ScalarType.Float64).data<double>()];
    }

    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        Backward();
        _frequencyDecay.Around(Epoch, () => _optimizer.Step(Epoch));
        if (_sumOfSquares is double kept)
        {
            Rescale(kept);
        }

        Epoch++;
    }

    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor labels = Labels(pairs);
        Tensor logits = Logits(_transformer.Tokens(pairs));
        double accuracy = TorchLoss.OfClasses(logits, _config).argmax(1).eq(labels).to(ScalarType.Float64).mean().item<double>();
        return new LossAndAccuracy(TorchLoss.Evaluate(logits, labels, _config).Losses.to(ScalarType.Float64).mean().item<double>(), accuracy);
    }

    public TrainingState Capture()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] Values(IEnumerable<Tensor> tensors) => [.. Flat(tensors, ScalarType.Float32).data<float>()];
        return new TrainingState(
            Epoch,
            new TransformerWeights(_config.Model, Values(_transformer.Parameters)),
            Values(_optimizer.FirstMoments),
            Values(_optimizer.SecondMoments),
            _optimizer.GradientMeans is { } means ? Values(means) : null,
            _teacher);
    }

    public void Dispose()
    {
        _frequencyDecay.Dispose();
        _optimizer.Dispose();
        _tokens.Dispose();
        _labels.Dispose();
        _targets?.Dispose();
        _transformer.Dispose();
    }

    /// <summary>Leaves the gradient of the mean train loss in the parameters.</summary>
    private void Backward()
    {
        _optimizer.ClearGradients();
        Tensor logits = Logits(_tokens); // [pairs, d_vocab]
        logits.backward([TorchLoss.TrainGradient(logits.detach(), _labels, _targets, _config)]);
    }

    private void Rescale(double sumOfSquares)
    {
        using IDisposable noGrad = no_grad();
        double present = _transformer.Parameters.Sum(parameter => SumOfSquares(parameter.to(ScalarType.Float64)));
        foreach (var parameter in _transformer.Parameters)
        {
            parameter.MultiplyInPlace(Math.Sqrt(sumOfSquares / present));
        }
    }

    private static double SumOfSquares(Tensor values) => (values * values).sum().item<double>();

    private static Tensor Flat(IEnumerable<Tensor> tensors, ScalarType type) => cat([.. tensors.Select(values => values.detach().flatten())]).to(type).cpu();

    // One layer is the yardstick: there every position is computed, as it is usually written.
    private Tensor Logits(Tensor tokens) =>
        _transformer.Forward(tokens, _config.Model.Layers == 1 ? 0 : TransformerConfig.ReadoutPosition).Logits.select(1, -1); // [pairs, d_vocab]

    private Tensor Labels(ReadOnlySpan<int> pairs)
    {
        long[] labels = new long[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            labels[i] = _task.Labels[pairs[i]];
        }

        return tensor(labels, device: _device);
    }
}
