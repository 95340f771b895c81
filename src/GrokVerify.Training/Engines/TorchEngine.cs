using GrokVerify.Model;
using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>
/// Training through TorchSharp, on the CPU or on CUDA: the factored network with a gradient written by hand, and AdamW over one flat buffer.
/// </summary>
/// <remarks>
/// libtorch sums in an order that depends on threads and instruction set, so two machines end in different weights.
/// In float64 it is the reference that other engines are compared with; <see cref="Capture"/> then rounds to float32.
/// </remarks>
public sealed class TorchEngine : ITrainingEngine
{
    private readonly TrainingConfig _config;
    private readonly ZeroMlp _mlp;
    private readonly ParameterLayout _layout;
    private readonly ModularTask _task;
    private readonly ScalarType _type;
    private readonly Device _device;
    private readonly List<IDisposable> _owned;
    private readonly Tensor _parameters;
    private readonly Tensor _gradient;
    private readonly Tensor? _targets;
    private readonly TransformerWeights? _teacher;
    private readonly TorchGradientRules? _rules;
    private readonly Tensor? _gradientMean;
    private readonly TorchAdamW _optimizer;
    private readonly TorchFactoredNetwork _network;
    private readonly PairIndex _trainPairs;
    private readonly double? _sumOfSquares;
    private readonly TorchFrequencyDecay _frequencyDecay;

    /// <param name="config">The run.</param>
    /// <param name="start">Where to go on from.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="device">The CPU when not given.</param>
    /// <exception cref="ArgumentException">The state cannot be resumed from, or its shape is not the configuration's, or there is more than one layer.</exception>
    public TorchEngine(TrainingConfig config, TrainingState start, ScalarType type = ScalarType.Float32, Device? device = null)
    {
        config.Validate();
        start.RequireResumable(config);
        _config = config;
        _mlp = new ZeroMlp(config.Model);
        _layout = new ParameterLayout(_mlp.Network);
        _task = config.CreateTask();
        Split = config.CreateSplit();
        _type = type;
        _device = device ?? CPU;
        Epoch = start.Epoch;
        _sumOfSquares = config.ConstantNorm ? TrainingState.Initial(config).Weights.SumOfSquares() : null;
        Name = $"torch-{_device.type.ToString().ToLowerInvariant()}-{type.ToString().ToLowerInvariant()}";
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        _parameters = ToDevice(_mlp.In(start.Weights.Values));
        _gradient = zeros_like(_parameters);
        _optimizer = new TorchAdamW(config, ToDevice(_mlp.In(start.FirstMoment!)), ToDevice(_mlp.In(start.SecondMoment!)));
        _rules = TorchGradientRules.Has(config) ? new TorchGradientRules(config, start.GradientMean is not null) : null;
        _gradientMean = config.Grokfast is null ? null : ToDevice(_mlp.In(start.GradientMean ?? new float[start.Weights.Values.Length]));
        _network = new TorchFactoredNetwork(_mlp.Network, _parameters, _gradient);
        _trainPairs = new PairIndex(_task, Split.Train, type, _device);
        _teacher = config.Teacher is null ? null : start.Teacher;
        _targets = TorchLoss.Targets(config, _teacher, Split.Train, _device);
        _frequencyDecay = new TorchFrequencyDecay(config, View("W_E"), View("W_U"));
        _owned = [.. scope.DisposablesView];
        scope.Detach(scope.DisposablesView);
    }

    public string Name { get; }

    public PairSplit Split { get; }

    public long Epoch { get; private set; }

    public void Step()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ComputeGradient();
        ChangeGradient();
        _frequencyDecay.Around(Epoch, () => _optimizer.Step(_parameters, _gradient, Epoch));
        if (_sumOfSquares is double kept)
        {
            Tensor weights = _parameters.to(ScalarType.Float64);
            _parameters.mul_(weights.dot(weights).reciprocal_().MultiplyInPlace(kept).sqrt_().to(_type));
        }

        Epoch++;
    }

    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        using var index = new PairIndex(_task, pairs, _type, _device);
        Tensor logits = _network.Forward(index).Logits;
        Tensor correct = TorchLoss.OfClasses(logits, _config).argmax(1).eq(index.Labels).to(ScalarType.Float64).mean();
        Tensor loss = TorchLoss.Evaluate(logits, index.Labels, _config).Losses.to(ScalarType.Float64).mean();
        return new LossAndAccuracy(loss.item<double>(), correct.item<double>());
    }

    /// <summary>The gradient of the mean train loss at the present weights, laid out as <see cref="ParameterLayout"/>.</summary>
    public double[] Gradient()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        ComputeGradient();
        return _mlp.Out<double>([.. _gradient.to(ScalarType.Float64).cpu().data<double>()]);
    }

    /// <summary>The present weights in full precision, laid out as <see cref="ParameterLayout"/>.</summary>
    public double[] Parameters()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        return _mlp.Out<double>([.. _parameters.to(ScalarType.Float64).cpu().data<double>()]);
    }

    public TrainingState Capture() => new(
        Epoch,
        new TransformerWeights(_config.Model, ToArray(_parameters)),
        ToArray(_optimizer.FirstMoment),
        ToArray(_optimizer.SecondMoment),
        _rules?.HasMean == true ? ToArray(_gradientMean!) : null,
        _teacher);

    public void Dispose()
    {
        _frequencyDecay.Dispose();
        _trainPairs.Dispose();
        _targets?.Dispose();
        _gradientMean?.Dispose();
        _gradient.Dispose();
        _parameters.Dispose();
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }

    private void ComputeGradient()
    {
        TorchFactoredNetwork.Pass pass = _network.Forward(_trainPairs);
        _network.Backward(pass, TorchLoss.TrainGradient(pass.Logits, _trainPairs.Labels, _targets, _config));
    }

    private void ChangeGradient()
    {
        if (_rules is not null)
        {
            foreach (ParameterTensor tensor in _layout.Tensors)
            {
                Tensor Part(Tensor all) => all.narrow(0, tensor.Offset, tensor.Count);
                Tensor? mean = _gradientMean is null ? null : Part(_gradientMean);
                _rules.Apply(tensor.IsBias, Part(_parameters), Part(_gradient), Part(_optimizer.FirstMoment), Part(_optimizer.SecondMoment), mean);
            }

            _rules.EndStep();
        }
    }

    private Tensor View(string name)
    {
        ParameterTensor parameter = _layout[name];
        return _parameters.narrow(0, parameter.Offset, parameter.Count).view([.. parameter.Shape.Select(extent => (long)extent)]);
    }

    private Tensor ToDevice(float[] values)
    {
        using Tensor single = tensor(values);
        return single.to(_type, _device, copy: true);
    }

    private float[] ToArray(Tensor values)
    {
        using DisposeScope scope = NewDisposeScope();
        return _mlp.Out<float>([.. values.to(ScalarType.Float32).cpu().data<float>()]);
    }
}
