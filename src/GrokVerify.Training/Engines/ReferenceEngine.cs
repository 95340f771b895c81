using GrokVerify.Model;
using GrokVerify.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary>
/// Training as it is usually written: the eager <see cref="Transformer"/>, autograd, and AdamW over eleven tensors.
/// The oracle and the yardstick for the other engines, not a way to train.
/// </summary>
public sealed class ReferenceEngine : ITrainingEngine
{
    private readonly TrainingConfig _config;
    private readonly Transformer _transformer;
    private readonly ModularTask _task;
    private readonly AutogradAdamW _optimizer;
    private readonly Tensor _tokens;
    private readonly Tensor _labels;
    private readonly double? _sumOfSquares;

    /// <param name="config">The run; starts from its initial weights.</param>
    /// <param name="type">float32 or float64.</param>
    public ReferenceEngine(TrainingConfig config, ScalarType type = ScalarType.Float32)
    {
        config.Validate();
        _config = config;
        _task = config.CreateTask();
        TransformerWeights initial = TrainingState.Initial(config).Weights;
        _sumOfSquares = config.ConstantNorm ? initial.SumOfSquares() : null;
        _transformer = new Transformer(initial, type, requiresGrad: true);
        ReadOnlySpan<int> train = config.CreateSplit().Train;
        using DisposeScope scope = NewDisposeScope();
        _tokens = _transformer.Tokens(train).DetachFromDisposeScope();
        _labels = Labels(train).DetachFromDisposeScope();
        _optimizer = new AutogradAdamW(config, _transformer.Parameters);
        Name = $"reference-cpu-{type.ToString().ToLowerInvariant()}";
    }

    public string Name { get; }

    public long Epoch { get; private set; }

    /// <summary>The mean train loss at the present weights, with its gradient left in the parameters.</summary>
    public double Backward()
    {
        using DisposeScope scope = NewDisposeScope();
        _optimizer.ClearGradients();
        Tensor loss = Loss(Logits(_tokens), _labels).mean();
        loss.backward();
        return loss.to(ScalarType.Float64).item<double>();
    }

    /// <summary>The gradient of the mean train loss at the present weights by autograd, laid out as <see cref="ParameterLayout"/>.</summary>
    public double[] Gradient()
    {
        Backward();
        using DisposeScope scope = NewDisposeScope();
        return [.. _transformer.Parameters.SelectMany(parameter => parameter.grad!.to(ScalarType.Float64).contiguous().data<double>())];
    }

    public void Step()
    {
        Backward();
        _optimizer.Step(Epoch);
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
        double accuracy = logits.argmax(1).eq(labels).to(ScalarType.Float64).mean().item<double>();
        return new LossAndAccuracy(Loss(logits, labels).to(ScalarType.Float64).mean().item<double>(), accuracy);
    }

    /// <summary>Weights only.</summary>
    public TrainingState Capture()
    {
        using DisposeScope scope = NewDisposeScope();
        float[] values = [.. _transformer.Parameters.SelectMany(parameter => parameter.detach().to(ScalarType.Float32).contiguous().data<float>())];
        return new TrainingState(Epoch, new TransformerWeights(_config.Model, values), null, null);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _tokens.Dispose();
        _labels.Dispose();
        _transformer.Dispose();
    }

    private void Rescale(double sumOfSquares)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double present = _transformer.Parameters.Sum(parameter => SumOfSquares(parameter.to(ScalarType.Float64)));
        foreach (var parameter in _transformer.Parameters)
        {
            parameter.MultiplyInPlace(Math.Sqrt(sumOfSquares / present));
        }
    }

    private static double SumOfSquares(Tensor values) => (values * values).sum().item<double>();

    private Tensor Logits(Tensor tokens) => _transformer.Forward(tokens).Logits.select(1, TransformerConfig.ReadoutPosition);

    private Tensor Labels(ReadOnlySpan<int> pairs)
    {
        long[] labels = new long[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            labels[i] = _task.Labels[pairs[i]];
        }

        return tensor(labels);
    }

    private Tensor Loss(Tensor logits, Tensor labels)
    {
        Tensor column = labels.unsqueeze(1);
        if (_config.LossForm != LossForm.Log1p)
        {
            ScalarType type = _config.LossForm == LossForm.Float64 ? ScalarType.Float64 : ScalarType.Float32;
            return -nn.functional.log_softmax(logits.to(type), 1).gather(1, column);
        }

        Tensor gaps = (logits - logits.gather(1, column)).scatter(1, column, full_like(column, TensorArithmetic.NegativeInfinity, logits.dtype));
        Tensor shift = gaps.amax([1], keepdim: true).clamp_min(TensorArithmetic.Zero).detach();
        return shift.Plus((gaps - shift).exp().sum(1L, keepdim: true).Plus((-shift).expm1()).log1p());
    }
}
