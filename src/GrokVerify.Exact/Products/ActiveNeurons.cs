using System.Numerics;
using System.Runtime.CompilerServices;

namespace GrokVerify.Exact.Products;

/// <summary>
/// Which neurons are active (not zero after the ReLU) on which pairs: about half of them. What multiplies an inactive one is skipped, and since that would add
/// exactly nothing to a chain, the sums are the same.
/// </summary>
internal readonly unsafe struct ActiveNeurons
{
    /// <summary>Pairs, and neurons, of a word.</summary>
    public const int Word = 32;

    private readonly uint* _byPair;
    private readonly uint* _byNeuron;
    private readonly nint _panelStride;

    public ActiveNeurons(MatrixMemory memory, int neurons, int pairs)
    {
        int panels = PanelMatrix.PanelCount(neurons);
        _panelStride = (nint)PanelMatrix.PanelCount(pairs) * Word;
        _byPair = (uint*)memory.Take(panels * _panelStride);
        _byNeuron = (uint*)memory.Take(panels * _panelStride);
    }

    /// <summary>For pairs from <paramref name="pair"/> on a word each: bit j for neuron 32 panel + j.</summary>
    public uint* ByPair(int panel, int pair) => _byPair + (panel * _panelStride) + pair;

    /// <summary>For the 32 neurons of a panel a word each: bit i for pair <paramref name="firstPair"/> + i, a multiple of 32.</summary>
    public uint* ByNeuron(int panel, int firstPair) => _byNeuron + (panel * _panelStride) + firstPair;

    /// <summary>Fills the words of neurons from those of pairs, and with zeros past the last pair.</summary>
    /// <param name="panels">Panels of neurons.</param>
    /// <param name="firstPair">A multiple of 32.</param>
    /// <param name="count">Pairs.</param>
    public void Transpose(int panels, int firstPair, int count)
    {
        for (int panel = 0; panel < panels; panel++)
        {
            for (int first = 0; first < count; first += Word)
            {
                int present = Math.Min(Word, count - first);
                var words = new Span<uint>(ByNeuron(panel, firstPair + first), Word);
                new ReadOnlySpan<uint>(ByPair(panel, firstPair + first), present).CopyTo(words);
                words[present..].Clear();
                Transpose(words);
            }
        }
    }

    /// <summary>How many neurons of some panels are active on some pairs, those of all pairs added.</summary>
    public long Count(int firstPanel, int endPanel, int firstPair, int count)
    {
        long active = 0;
        for (int panel = firstPanel; panel < endPanel; panel++)
        {
            foreach (uint word in new ReadOnlySpan<uint>(ByPair(panel, firstPair), count))
            {
                active += BitOperations.PopCount(word);
            }
        }

        return active;
    }

    /// <summary>Transposes 32 words of 32 bits: halves change places across the diagonal, then the halves of each half, down to single bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(Span<uint> words)
    {
        uint low = 0x0000ffff;
        for (int half = Word / 2; half > 0; half >>= 1)
        {
            for (int i = 0; i < Word; i = (i + half + 1) & ~half)
            {
                uint exchanged = ((words[i] >> half) ^ words[i + half]) & low;
                words[i + half] ^= exchanged;
                words[i] ^= exchanged << half;
            }

            low ^= low << (half >> 1);
        }
    }
}
