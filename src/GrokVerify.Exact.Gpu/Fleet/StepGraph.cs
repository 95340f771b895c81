using GrokVerify.Exact.Gpu.Devices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>The launches of a step as one: recorded once on a GPU, so that a launch costs less than a fifth of what it costs alone.</summary>
internal sealed class StepGraph : IDisposable
{
    private readonly IReadOnlyList<Action<AcceleratorStream>> _launches;
    private readonly nint _graph;

    /// <param name="stream">Where to launch. No network may be marked as working yet: the launches of a first time, which only load code, then do nothing.</param>
    /// <param name="launches">The step.</param>
    public StepGraph(AcceleratorStream stream, IReadOnlyList<Action<AcceleratorStream>> launches)
    {
        _launches = launches;
        if (stream is CudaStream cuda)
        {
            // Once without recording: a driver loads a kernel's code when it is first launched, which it cannot do while it records.
            Launch(stream);
            stream.Synchronize();
            CudaDriver.BeginCapture(cuda.StreamPtr);
            Launch(stream);
            _graph = CudaDriver.EndCapture(cuda.StreamPtr);
        }
    }

    public void Run(AcceleratorStream stream)
    {
        if (stream is CudaStream cuda)
        {
            CudaDriver.Launch(_graph, cuda.StreamPtr);
        }
        else
        {
            Launch(stream);
        }
    }

    public void Dispose()
    {
        if (_graph != 0)
        {
            CudaDriver.Destroy(_graph);
        }
    }

    private void Launch(AcceleratorStream stream)
    {
        foreach (Action<AcceleratorStream> launch in _launches)
        {
            launch(stream);
        }
    }
}
