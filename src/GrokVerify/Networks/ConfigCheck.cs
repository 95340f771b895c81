using System.Globalization;
using System.Text.RegularExpressions;
using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>
/// What a configuration beside the weights may say that shapes cannot, another task, activation or normalization; and what it says that shapes contradict. Names are those of the authors' released code,
/// of TransformerLens, and those that others use for the same.
/// </summary>
internal static partial class ConfigCheck
{
    private static readonly string[] None = ["", "none", "null", "no", "false", "identity"];

    /// <summary>Names, what they mean, whether a value is one that a supported network has, and such a value; a name that is absent says nothing.</summary>
    private static readonly (string[] Keys, string Meaning, Func<object?, bool> IsSupported, string Supported)[] Rules =
    [
        (["fn_name", "op", "operation", "operator"], "the task", value => value is not string text || IsAddition(text), "add"),
        (["task", "fn", "func", "funcs"], "the task", value => value is not string text || IsAddition(LastPart(text)) || !OtherOperation().IsMatch(text), "add"),
        (["act_fn", "act_type", "activation", "act", "act_name", "hidden_act", "activation_function"], "the activation", value => value is not string text || Simple(text) is "relu" or "nnrelu" or "torchnnrelu", "relu"),
        (["normalization_type", "normalization", "norm_type"], "the normalization", value => value is null or false || (value is string text && None.Contains(Simple(text))), "None"),
        (["use_ln", "use_layernorm", "use_layer_norm", "layernorm", "layer_norm", "use_norm"], "LayerNorm", value => value is not (true or 1L), "False"),
        (["n_layers", "num_layers", "n_layer"], "the number of layers", value => value is not long layers || layers == 1, "1"),
        (["attn_only"], "attention without MLP", value => value is not true, "False"),
        (["gated_mlp"], "a gated MLP", value => value is not true, "False"),
        (["parallel_attn_mlp"], "attention and MLP side by side", value => value is not true, "False"),
        (["use_attn_scale"], "scores over the root of d_head", value => value is not false, "True"),
        ([ConfigFacts.AttentionRateKey, ConfigFacts.OtherAttentionRateKey], "the attention rate", value => value switch { long whole => whole is 0 or 1, double rate => rate is >= 0 and <= 1, _ => true }, "a number from 0 to 1"),
        (["positional_embedding_type"], "the positions", value => value is not string text || Simple(text) is "standard", "standard"),
    ];

    /// <exception cref="CheckpointException">A value is not supported, or contradicts the shapes; says which.</exception>
    public static void Require(string path, FileConfig config, LayoutShapes shapes)
    {
        foreach ((string[] keys, string meaning, Func<object?, bool> isSupported, string supported) in Rules)
        {
            if (config.Find(keys).FirstOrDefault(setting => !isSupported(setting.Value)) is FileSetting found)
            {
                throw new CheckpointException(
                    path, $"is not a supported network: {meaning} ({found.Key} of {Whose(path, found)}) is {found.Text}", $"give a network with {found.Key} = {supported}");
            }
        }

        foreach ((string[] keys, int[] lengths) in Lengths(shapes))
        {
            if (config.Find(keys).FirstOrDefault(setting => setting.Value is long stated && !lengths.Contains((int)Math.Clamp(stated, int.MinValue, int.MaxValue))) is FileSetting found)
            {
                throw new CheckpointException(path, string.Create(CultureInfo.InvariantCulture, $"{Whose(path, found)} says {found.Key} = {found.Text}, its tensors have {found.Key} = {lengths[0]}"), "correct its configuration");
            }
        }
    }

    private static (string[] Keys, int[] Lengths)[] Lengths(LayoutShapes shapes) =>
    [
        (["p", "prime", "modulus"], [shapes.Config.Prime]),
        (["d_vocab", "vocab_size", "d_vocab_out"], [shapes.Config.VocabularySize, shapes.Config.Prime]),
        (["d_model"], [shapes.Config.DModel]),
        (["d_mlp"], [shapes.Config.DMlp]),
        (["num_heads", "n_heads", "n_head", "nhead"], [shapes.Config.Heads]),
        (["d_head"], [shapes.Config.DHead]),
        (["n_ctx"], [shapes.Context]),
    ];

    private static string Whose(string path, FileSetting found) => found.Place == path ? "its configuration" : Path.GetFileName(found.Place);

    /// <summary>In every spelling that was met: "Add", "+", "x+y", "(a + b) mod p".</summary>
    private static bool IsAddition(string text) => Addition().IsMatch(Simple(text));

    /// <summary>Of a task that is named by a path, "modular/addition".</summary>
    private static string LastPart(string text) => text[(text.LastIndexOf('/') + 1)..];

    private static string Simple(string text) => Unsaid().Replace(text.ToLowerInvariant(), "");

    [GeneratedRegex(@"[\s_.()\-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unsaid();

    [GeneratedRegex(@"^(modular|mod)?(add|addition|plus|sum|\+|[ax]\+[by])((mod|%)[a-z0-9]*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addition();

    [GeneratedRegex(@"sub|minus|div|mul|times|prod|pow|squar|cub|quad|xor|parity|perm|s5|[*/^]|[a-z\])]\s*-\s*[a-z]\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherOperation();
}
