using System.Runtime.InteropServices;

namespace GrokVerify.Exact.Gpu.Devices;

/// <summary>What ILGPU does not offer of NVIDIA's driver: graphs of launches, and what a kernel takes.</summary>
internal static partial class CudaDriver
{
    /// <summary>Version 11.4, the first with cuGraphInstantiateWithFlags; NVIDIA's Linux driver 470.</summary>
    private const int OldestVersion = 11040;
    private const string Library = "cuda";
    private const int ThreadLocalCapture = 1;
    private const uint DisableTiming = 2;
    private const int LocalBytesAttribute = 3;
    private const int RegistersAttribute = 4;

    static CudaDriver() => NativeLibrary.SetDllImportResolver(
        typeof(CudaDriver).Assembly, (name, assembly, path) => name == Library ? NativeLibrary.Load(FileName, assembly, path) : 0);

    private static string FileName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>What keeps a GPU from being used, and what to do; null for nothing.</summary>
    public static string? Obstacle()
    {
        if (!NativeLibrary.TryLoad(FileName, out _))
        {
            return $"NVIDIA's driver is not installed here ({FileName} does not load); GPUs of others are not supported";
        }

        int error = Initialize(0);
        if (error != 0)
        {
            return $"NVIDIA's driver does not start (cuInit says {error})";
        }

        if (GetVersion(out int version) != 0 || version < OldestVersion)
        {
            return $"NVIDIA's driver here is of CUDA {version / 1000}.{version % 1000 / 10}, and 11.4 or later is needed: install a newer driver";
        }

        return GetDeviceCount(out int devices) != 0 || devices == 0 ? "NVIDIA's driver sees no GPU" : null;
    }

    /// <summary>What is launched on a stream until <see cref="EndCapture"/> becomes a graph instead of running.</summary>
    public static void BeginCapture(nint stream) => Require(StreamBeginCapture(stream, ThreadLocalCapture), nameof(BeginCapture));

    /// <returns>The graph, ready to be launched.</returns>
    public static nint EndCapture(nint stream)
    {
        Require(StreamEndCapture(stream, out nint graph), nameof(EndCapture));
        Require(GraphInstantiate(out nint executable, graph, 0), nameof(GraphInstantiate));
        Require(GraphDestroy(graph), nameof(GraphDestroy));
        return executable;
    }

    /// <summary>Makes what will be launched on one stream wait for what was launched on another; while that one is recorded, the first becomes part of the recording.</summary>
    /// <returns>What marks the place; to be destroyed when the recording is over.</returns>
    public static nint WaitFor(nint waiting, nint other)
    {
        Require(EventCreate(out nint mark, DisableTiming), nameof(WaitFor));
        Require(EventRecord(mark, other), nameof(WaitFor));
        Require(StreamWaitEvent(waiting, mark, 0), nameof(WaitFor));
        return mark;
    }

    public static void DestroyMark(nint mark) => Require(EventDestroy(mark), nameof(DestroyMark));

    public static void Launch(nint graph, nint stream) => Require(GraphLaunch(graph, stream), nameof(Launch));

    public static void Destroy(nint graph) => Require(GraphExecDestroy(graph), nameof(Destroy));

    /// <summary>What a thread of a kernel takes: registers, and bytes of memory for what did not fit into them.</summary>
    public static (int Registers, int LocalBytes) Takes(nint function)
    {
        Require(FunctionGetAttribute(out int registers, RegistersAttribute, function), nameof(Takes));
        Require(FunctionGetAttribute(out int bytes, LocalBytesAttribute, function), nameof(Takes));
        return (registers, bytes);
    }

    private static void Require(int error, string operation)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"CUDA: {operation} failed with error {error}");
        }
    }

    [LibraryImport(Library, EntryPoint = "cuInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Initialize(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDriverGetVersion")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetVersion(out int version);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetDeviceCount(out int count);

    [LibraryImport(Library, EntryPoint = "cuStreamBeginCapture_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StreamBeginCapture(nint stream, int mode);

    [LibraryImport(Library, EntryPoint = "cuStreamEndCapture")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StreamEndCapture(nint stream, out nint graph);

    [LibraryImport(Library, EntryPoint = "cuGraphInstantiateWithFlags")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GraphInstantiate(out nint executable, nint graph, ulong flags);

    [LibraryImport(Library, EntryPoint = "cuGraphDestroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GraphDestroy(nint graph);

    [LibraryImport(Library, EntryPoint = "cuGraphLaunch")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GraphLaunch(nint executable, nint stream);

    [LibraryImport(Library, EntryPoint = "cuGraphExecDestroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GraphExecDestroy(nint executable);

    [LibraryImport(Library, EntryPoint = "cuFuncGetAttribute")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FunctionGetAttribute(out int value, int attribute, nint function);

    [LibraryImport(Library, EntryPoint = "cuEventCreate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventCreate(out nint mark, uint flags);

    [LibraryImport(Library, EntryPoint = "cuEventRecord")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventRecord(nint mark, nint stream);

    [LibraryImport(Library, EntryPoint = "cuStreamWaitEvent")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StreamWaitEvent(nint stream, nint mark, uint flags);

    [LibraryImport(Library, EntryPoint = "cuEventDestroy_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventDestroy(nint mark);
}
