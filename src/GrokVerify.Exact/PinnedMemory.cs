using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>Zeroed float32 memory that the garbage collector does not move, handed out in pieces that start on cache lines.</summary>
internal sealed unsafe class PinnedMemory
{
    private const int CacheLineFloats = 16;
    private readonly List<float[]> _blocks = [];

    /// <summary>Room for <paramref name="count"/> values.</summary>
    public float* Take(nint count)
    {
        float[] block = GC.AllocateArray<float>(checked((int)count + (2 * CacheLineFloats)), pinned: true);
        _blocks.Add(block);
        nint address = (nint)Unsafe.AsPointer(ref block[0]);
        return (float*)((address + 63) & ~(nint)63);
    }

    public PanelMatrix Matrix(int rows, int columns)
    {
        nint size = PanelMatrix.Size(rows, columns);
        return new PanelMatrix(Take(size), rows, columns, (nint)rows * PanelMatrix.Width);
    }
}
