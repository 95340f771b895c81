using System.Globalization;
using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Kernels;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace GrokVerify.Exact.Gpu.Devices;

/// <summary>A GPU with the kernels of a step compiled for it, or a processor that stands in for one.</summary>
internal sealed class GpuDevice : IDisposable
{
    private const int WarpThreads = 32;
    private const string Instead = "give --device cpu, which gives the same bits";
    private readonly Context _context;
    private readonly long _emulatedBytes;
    private long _taken;

    private GpuDevice(Context context, Device device, long emulatedBytes = 0)
    {
        _emulatedBytes = emulatedBytes;
        _context = context;
        Accelerator = device.CreateAccelerator(context);
        Kernels = new KernelSet(Accelerator);
    }

    public Accelerator Accelerator { get; }

    public KernelSet Kernels { get; }

    /// <summary>One use of the accelerator at a time.</summary>
    public Lock Gate { get; } = new();

    /// <summary>False for a processor that stands in.</summary>
    public bool IsGpu => Accelerator is CudaAccelerator;

    /// <summary>Bytes of its memory that are free.</summary>
    public long FreeBytes => Accelerator is CudaAccelerator cuda ? cuda.GetFreeMemory() : _emulatedBytes - _taken;

    /// <summary>What it is, in words.</summary>
    public string Description => Accelerator is CudaAccelerator cuda
        ? string.Create(CultureInfo.InvariantCulture, $"{cuda.Name}, {cuda.NumMultiprocessors} multiprocessors, {cuda.MemorySize >> 30} GiB, driver of CUDA {cuda.DriverVersion.Major}.{cuda.DriverVersion.Minor}")
        : "none: kernels run thread by thread on the processor";

    /// <summary>What a thread of each kernel takes on this GPU: registers, and bytes of memory for what did not fit into them. Empty for a processor.</summary>
    public IReadOnlyDictionary<string, (int Registers, int LocalBytes)> KernelsTake() => Accelerator is not CudaAccelerator cuda
        ? new Dictionary<string, (int, int)>()
        : KernelMethods.All.ToDictionary(kernel => kernel.Key, kernel =>
        {
            CompiledKernel compiled = cuda.Backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Value), default);
            return CudaDriver.Takes(((CudaKernel)cuda.LoadKernel(compiled)).FunctionPtr);
        });

    /// <summary>The first NVIDIA GPU of the machine.</summary>
    /// <exception cref="GpuUnavailableException">There is none, or it cannot be used.</exception>
    public static GpuDevice Open()
    {
        if (CudaDriver.Obstacle() is string obstacle)
        {
            throw new GpuUnavailableException($"no GPU: {obstacle}; {Instead}");
        }

        Context? context = null;
        try
        {
            context = Builder().Cuda().ToContext();
            return new GpuDevice(context, context.GetCudaDevice(0));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            context?.Dispose();
            throw new GpuUnavailableException($"the GPU cannot be used: {exception.Message.ReplaceLineEndings(" ")}; {Instead}", exception);
        }
    }

    /// <summary>A processor that runs the kernels thread by thread: the same bits, thousands of times slower. For small networks, where there is no GPU.</summary>
    /// <param name="bytes">The memory that it has as a GPU.</param>
    public static GpuDevice Emulated(long bytes = 1L << 30)
    {
        Context context = Builder().CPU(new CPUDevice(WarpThreads, ProductKernel.Threads / WarpThreads, 1)).ToContext();
        return new GpuDevice(context, context.GetCPUDevice(0), bytes);
    }

    /// <summary>The settings that all kernels are compiled with.</summary>
    public static Context.Builder Builder() => Context.Create().RoundOnce().Optimize(OptimizationLevel.O2);

    /// <summary>Tells of memory that a fleet takes, or gives back where negative.</summary>
    public void Take(long bytes) => _taken += bytes;

    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
