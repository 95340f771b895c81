using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Kernels;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Optimizer;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>A fleet's memory on the GPU: allocated once.</summary>
internal sealed class FleetMemory : IDisposable
{
    private const long Spare = 64L << 20; // for what the driver itself takes: code of kernels, graphs
    private readonly List<MemoryBuffer> _buffers = [];
    private readonly GpuDevice _device;
    private readonly long _bytes;

    /// <param name="device">Where it lies.</param>
    /// <param name="layout">Of one network.</param>
    /// <param name="places">Networks.</param>
    /// <param name="stepsAhead">Steps whose AdamW is prepared at a time.</param>
    /// <exception cref="GpuUnavailableException">The GPU has not enough memory.</exception>
    public FleetMemory(GpuDevice device, NetworkLayout layout, int places, int stepsAhead)
    {
        Places = places;
        RequireRoom(places, layout, device.FreeBytes);
        _device = device;
        _bytes = places * BytesEach(layout);
        device.Take(_bytes);
        MemoryBuffer1D<float, Stride1D.Dense> floats = Allocate<float>((long)places * layout.Floats);
        Floats = floats.View.AsContiguous();
        Integers = Allocate<int>((long)places * layout.Integers).View.AsContiguous();
        Working = Allocate<int>(places).View.AsContiguous();
        Losses = new LossArrays
        {
            Losses = Allocate<double>((long)places * layout.Work.Capacity).View.AsContiguous(),
            Hits = Allocate<int>((long)places * layout.Work.Capacity).View.AsContiguous(),
            Capacity = layout.Work.Capacity,
        };
        Loss = Allocate<double>(places).View.AsContiguous();
        Hits = Allocate<int>(places).View.AsContiguous();
        int embedding = GpuMatrix.Place(layout.Weights.W_Q) - GpuMatrix.Place(layout.Weights.W_E);
        int stretchLength = WeightUpdate<GpuLanes, float>.StretchLength;
        int stretches = 1 + (((int)layout.Weights.Count - embedding + stretchLength - 1) / stretchLength);
        Update = new UpdateArrays
        {
            Weights = GpuMatrix.Place(layout.Weights.W_E),
            Gradient = GpuMatrix.Place(layout.Gradient.W_E),
            FirstMoment = GpuMatrix.Place(layout.FirstMoment.W_E),
            SecondMoment = GpuMatrix.Place(layout.SecondMoment.W_E),
            Count = (int)layout.Weights.Count,
            Steps = Allocate<AdamWStep>((long)places * stepsAhead).View.AsContiguous(),
            FrequencyFactors = Allocate<float>((long)places * stepsAhead).View.AsContiguous(),
            Present = Allocate<int>(places).View.AsContiguous(),
            Places = places,
            StretchSums = Allocate<double>((long)places * stretches).View.AsContiguous(),
            SumsOfSquares = Allocate<double>(places).View.AsContiguous(),
            FirstStretch = embedding,
            StretchLength = stretchLength,
            Stretches = stretches,
        };
        Networks = new NetworkArrays
        {
            Floats = Floats,
            Quads = Floats.Cast<Quad>(),
            Integers = Integers,
            Working = Working,
            FloatsEach = layout.Floats,
            IntegersEach = layout.Integers,
        };
    }

    /// <summary>Networks that there is room for.</summary>
    public int Places { get; }

    public ArrayView<float> Floats { get; }

    public ArrayView<int> Integers { get; }

    /// <summary>For each network of a launch its place, or -1.</summary>
    public ArrayView<int> Working { get; }

    public LossArrays Losses { get; }

    /// <summary>[places]: the sum of a network's losses.</summary>
    public ArrayView<double> Loss { get; }

    /// <summary>[places]: how many labels had the largest logit.</summary>
    public ArrayView<int> Hits { get; }

    public UpdateArrays Update { get; }

    public NetworkArrays Networks { get; }

    /// <summary>Bytes of one network.</summary>
    public static long BytesEach(NetworkLayout layout) =>
        (sizeof(float) * (long)layout.Floats) + (sizeof(int) * (long)layout.Integers) + ((sizeof(double) + sizeof(int)) * (long)layout.Work.Capacity);

    /// <exception cref="GpuUnavailableException">The GPU has not enough memory.</exception>
    public static void RequireRoom(int places, NetworkLayout layout, long freeBytes)
    {
        long needed = (places * BytesEach(layout)) + Spare;
        if (needed > freeBytes)
        {
            throw new GpuUnavailableException(FormattableString.Invariant(
                $"out of memory: {places} networks of this shape need {needed >> 20:N0} MiB of the GPU, {freeBytes >> 20:N0} are free; train fewer at once, or give --device cpu, which gives the same bits"));
        }
    }

    public void Dispose()
    {
        _buffers.ForEach(buffer => buffer.Dispose());
        _device.Take(-_bytes);
    }

    private MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long count)
        where T : unmanaged
    {
        MemoryBuffer1D<T, Stride1D.Dense> buffer = _device.Accelerator.Allocate1D<T>(count);
        buffer.MemSetToZero();
        _buffers.Add(buffer);
        return buffer;
    }
}
