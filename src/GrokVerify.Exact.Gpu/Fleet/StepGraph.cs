using GrokVerify.Exact.Gpu.Devices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>The launches of a step as one: recorded once on a GPU, so that a launch costs less than a fifth of what it costs alone.</summary>
internal sealed class StepGraph : IDisposable
{
    private readonly StepSequence _step;
    private readonly nint _graph;

    /// <param name="stream">Where to launch. No network may be marked as working yet: the launches of a first time, which only load code, then do nothing.</param>
    /// <param name="aside">Another stream.</param>
    /// <param name="step">The step.</param>
    public StepGraph(AcceleratorStream stream, AcceleratorStream aside, StepSequence step)
    {
        _step = step;
        if (stream is CudaStream first && aside is CudaStream second)
        {
            // Once without recording: a driver loads a kernel's code when it is first launched, which it cannot do while it records.
            LaunchInOrder(stream);
            stream.Synchronize();
            var marks = new List<nint>();
            CudaDriver.BeginCapture(first.StreamPtr);
            step.Launch(stream, aside, () => marks.Add(CudaDriver.WaitFor(second.StreamPtr, first.StreamPtr)), () => marks.Add(CudaDriver.WaitFor(first.StreamPtr, second.StreamPtr)));
            _graph = CudaDriver.EndCapture(first.StreamPtr);
            marks.ForEach(CudaDriver.DestroyMark);
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
            LaunchInOrder(stream);
        }
    }

    public void Dispose()
    {
        if (_graph != 0)
        {
            CudaDriver.Destroy(_graph);
        }
    }

    private void LaunchInOrder(AcceleratorStream stream) => _step.Launch(stream, stream, () => { }, () => { });
}
