using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>
/// What a configuration beside the weights may say that shapes cannot: another task, activation or normalization. Keys are those of the
/// authors' released code and of TransformerLens.
/// </summary>
internal static class ConfigCheck
{
    /// <summary>Each key with the values that a supported network has; a key that is absent says nothing.</summary>
    private static readonly (string Key, string Meaning, object?[] Supported)[] Rules =
    [
        ("fn_name", "the task", ["add"]),
        ("act_fn", "the activation", ["relu", "ReLU"]),
        ("act_type", "the activation", ["relu", "ReLU"]),
        ("normalization_type", "the normalization", [null]),
        ("use_ln", "LayerNorm", [false]),
        ("n_layers", "the number of layers", [1L]),
        ("num_layers", "the number of layers", [1L]),
        ("attn_only", "attention without MLP", [false]),
        ("gated_mlp", "a gated MLP", [false]),
        ("parallel_attn_mlp", "attention and MLP side by side", [false]),
        ("attention_dir", "the direction of attention", ["causal"]),
        ("use_attn_scale", "scores over the root of d_head", [true]),
        ("positional_embedding_type", "the positions", ["standard"]),
    ];

    /// <exception cref="CheckpointException">A value is not supported; says which.</exception>
    public static void Require(string path, Func<string, (bool IsThere, object? Value)> config)
    {
        foreach ((string key, string meaning, object?[] supported) in Rules)
        {
            if (config(key) is (true, _) entry && !supported.Contains(entry.Value))
            {
                string found = entry.Value is string or long or bool or double ? $"{entry.Value}" : entry.Value is null ? "None" : "something else";
                throw new CheckpointException(
                    path,
                    $"is not a supported network: {meaning} ({key} of its configuration) is {found}",
                    $"give a network with {key} = {supported[0] ?? "None"}");
            }
        }
    }
}
