using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Networks;

/// <summary>The lengths of a network's axes, found in the shapes of its tensors.</summary>
/// <param name="Config">Prime, heads and widths.</param>
/// <param name="Classes">d_vocab_out: p + 1 or p.</param>
/// <param name="Extents">Lengths by the letters of <see cref="AxisOrder"/>, as they are in the file.</param>
internal sealed record LayoutShapes(TransformerConfig Config, int Classes, IReadOnlyDictionary<char, int> Extents)
{
    private const string Remedy = "give a network for modular addition of the tokens a, b, \"=\", or of a and b alone";
    private const int WithoutEquals = TransformerConfig.ContextLength - 1;

    /// <summary>Tokens that the network has room for: 3, or 2 without "=".</summary>
    public int Context => Extents['c'];

    public bool HasEqualsPosition => Context == TransformerConfig.ContextLength;

    public bool HasEqualsToken => Extents['v'] > Config.Prime;

    /// <exception cref="CheckpointException">The shapes contradict each other, or are not those of a network for modular addition.</exception>
    public static LayoutShapes Of(StoredTensors tensors, NetworkLayout layout)
    {
        (LayoutTensor Expected, StoredTensor Found)[] pairs =
            [.. LayoutTensor.Of(layout).Select(expected => (expected, tensors.Find(expected.Name)!)).Where(pair => pair.Item2 is not null)];
        Dictionary<char, int> extents = SingleAxes(tensors.Path, pairs);
        foreach ((LayoutTensor expected, StoredTensor found) in pairs)
        {
            int[] shape = expected.Axes.Shape(extents);
            if (!found.Shape.SequenceEqual(shape.Select(extent => (long)extent)))
            {
                throw new CheckpointException(
                    tensors.Path, $"tensor {found.Name} has the shape {found.ShapeText}, but [{string.Join(", ", shape)}] goes with the others in {Words(layout)}", "store all tensors in one layout");
            }
        }

        return Interpret(tensors.Path, extents);
    }

    public static string Words(NetworkLayout layout) => layout switch
    {
        NetworkLayout.Native => "our layout",
        NetworkLayout.Published => "the paper's released layout",
        _ => "TransformerLens' layout",
    };

    /// <summary>Every axis that some tensor has by itself, as most of them have it: one that is transposed is outvoted.</summary>
    private static Dictionary<char, int> SingleAxes(string path, (LayoutTensor Expected, StoredTensor Found)[] pairs)
    {
        var votes = new List<(char Axis, int Extent)>();
        foreach ((LayoutTensor expected, StoredTensor found) in pairs)
        {
            if (found.Shape.Count != expected.Axes.Groups.Count)
            {
                throw new CheckpointException(
                    path, $"tensor {found.Name} has {found.Shape.Count} dimensions, {expected.Axes.Groups.Count} are needed", "store the network in one of the supported layouts");
            }

            for (int i = 0; i < found.Shape.Count; i++)
            {
                if (expected.Axes.Groups[i] is [char axis])
                {
                    votes.Add((axis, (int)Math.Min(found.Shape[i], int.MaxValue)));
                }
            }
        }

        return votes.GroupBy(vote => vote.Axis).ToDictionary(axis => axis.Key, axis => axis.GroupBy(vote => vote.Extent).MaxBy(extent => extent.Count())!.Key);
    }

    private static LayoutShapes Interpret(string path, Dictionary<char, int> extents)
    {
        CheckpointException Unsupported(string what, Exception? cause = null) => new(path, $"is not a supported network: {what}", Remedy, cause);
        if (extents['c'] is not (TransformerConfig.ContextLength or WithoutEquals))
        {
            throw Unsupported($"a context of {extents['c']} tokens, not {TransformerConfig.ContextLength} or {WithoutEquals}");
        }

        if ((long)extents['h'] * extents['k'] != extents['d'])
        {
            throw Unsupported($"{extents['h']} heads of {extents['k']} in a model of width {extents['d']}, their product has to be the width");
        }

        // Of two numbers that follow each other one is even: at most one of p + 1 and p tokens makes an odd prime.
        int tokens = extents['v'];
        int prime = IsPrime(tokens) ? tokens : tokens - 1;
        if (extents['o'] != prime + 1 && extents['o'] != prime)
        {
            throw Unsupported(tokens == 2 * extents['o'] ? $"{tokens} tokens for {extents['o']} classes, a and b have embeddings of their own" : $"{tokens} tokens and {extents['o']} output classes, p + 1 or p of each are needed");
        }

        var config = new TransformerConfig { Prime = prime, DModel = extents['d'], Heads = extents['h'], DMlp = extents['m'] };
        try
        {
            config.Validate();
        }
        catch (ArgumentException exception)
        {
            throw Unsupported(exception.Message, exception);
        }

        return new LayoutShapes(config, extents['o'], extents);
    }

    /// <summary>Whether it is one of the primes that are supported.</summary>
    public static bool IsPrime(int number)
    {
        try
        {
            ModularTask.RequirePrime(number);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
