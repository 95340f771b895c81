using GrokVerify.Model;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GrokVerify.Engines;

/// <summary><see cref="TorchAdamW"/> over the parameters of a network whose gradients autograd makes, tensor by tensor.</summary>
/// <remarks>Not TorchSharp's own AdamW, which makes numbers that belong to nobody: see <see cref="Model.TensorArithmetic"/>.</remarks>
internal sealed class AutogradAdamW : IDisposable
{
    private readonly TorchGradientRules _rules;
    private readonly List<(Parameter Parameter, bool IsBias, TorchAdamW Optimizer, Tensor? Mean)> _all = [];

    /// <param name="config">The constants.</param>
    /// <param name="parameters">Changed in place.</param>
    /// <param name="start">The moments to start with, laid out as the parameters one after the other.</param>
    public AutogradAdamW(TrainingConfig config, IEnumerable<Parameter> parameters, TrainingState start)
    {
        using DisposeScope scope = NewDisposeScope();
        _rules = new TorchGradientRules(config, start.GradientMean is not null);
        foreach ((Parameter parameter, ParameterTensor place) in parameters.Zip(new ParameterLayout(config.Model).Tensors))
        {
            Tensor Moment(float[] all) => tensor(all[place.Offset..(place.Offset + place.Count)]).view(parameter.shape).to(parameter.dtype, parameter.device, copy: true).DetachFromDisposeScope();
            Tensor? mean = config.Grokfast is null ? null : Moment(start.GradientMean ?? new float[start.Weights.Values.Length]);
            _all.Add((parameter, place.IsBias, new TorchAdamW(config, Moment(start.FirstMoment!), Moment(start.SecondMoment!)), mean));
        }
    }

    public IEnumerable<Tensor> FirstMoments => _all.Select(entry => entry.Optimizer.FirstMoment);

    public IEnumerable<Tensor> SecondMoments => _all.Select(entry => entry.Optimizer.SecondMoment);

    /// <summary>Grokfast's mu; null where there is none, or none yet.</summary>
    public IEnumerable<Tensor>? GradientMeans => _rules.HasMean ? _all.Select(entry => entry.Mean!) : null;

    /// <summary>To be done before each backward pass, which adds to the gradients.</summary>
    public void ClearGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter parameter, _, _, _) in _all)
        {
            parameter.grad?.zero_();
        }
    }

    /// <param name="step">Steps done before this one.</param>
    public void Step(long step)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach ((Parameter parameter, bool isBias, TorchAdamW optimizer, Tensor? mean) in _all)
        {
            _rules.Apply(isBias, parameter, parameter.grad!, optimizer.FirstMoment, optimizer.SecondMoment, mean);
            optimizer.Step(parameter, parameter.grad!, step);
        }

        _rules.EndStep();
    }

    public void Dispose()
    {
        foreach ((_, _, TorchAdamW optimizer, Tensor? mean) in _all)
        {
            mean?.Dispose();
            optimizer.FirstMoment.Dispose();
            optimizer.SecondMoment.Dispose();
        }
    }
}
