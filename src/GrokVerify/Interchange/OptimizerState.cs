using GrokVerify.Runs;
using GrokVerify.Runs.PyTorch;

namespace GrokVerify.Interchange;

/// <summary>AdamW's moments, laid out as the weights.</summary>
/// <param name="First">m, PyTorch's exp_avg.</param>
/// <param name="Second">v, PyTorch's exp_avg_sq.</param>
public sealed record OptimizerMoments(float[] First, float[] Second);

/// <summary>Reads the state dict of PyTorch's Adam or AdamW beside a network: {"state": {number: {step, exp_avg, exp_avg_sq}}, "param_groups": [...]}.</summary>
internal static class OptimizerState
{
    private const int MostParameters = 100;

    /// <summary>The one group of parameters with its settings; null where there is none, or more.</summary>
    public static PickleDictionary? Group(PickleDictionary root) =>
        root[PickledFacts.OptimizerKey] is PickleDictionary optimizer && optimizer["param_groups"] is PickleList { Items: [PickleDictionary group] } ? group : null;

    /// <summary>Steps done, when all parameters agree on them.</summary>
    public static double? Steps(PyTorchFile file, PickleDictionary root)
    {
        double?[] steps = [.. Numbers(root).Select(number => file.ReadNumber(State(root, number)?["step"])).Distinct()];
        return steps.Length == 1 ? steps[0] : null;
    }

    /// <summary>The moments of every parameter.</summary>
    /// <returns>Null with the reason when they are not all there.</returns>
    /// <exception cref="CheckpointException">A moment has another shape than its parameter.</exception>
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

        TorchTensor? Moment(LayoutTensor tensor, string key) => State(root, numbers[Array.IndexOf(learned, tensor)])?[key] as TorchTensor;
        float[] Buffer(string key) => layout.ReadBuffer(tensor => ReadMoment(file, layout, tensor, Moment(tensor, key)!));
        LayoutTensor? without = learned.FirstOrDefault(tensor => tensor.Role == TensorRole.Parameter && (Moment(tensor, "exp_avg") is null || Moment(tensor, "exp_avg_sq") is null));
        return without is null
            ? (new OptimizerMoments(Buffer("exp_avg"), Buffer("exp_avg_sq")), null)
            : (null, $"the optimiser has no moments of {without.Name}");
    }

    private static float[] ReadMoment(PyTorchFile file, LayoutReader layout, LayoutTensor tensor, TorchTensor moment)
    {
        int[] shape = layout.Shape(tensor);
        return moment.Shape.SequenceEqual(shape.Select(extent => (long)extent))
            ? file.ReadSingles(moment)
            : throw new CheckpointException(
                file.Path,
                $"the optimiser's moment of {tensor.Name} has the shape [{string.Join(", ", moment.Shape)}], not [{string.Join(", ", shape)}]",
                "save the optimiser together with the network that it trains");
    }

    /// <summary>The parameters' numbers in the optimiser, in the order of the network's parameters.</summary>
    private static IEnumerable<long> Numbers(PickleDictionary root) =>
        Group(root)?["params"] is PickleList { ChildCount: <= MostParameters } numbers ? numbers.Items.OfType<long>() : [];

    private static PickleDictionary? State(PickleDictionary root, long number) =>
        ((root[PickledFacts.OptimizerKey] as PickleDictionary)?["state"] as PickleDictionary)?[number] as PickleDictionary;
}
