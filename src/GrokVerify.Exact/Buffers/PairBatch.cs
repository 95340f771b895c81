using GrokVerify.Tasks;

namespace GrokVerify.Exact.Buffers;

/// <summary>The tokens and labels of some pairs, in the order in which they are worked on.</summary>
internal sealed class PairBatch(int capacity)
{
    public int Count { get; private set; }

    /// <summary>The token a at position 0: its row in matrices whose rows are tokens.</summary>
    public int[] First { get; } = new int[capacity];

    /// <summary>p + b: the row of token b at position 1.</summary>
    public int[] Second { get; } = new int[capacity];

    public int[] Labels { get; } = new int[capacity];

    public void Fill(ModularTask task, ReadOnlySpan<int> pairs)
    {
        Count = pairs.Length;
        for (int i = 0; i < pairs.Length; i++)
        {
            First[i] = task.First(pairs[i]);
            Second[i] = task.Prime + task.Second(pairs[i]);
            Labels[i] = task.Labels[pairs[i]];
        }
    }
}
