using System.Globalization;
using GrokVerify.Model;
using GrokVerify.Networks;

namespace GrokVerify.Cli.Cards;

/// <summary>Python that loads an exported file and computes an answer with it, of PyTorch's operations alone: whoever reads it sees the whole network.</summary>
internal static class LoadingSnippet
{
    /// <param name="network">What was exported.</param>
    /// <param name="layout">In which names and shapes.</param>
    /// <param name="file">The exported file's name.</param>
    public static string Of(NetworkFile network, NetworkLayout layout, string file)
    {
        TransformerConfig config = network.Weights.Config;
        bool isSafetensors = file.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);
        string load = isSafetensors
            ? $"from safetensors.torch import load_file\n\nw = load_file(\"{file}\")"
            : $"\nw = torch.load(\"{file}\", map_location=\"cpu\")[\"model\"]";
        return string.Create(CultureInfo.InvariantCulture, $"""
            import torch
            {load}
            p, heads, d_model, d_head = {config.Prime}, {config.Heads}, {config.DModel}, {config.DHead}

            def logits(a, b):
                x = {Embedding(layout)}[[a, b, p]] + {Tensor(layout, "W_pos")}  # token p is "="
                hidden = torch.ones(3, 3).triu(1).bool()  # no position sees a later one
            {Layers(config, layout, network.Weights.OptionalBiases is not null)}
                return x[2] @ {Tensor(layout, "W_U")}{Bias(layout, network, "b_U")}

            print(logits(2, p - 1)[:p].argmax().item())  # (2 + {config.Prime - 1}) mod {config.Prime} is 1
            """).ReplaceLineEndings("\n");
    }

    private static string Layers(TransformerConfig config, NetworkLayout layout, bool hasBiases)
    {
        string indent = config.Layers > 1 ? "        " : "    ";
        string axes = layout == NetworkLayout.Published ? "hkd" : "hdk";
        string output = layout == NetworkLayout.Published ? $"{Tensor(layout, "W_O", config)}.reshape(d_model, heads, d_head)" : Tensor(layout, "W_O", config);
        string Projection(string name)
        {
            string bias = hasBiases ? $" + {Tensor(layout, $"b_{name[2]}")}[:, None]" : "";
            return $"torch.einsum(\"cd,{axes}->hck\", x, {Tensor(layout, name, config)}){bias}";
        }

        List<string> lines =
        [
            $"q = {Projection("W_Q")}",
            $"k = {Projection("W_K")}",
            $"v = {Projection("W_V")}",
            "pattern = (q @ k.transpose(1, 2) / d_head ** 0.5).masked_fill(hidden, -torch.inf).softmax(-1)",
            $"x = x + torch.einsum(\"hck,{(layout == NetworkLayout.Published ? "dhk" : "hkd")}->cd\", pattern @ v, {output}){(config.AttentionOnly ? $" + {Tensor(layout, "b_O", config)}" : hasBiases ? $" + {Tensor(layout, "b_O")}" : "")}",
        ];
        if (!config.AttentionOnly)
        {
            string transposed = layout == NetworkLayout.Published ? ".T" : "";
            lines.Add($"neurons = (x @ {Tensor(layout, "W_in", config)}{transposed} + {Tensor(layout, "b_in", config)}).relu()");
            lines.Add($"x = x + neurons @ {Tensor(layout, "W_out", config)}{transposed} + {Tensor(layout, "b_out", config)}");
        }

        string loop = config.Layers > 1 ? $"    for layer in range({config.Layers.ToString(CultureInfo.InvariantCulture)}):\n" : "";
        return loop + string.Join('\n', lines.Select(line => indent + line));
    }

    private static string Embedding(NetworkLayout layout) => Tensor(layout, "W_E") + (layout == NetworkLayout.Published ? ".T" : "");

    private static string Bias(NetworkLayout layout, NetworkFile network, string name) => network.Weights.OptionalBiases is null ? "" : $" + {Tensor(layout, name)}";

    /// <summary>A tensor of the loaded file; of several layers the one of the loop's.</summary>
    private static string Tensor(NetworkLayout layout, string name, TransformerConfig? inLayer = null) =>
        inLayer?.Layers > 1 ? $"w[f\"{name}.{{layer}}\"]"
        : layout == NetworkLayout.Native ? $"w[\"{name}\"]"
        : $"w[\"{LayoutTensor.Of(layout).Single(tensor => tensor.OurName == name).Name}\"]";
}
