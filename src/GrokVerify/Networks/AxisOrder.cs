namespace GrokVerify.Networks;

/// <summary>
/// The order of a tensor's axes, one letter each: h heads, k d_head, d d_model, m d_mlp, c context, v d_vocab, o d_vocab_out;
/// axes in parentheses are merged into one, the first of them the slower: "d(hk)" is [d_model, heads * d_head].
/// </summary>
internal sealed class AxisOrder
{
    private readonly string[] _groups;

    public AxisOrder(string text)
    {
        var groups = new List<string>();
        bool isMerged = false;
        foreach (char c in text)
        {
            if (c is '(' or ')')
            {
                isMerged = c == '(';
                if (isMerged)
                {
                    groups.Add("");
                }
            }
            else if (isMerged)
            {
                groups[^1] += c;
            }
            else
            {
                groups.Add(c.ToString());
            }
        }

        _groups = [.. groups];
        Letters = string.Concat(groups);
    }

    /// <summary>The axes one by one, slowest first.</summary>
    public string Letters { get; }

    /// <summary>The axes as the tensor has them; merged ones together.</summary>
    public IReadOnlyList<string> Groups => _groups;

    public int[] Shape(IReadOnlyDictionary<char, int> extents) =>
        [.. _groups.Select(group => group.Aggregate(1, (product, axis) => product * extents[axis]))];

    /// <summary>Copies elements from this order to another one of the same axes.</summary>
    public void CopyTo(ReadOnlySpan<float> values, AxisOrder order, Span<float> target, IReadOnlyDictionary<char, int> extents)
    {
        int[] lengths = [.. order.Letters.Select(axis => extents[axis])];
        int[] strides = [.. order.Letters.Select(axis => Stride(axis, extents))];
        int[] index = new int[lengths.Length];
        int at = 0;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = values[at];
            for (int axis = index.Length - 1; axis >= 0; axis--)
            {
                index[axis]++;
                at += strides[axis];
                if (index[axis] < lengths[axis])
                {
                    break;
                }

                at -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
    }

    private int Stride(char axis, IReadOnlyDictionary<char, int> extents) =>
        Letters[(Letters.IndexOf(axis, StringComparison.Ordinal) + 1)..].Aggregate(1, (product, faster) => product * extents[faster]);
}
