using GrokVerify.Formats;
using GrokVerify.Model;
using GrokVerify.Networks;

namespace GrokVerify.Tests.Networks;

/// <summary>A network's tensors in a layout, put together index by index: shares nothing with the library's way of doing it.</summary>
internal static class LayoutTensors
{
    public static List<NamedTensor> Of(TransformerWeights weights, NetworkLayout layout)
    {
        TransformerConfig config = weights.Config;
        (int v, int d, int h, int k, int m) = (config.VocabularySize, config.DModel, config.Heads, config.DHead, config.DMlp);
        NamedTensor Direct(string ours, string theirs, params int[] shape) => new(theirs, shape, weights[ours].ToArray());
        NamedTensor Made(string theirs, int[] shape, Func<int, float> element) =>
            new(theirs, shape, Enumerable.Range(0, shape.Aggregate(1, (product, extent) => product * extent)).Select(element).ToArray());
        float At(string ours, int index) => weights[ours][index];

        if (layout == NetworkLayout.Native)
        {
            return [.. weights.Layout.Tensors.Select(tensor => Direct(tensor.Name, tensor.Name, [.. tensor.Shape]))];
        }

        const string attention = "blocks.0.attn.";
        const string mlp = "blocks.0.mlp.";
        List<NamedTensor> common = [Direct("W_pos", "pos_embed.W_pos", 3, d), Direct("b_in", mlp + "b_in", m), Direct("b_out", mlp + "b_out", d), Direct("W_U", "unembed.W_U", d, v)];
        if (layout == NetworkLayout.TransformerLens)
        {
            return
            [
                .. common,
                Direct("W_E", "embed.W_E", v, d), Direct("W_in", mlp + "W_in", d, m), Direct("W_out", mlp + "W_out", m, d), Direct("W_O", attention + "W_O", h, k, d),
                .. new[] { "W_Q", "W_K", "W_V" }.Select(name => Direct(name, attention + name, h, d, k)),
            ];
        }

        return
        [
            .. common,
            Made("embed.W_E", [d, v], i => At("W_E", (i % v * d) + (i / v))),
            Made(mlp + "W_in", [m, d], i => At("W_in", (i % d * m) + (i / d))),
            Made(mlp + "W_out", [d, m], i => At("W_out", (i % m * d) + (i / m))),
            Made(attention + "W_O", [d, h * k], i => At("W_O", (i % (h * k) * d) + (i / (h * k)))),
            .. new[] { "W_Q", "W_K", "W_V" }.Select(name => Made(attention + name, [h, k, d], i => At(name, (i / (k * d) * d * k) + (i % d * k) + (i / d % k)))),
        ];
    }
}
