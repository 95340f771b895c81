using GrokVerify.ByHand;
using GrokVerify.Model;

namespace GrokVerify.Tests.ByHand;

/// <summary>A network of cosines of one frequency amid room that it makes no use of: it needs as many neurons and ranks as were written, and all others are idle.</summary>
internal static class WidenedNetwork
{
    public const int Prime = 17;
    public const int Live = 3;
    public const int Width = 6;
    public const int Neurons = 10;

    /// <summary>Neurons 7, 8 and 9 are live. The idle ones read as much as these, and write nothing.</summary>
    public static TransformerWeights Build()
    {
        TransformerWeights small = CosineNetwork.Build(Prime, [1], Live);
        var config = new TransformerConfig { Prime = Prime, DModel = Width, Heads = 1, DMlp = Neurons };
        var wide = new TransformerWeights(config, new float[new ParameterLayout(config).Count]);
        foreach (string name in (string[])["W_E", "W_V", "W_O", "W_in", "W_out", "W_U"])
        {
            int columns = small.Layout[name].Shape[^1];
            int wideColumns = wide.Layout[name].Shape[^1];
            for (int i = 0; i < small[name].Length; i++)
            {
                (int row, int column) = (i / columns, i % columns);
                row += name == "W_out" ? Neurons - Live : 0;
                column += name == "W_in" ? Neurons - Live : 0;
                wide[name][(row * wideColumns) + column] = small[name][i];
            }
        }

        for (int neuron = 0; neuron < Neurons - Live; neuron++)
        {
            wide["W_in"][neuron] = 1;
        }

        return wide;
    }
}
