using GrokVerify.Formats;
using GrokVerify.Model;

namespace GrokVerify.Networks;

/// <summary>Whether a network reads "=" after a and b, as the paper's does, or a and b alone.</summary>
internal static class EqualsToken
{
    /// <summary>Below this share of the others' mean norm, what stands for "=" was never trained and decayed.</summary>
    private const double Untrained = 1e-3;

    public const string NeverTrained = "its \"=\" was never trained, neither the embedding nor the position: it is read as a network of two tokens, a and b, that answers at b";

    /// <summary>Whether a layout that has room for "=" holds a network that does not know it.</summary>
    public static bool IsUntrained(TransformerWeights weights) =>
        IsUntrained(weights, "W_E", weights.Config.Prime) && IsUntrained(weights, "W_pos", TransformerConfig.ReadoutPosition);

    /// <exception cref="CheckpointException">There is a position for "=", which was trained, and no token.</exception>
    public static void Require(string path, LayoutShapes shapes, TransformerWeights weights)
    {
        if (shapes is { HasEqualsToken: false, HasEqualsPosition: true } && !IsUntrained(weights))
        {
            throw new CheckpointException(
                path, $"is not a supported network: {shapes.Config.Prime} tokens leave none for \"=\", and the third position is trained", "give a network of the tokens a, b, \"=\", or of a and b alone");
        }
    }

    /// <summary>Whether one row is next to nothing beside those before it.</summary>
    private static bool IsUntrained(TransformerWeights weights, string name, int row)
    {
        int width = weights.Config.DModel;
        ReadOnlySpan<float> rows = weights[name];
        double others = 0;
        for (int before = 0; before < row; before++)
        {
            others += Norm(rows.Slice(before * width, width)) / row;
        }

        return Norm(rows.Slice(row * width, width)) < Untrained * others;
    }

    private static double Norm(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return Math.Sqrt(squares);
    }
}
