using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>The launches of a step: one after the other, but for a part whose two lists do not depend on each other.</summary>
/// <param name="Before">First.</param>
/// <param name="Aside">Then these, which one network keeps few multiprocessors busy with, and for long.</param>
/// <param name="Meanwhile">Beside them.</param>
/// <param name="After">When both are done.</param>
internal sealed record StepSequence(
    IReadOnlyList<Action<AcceleratorStream>> Before,
    IReadOnlyList<Action<AcceleratorStream>> Aside,
    IReadOnlyList<Action<AcceleratorStream>> Meanwhile,
    IReadOnlyList<Action<AcceleratorStream>> After)
{
    public int Count => Before.Count + Aside.Count + Meanwhile.Count + After.Count;

    /// <summary>Launches all of them.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="aside">A stream for <see cref="Aside"/>, or the same.</param>
    /// <param name="fork">Makes the second stream wait for what was launched on the first.</param>
    /// <param name="join">Makes the first wait for the second.</param>
    public void Launch(AcceleratorStream stream, AcceleratorStream aside, Action fork, Action join)
    {
        Launch(Before, stream);
        fork();
        Launch(Aside, aside);
        Launch(Meanwhile, stream);
        join();
        Launch(After, stream);
    }

    private static void Launch(IReadOnlyList<Action<AcceleratorStream>> launches, AcceleratorStream stream)
    {
        foreach (Action<AcceleratorStream> launch in launches)
        {
            launch(stream);
        }
    }
}
