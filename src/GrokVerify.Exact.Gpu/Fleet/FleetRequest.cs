using System.Runtime.ExceptionServices;
using GrokVerify.Engines;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>Something that a member of a fleet waits for.</summary>
internal abstract class FleetRequest
{
    private Exception? _failure;

    public bool IsDone { get; private set; }

    public void End(Exception? failure)
    {
        _failure = failure;
        IsDone = true;
    }

    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }
}

/// <summary>The loss of some pairs.</summary>
internal sealed class EvaluationRequest(int[] pairs) : FleetRequest
{
    public int[] Pairs => pairs;

    public LossAndAccuracy Result { get; set; }
}

/// <summary>A copy of some of a network's numbers.</summary>
internal sealed class CaptureRequest(FleetMember member, (int Start, int Count)[] parts) : FleetRequest
{
    /// <summary>The parts, after it is done.</summary>
    public float[][] Values { get; } = [.. parts.Select(part => new float[part.Count])];

    public void Read(AcceleratorStream stream, FleetMemory memory)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            memory.Floats.SubView(((long)member.Place * memory.Networks.FloatsEach) + parts[i].Start, parts[i].Count).CopyToCPU(stream, Values[i]);
        }
    }
}
