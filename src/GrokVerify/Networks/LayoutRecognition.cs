using System.Globalization;
using System.Text.RegularExpressions;
using GrokVerify.Formats;

namespace GrokVerify.Networks;

/// <summary>Finds out by the names and ranks of a file's tensors in which layout they are, and names what makes a network unsupported.</summary>
internal static partial class LayoutRecognition
{
    public const string Needed =
        "one layer of causal attention and a ReLU MLP with learned positions and without LayerNorm is supported, in the paper's released layout, TransformerLens' or ours";

    // Each is read, and a file may say of thousands of tensors that they lie in the same place.
    public const int MostCopies = 16;

    /// <param name="tensors">Those of one network.</param>
    /// <param name="map">What the user says of them; null where names and shapes are to say it.</param>
    /// <param name="statedHeads">Heads by the network's configuration; null where it does not say.</param>
    /// <exception cref="CheckpointException">The tensors are not those of a supported network; says which and why.</exception>
    /// <returns>The layout, and the tensors that are of it.</returns>
    public static (NetworkLayout Layout, StoredTensors Tensors) Of(StoredTensors tensors, TensorMap? map, int? statedHeads)
    {
        NetworkLayout? layout =
            map is not null ? null
            : tensors.Find("W_E") is not null ? NetworkLayout.Native
            : tensors.Find("embed.W_E") is null ? null
            : tensors.Find("blocks.0.attn.W_O")?.Shape.Count == 3 ? NetworkLayout.TransformerLens
            : NetworkLayout.Published;
        if (Obstacle(tensors) is string obstacle)
        {
            throw new CheckpointException(tensors.Path, $"is not a supported network: {obstacle}", Needed);
        }

        if (layout is NetworkLayout found && Missing(tensors, found).Length == 0)
        {
            return (found, OfLayout(tensors, found));
        }

        StoredTensors whole = tensors.Whole is null ? tensors : new StoredTensors(tensors.Path, tensors.Whole);
        (StoredTensors? byRoles, string? problem, string? remedy) = RoleLayout.Of(whole, map ?? TensorMap.Empty, statedHeads);
        return byRoles is not null ? (NetworkLayout.TransformerLens, byRoles)
            : throw new CheckpointException(tensors.Path, problem ?? $"lacks {Names(Missing(tensors, layout ?? NetworkLayout.Published))}", remedy ?? Needed);
    }

    private static string[] Missing(StoredTensors tensors, NetworkLayout layout) =>
        [.. LayoutTensor.Of(layout).Where(tensor => tensor.Role == TensorRole.Parameter && !tensor.IsBias && tensors.Find(tensor.Name) is null).Select(tensor => tensor.Name)];

    private static StoredTensors OfLayout(StoredTensors tensors, NetworkLayout layout)
    {
        IReadOnlyList<LayoutTensor> expected = LayoutTensor.Of(layout);
        StoredTensor[] unknown = [.. tensors.All.ExceptBy(expected.Select(tensor => tensor.Name), tensor => tensor.Name)];
        string[] empty = [.. unknown.Where(tensor => tensor.IsEmpty).Select(tensor => tensor.Name)];
        StoredTensor[] own = [.. tensors.All.Except(unknown)];
        string[] copies = [.. unknown.Where(tensor => !tensor.IsEmpty && unknown.Length <= MostCopies && own.Any(known => IsCopy(tensor, known))).Select(tensor => tensor.Name)];
        string[] rest = [.. unknown.Select(tensor => tensor.Name).Except(empty).Except(copies)];
        return rest.Length == 0
            ? tensors.Without(empty, "passed over, because nothing is in it").Without(copies, "passed over, because it is a copy of another tensor")
            : throw new CheckpointException(tensors.Path, $"is not a supported network: it has {Names(rest)} besides", Needed);
    }

    private static bool IsCopy(StoredTensor tensor, StoredTensor known) => tensor.Shape.SequenceEqual(known.Shape) && tensor.Read().AsSpan().SequenceEqual(known.Read());

    /// <summary>The first thing found that no supported network has; null where there is none.</summary>
    private static string? Obstacle(StoredTensors tensors)
    {
        string[] names = [.. tensors.All.Select(tensor => tensor.Name)];
        int layers = 1 + names.Select(name => Layer().Match(name)).Where(match => match.Success)
            .Select(match => int.Parse(match.Groups["layer"].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        if (layers > 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{layers} layers");
        }

        foreach ((Regex pattern, string meaning) in Meanings)
        {
            if (names.FirstOrDefault(pattern.IsMatch) is string found)
            {
                return $"{meaning} found ({found})";
            }
        }

        bool isOthers = names.Contains(EmbeddingName.OfOthers);
        return isOthers && !names.Any(name => name.Contains("mlp.", StringComparison.Ordinal)) ? "no MLP (attention only)"
            : isOthers && !names.Contains("pos_embed.W_pos") ? "no learned positions (pos_embed.W_pos)"
            : null;
    }

    private static readonly (Regex Pattern, string Meaning)[] Meanings =
    [
        (NormPattern(), "weights of a normalization"),
        (GatePattern(), "weights of a gated MLP"),
        (GroupedPattern(), "grouped key and value heads"),
        (RotaryPattern(), "rotary positions"),
    ];

    public static string Names(IEnumerable<string> names)
    {
        const int most = 5;
        string[] all = [.. names];
        return all.Length == 0 ? "no tensor" : string.Join(", ", all.Take(most)) + (all.Length > most ? $" and {all.Length - most} more" : "");
    }

    [GeneratedRegex(@"(^|\.)(blocks|layers|h)\.(?<layer>[0-9]{1,4})\.(?!(weight|bias)$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Layer();

    [GeneratedRegex(@"(^|\.)(ln|norm|layer_?norm|rms_?norm)(_?[0-9]+|_f|_final)?(\.|$)|(^|\.)gamma$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NormPattern();

    [GeneratedRegex(@"\.W_gate$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GatePattern();

    [GeneratedRegex(@"\._[Wb]_[KV]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GroupedPattern();

    [GeneratedRegex(@"\.rotary_(sin|cos)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RotaryPattern();
}
