using System.Globalization;

namespace GrokVerify.Networks;

/// <summary>
/// Which tensor of a file stands for which of ours, as a user says it: "W_E=token_embed.weight,W_Q=attn.query.T,heads=4".
/// Where its shape does not tell, a matrix is read as [output, input], as nn.Linear has it, and an embedding as [tokens, width]; ".T" after its name says that it is the other way round.
/// </summary>
internal sealed class TensorMap
{
    public const string Transposed = ".T";
    private const string HeadsKey = "heads";

    private TensorMap(string text, IReadOnlyDictionary<string, string> names, int? heads) => (Text, Names, Heads) = (text, names, heads);

    /// <summary>Nothing said.</summary>
    public static TensorMap Empty { get; } = new("", new Dictionary<string, string>(), null);

    /// <summary>As the user has it.</summary>
    public string Text { get; }

    /// <summary>Names in the file by ours.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>How many heads the matrices of attention hold; null where it is not said.</summary>
    public int? Heads { get; }

    /// <exception cref="ArgumentException">It is no such list; says what is wrong with it, and what to give.</exception>
    public static TensorMap Parse(string text)
    {
        var names = new Dictionary<string, string>();
        int? heads = null;
        foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry.Split('=', 2, StringSplitOptions.TrimEntries) is not [string ours, { Length: > 0 } theirs])
            {
                throw new ArgumentException($"{entry} is no pair of names; give ours=theirs, with commas between");
            }

            if (ours == HeadsKey)
            {
                heads = int.TryParse(theirs, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 1024
                    ? count
                    : throw new ArgumentException($"{entry} is no number of heads; give one from 1 to 1024");
            }
            else if (!RoleNames.All.Contains(ours))
            {
                throw new ArgumentException($"{ours} is none of our tensors; they are {string.Join(", ", RoleNames.All)}, and heads");
            }
            else if (!names.TryAdd(ours, theirs))
            {
                throw new ArgumentException($"{ours} is given twice; give it once");
            }
        }

        return names.Count == 0 && heads is null ? throw new ArgumentException("no pair of names; give ours=theirs, with commas between") : new TensorMap(text, names, heads);
    }
}
