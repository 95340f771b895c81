using GrokVerify.Formats.PyTorch;

namespace GrokVerify.Networks;

/// <summary>AdamW's moments, laid out as the weights.</summary>
/// <param name="First">m, PyTorch's exp_avg.</param>
/// <param name="Second">v, PyTorch's exp_avg_sq.</param>
public sealed record OptimizerMoments(float[] First, float[] Second);

/// <summary>Reads the state dict of PyTorch's Adam or AdamW beside a network: {"state": {number: {step, exp_avg, exp_avg_sq}}, "param_groups": [...]}.</summary>
internal static class OptimizerState
{
    private const int MostParameters = 100;
    private static readonly string[] Keys = [PickledFacts.OptimizerKey, "optimizer_state_dict", "optim", "opt"];

    /// <summary>The one group of parameters with its settings; null where there is none, or more.</summary>
    public static PickleDictionary? Group(PickleDictionary root) =>
        Optimizer(root)?["param_groups"] is PickleList { Items: [PickleDictionary group] } ? group : null;

    /// <summary>Steps done, when all parameters agree on them.</summary>
    public static double? Steps(PyTorchFile file, PickleDictionary root)
    {
        double?[] steps = [.. Numbers(root).Select(number => file.ReadNumber(State(root, number)?["step"])).Distinct()];
        return steps.Length == 1 ? steps[0] : null;
    }

    /// <summary>The moments of every parameter.</summary>
    /// <returns>Null with the reason when they are not all there, or not those of this network.</returns>
    public static (OptimizerMoments? Moments, string? Absence) Read(PyTorchFile file, LayoutReader layout)
    {
        if (file.Content is not PickleDictionary root || Group(root) is not PickleDictionary group)
        {
            return (null, "the file holds no optimiser state");
        }

        LayoutTensor[] learned = [.. layout.Learned];
        long[] numbers = [.. Numbers(root)];
        if (numbers.Length != learned.Length)
        {
            return (null, $"the optimiser has {numbers.Length} parameters, the network {learned.Length}");
        }

        if (group["amsgrad"] is true || group["maximize"] is true)
        {
            return (null, "the optimiser is AMSGrad, or maximises");
        }

        if (group["decoupled_weight_decay"] is false && file.ReadNumber(group["weight_decay"]) is > 0)
        {
            return (null, "the optimiser is Adam with its weight decay in the gradient, not AdamW");
        }

        TorchTensor? Moment(LayoutTensor tensor, string key) => State(root, numbers[Array.IndexOf(learned, tensor)])?[key] as TorchTensor;
        float[] Buffer(string key) => layout.ReadBuffer(tensor => learned.Contains(tensor) ? file.ReadSingles(Moment(tensor, key)!) : new float[layout.Count(tensor)]);
        foreach (LayoutTensor tensor in learned.Where(tensor => tensor.Role == TensorRole.Parameter))
        {
            int[] shape = layout.Shape(tensor);
            foreach (string key in (string[])["exp_avg", "exp_avg_sq"])
            {
                if (Moment(tensor, key) is not TorchTensor moment)
                {
                    return (null, $"the optimiser has no moments of {tensor.Name}");
                }

                if (!moment.Shape.SequenceEqual(shape.Select(extent => (long)extent)))
                {
                    return (null, $"the optimiser's moment of {tensor.Name} has the shape [{string.Join(", ", moment.Shape)}], not [{string.Join(", ", shape)}]");
                }
            }
        }

        return (new OptimizerMoments(Buffer("exp_avg"), Buffer("exp_avg_sq")), null);
    }

    /// <summary>The parameters' numbers in the optimiser, in the order of the network's parameters.</summary>
    private static IEnumerable<long> Numbers(PickleDictionary root) =>
        Group(root)?["params"] is PickleList { ChildCount: <= MostParameters } numbers ? numbers.Items.OfType<long>() : [];

    private static PickleDictionary? State(PickleDictionary root, long number) =>
        (Optimizer(root)?["state"] as PickleDictionary)?[number] as PickleDictionary;

    private static PickleDictionary? Optimizer(PickleDictionary root) => Keys.Select(key => root[key]).OfType<PickleDictionary>().FirstOrDefault();
}
