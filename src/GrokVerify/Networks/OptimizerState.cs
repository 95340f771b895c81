using System.Globalization;
using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>AdamW's moments, laid out as the weights.</summary>
/// <param name="First">m, PyTorch's exp_avg.</param>
/// <param name="Second">v, PyTorch's exp_avg_sq.</param>
/// <param name="GradientMean">Grokfast's mu; null where there is none.</param>
public sealed record OptimizerMoments(float[] First, float[] Second, float[]? GradientMean = null);

/// <summary>The state dict of PyTorch's Adam or AdamW beside a network: {"state": {number: {step, exp_avg, exp_avg_sq}}, "param_groups": [{lr, weight_decay, params, ...}]}.</summary>
internal sealed class OptimizerState
{
    private const int MostParameters = 100;
    private const int LongestKey = 40;
    private const string First = "exp_avg";
    private const string Second = "exp_avg_sq";
    private static readonly string[] Keys = [PickledFacts.OptimizerKey, "optimizer_state_dict", "optim", "opt"];

    private readonly PyTorchFile _file;
    private readonly PickleDictionary? _state;
    private readonly PickleDictionary[] _groups;
    private readonly long[][] _numbers;

    private OptimizerState(PyTorchFile file, PickleDictionary? state, PickleDictionary[] groups)
    {
        (_file, _state, _groups) = (file, state, groups);
        _numbers = [.. groups.Select(group => group["params"] is PickleList { ChildCount: <= MostParameters } numbers ? numbers.Items.OfType<long>().ToArray() : [])];
    }

    /// <summary>Null where the file has none.</summary>
    public static OptimizerState? Of(PyTorchFile file) =>
        file.Content is PickleDictionary root && Keys.Select(key => root[key]).OfType<PickleDictionary>().FirstOrDefault() is PickleDictionary optimizer
        && optimizer["param_groups"] is PickleList { ChildCount: > 0 and <= MostParameters } groups && groups.Items.All(group => group is PickleDictionary)
            ? new OptimizerState(file, optimizer["state"] as PickleDictionary, [.. groups.Items.Cast<PickleDictionary>()])
            : null;

    /// <summary>Of every group; the value that most weights have comes first, and so below.</summary>
    public IReadOnlyList<double> LearningRates => Settings(group => _file.ReadNumber(group["initial_lr"]) ?? group["lr"]);

    public IReadOnlyList<double> WeightDecays => Settings(group => group["weight_decay"]);

    public IReadOnlyList<double> Epsilons => Settings(group => group["eps"]);

    /// <param name="place">0 for that of m, 1 for that of v.</param>
    public IReadOnlyList<double> Betas(int place) => Settings(group => group["betas"] is PickleTuple { Items: { Length: 2 } betas } ? betas[place] : null);

    /// <summary>Steps done, when all parameters that have a state agree on them.</summary>
    public double? Steps()
    {
        double[] steps = [.. _numbers.SelectMany(group => group).Select(number => _file.ReadNumber(State(number)?["step"])).OfType<double>().Distinct()];
        return steps.Length == 1 ? steps[0] : null;
    }

    /// <summary>What groups of parameters have that one training with one value for all weights cannot have; null where they have nothing of that kind.</summary>
    public string? Note()
    {
        string[] differing = [.. new[] { ("lr", LearningRates), ("weight_decay", WeightDecays), ("beta1", Betas(0)), ("beta2", Betas(1)), ("eps", Epsilons) }
            .Where(setting => setting.Item2.Count > 1)
            .Select(setting => string.Create(CultureInfo.InvariantCulture, $"{setting.Item1} {setting.Item2[0]}, not {string.Join(" or ", setting.Item2.Skip(1).Select(other => other.ToString(CultureInfo.InvariantCulture)))}"))];
        return differing.Length == 0 ? null
            : $"the optimiser has {_groups.Length} groups of parameters with settings of their own; taken for all weights is what most of them have: {string.Join(", ", differing)}";
    }

    /// <summary>The moments, as far as they are there.</summary>
    public static StoredMoments Read(PyTorchFile file, LayoutReader layout) => Of(file)?.Read(layout) ?? new StoredMoments(null, "the file holds no optimiser state");

    private StoredMoments Read(LayoutReader layout)
    {
        if (Foreign() is string foreign)
        {
            return new StoredMoments(null, $"the optimiser {foreign}, training here is AdamW", IsForeign: true);
        }

        LayoutTensor[] learned = [.. layout.Learned];
        int count = _numbers.Sum(group => group.Length);
        if (count != learned.Length)
        {
            return new StoredMoments(null, $"the optimiser has {count} parameters, the network {learned.Length}");
        }

        if (ParameterNumbers.Of([.. learned.Select(layout.FileShape)], _numbers, number => (State(number)?[First] as TorchTensor)?.Shape) is not long[] numbers)
        {
            return new StoredMoments(null, $"the optimiser has {_groups.Length} groups of parameters, and the shapes of its moments do not tell which parameter is in which");
        }

        var numberOf = learned.Zip(numbers).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        var moments = StoredMoments.Read(
            layout, (First, Second), (tensor, key) => State(numberOf[tensor.Name])?[key] is TorchTensor moment ? new StoredTensor(key, moment.Shape, () => _file.ReadSingles(moment)) : null);
        string others = string.Join(", ", (State(numbers[0])?.Named ?? []).Select(entry => entry.Key).Where(key => key is not ("step" or First or Second) && key.Length <= LongestKey).Take(3));
        return moments.Moments is null && others.Length > 0 ? moments with { Absence = $"{moments.Absence}, but {others}" } : moments;
    }

    /// <summary>What makes its steps others than AdamW's, where something does.</summary>
    private string? Foreign() =>
        _groups.Any(group => group["amsgrad"] is true) ? "is AMSGrad"
        : _groups.Any(group => group["maximize"] is true) ? "maximises"
        : _groups.Any(group => group["decoupled_weight_decay"] is false && _file.ReadNumber(group["weight_decay"]) is > 0) ? "is Adam with its weight decay in the gradient"
        : null;

    private double[] Settings(Func<PickleDictionary, object?> of) => [.. _groups
        .Select((group, i) => (Value: _file.ReadNumber(of(group)), Weights: _numbers[i].Sum(Weights)))
        .Where(group => group.Value is double value && double.IsFinite(value))
        .GroupBy(group => group.Value!.Value, group => group.Weights)
        .OrderByDescending(same => same.Sum())
        .Select(same => same.Key)];

    /// <summary>How many weights a parameter has, by what is kept of it; one where nothing is.</summary>
    private long Weights(long number) => (State(number)?.Named ?? []).Select(entry => (entry.Value as TorchTensor)?.Count ?? 0).Append(1).Max();

    private PickleDictionary? State(long number) => _state?[number] as PickleDictionary;
}
