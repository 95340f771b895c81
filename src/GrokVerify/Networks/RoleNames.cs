using System.Text.RegularExpressions;

namespace GrokVerify.Networks;

/// <summary>The names that people give to the tensors of a transformer, by what they are for.</summary>
internal static partial class RoleNames
{
    /// <summary>Query, key and value one after the other in one matrix.</summary>
    public const string Fused = "W_QKV";

    /// <summary>Our names, the biases that a network may have after the matrices.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["W_E", "W_pos", "W_Q", "W_K", "W_V", Fused, "W_O", "W_in", "W_out", "W_U", "b_Q", "b_K", "b_V", "b_QKV", "b_O", "b_in", "b_out", "b_U"];

    private static readonly (string Role, Regex Pattern)[] Patterns =
    [
        ("W_pos", Position()), ("W_U", Unembedding()), ("W_E", Embedding()), (Fused, QueryKeyValue()),
        ("W_Q", Query()), ("W_K", Key()), ("W_V", Value()), ("W_O", AttentionOutput()), ("W_in", MlpInput()), ("W_out", MlpOutput()),
    ];

    /// <summary>Whether a name is one that a tensor of this role is given.</summary>
    public static bool Fits(string role, string name)
    {
        string stem = Stem(name);
        return Patterns.First(known => known.Role == role).Pattern.IsMatch(stem) && (role != "W_E" || !(Position().IsMatch(stem) || Unembedding().IsMatch(stem)));
    }

    /// <summary>Whether PyTorch's own modules made it, whose matrices are [output, input] and whose embeddings are [tokens, width].</summary>
    public static bool IsOfModule(string name) => name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith("in_proj_weight", StringComparison.Ordinal);

    /// <summary>The names that the bias of a matrix of this name may have.</summary>
    public static IEnumerable<string> BiasesOf(string name)
    {
        yield return Weight().Replace(name, "bias");
        yield return Matrix().Replace(name, "${before}b${rest}");
    }

    private static string Stem(string name) => Suffix().Replace(name.ToLowerInvariant(), "");

    [GeneratedRegex(@"weight$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Weight();

    [GeneratedRegex(@"(?<before>^|\.)[Ww](?<rest>_?[A-Za-z0-9]+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Matrix();

    [GeneratedRegex(@"[._](weight|data|matrix)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(^|[._])(w_?)?(pos|wpe)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Position();

    [GeneratedRegex(@"un_?emb|lm_?head|readout|classifier|logits|(^|\.)(w_?u|head|fc_?out|decoder|output|output_?(layer|proj|projection)|out|final|fc|linear|proj|projection)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unembedding();

    [GeneratedRegex(@"emb|wte|(^|[._])(w_?e|e|tok|tokens?|vocab|encoder|input)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Embedding();

    [GeneratedRegex(@"(^|[._])(w_?qkv|qkv|qkv_?proj|to_?qkv|in_?proj|c_attn|query_key_value)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QueryKeyValue();

    [GeneratedRegex(@"(^|[._])(w_?|to_?|lin_?|linear_?)?(q|query|queries)(_?(proj|projection|lin|linear))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();

    [GeneratedRegex(@"(^|[._])(w_?|to_?|lin_?|linear_?)?(k|key|keys)(_?(proj|projection|lin|linear))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"(^|[._])(w_?|to_?|lin_?|linear_?)?(v|value|values)(_?(proj|projection|lin|linear))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"(^|[._])(w_?|to_?|lin_?|linear_?)?(o|out|output|dense|proj|projection|c_proj|fc)(_?(proj|projection|lin|linear))?(\.0)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AttentionOutput();

    [GeneratedRegex(@"(^|[._])(w_?)?(in|input|up|c_fc|hidden|0|(fc|linear|lin|layer|dense|w|mlp)?_?1|up_?proj|in_?proj|(fc|linear|lin)_?in)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MlpInput();

    [GeneratedRegex(@"(^|[._])(w_?)?(out|output|down|c_proj|proj|[2-9]|(fc|linear|lin|layer|dense|w|mlp)?_?2|down_?proj|out_?proj|(fc|linear|lin)_?out)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MlpOutput();
}
