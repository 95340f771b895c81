using System.Reflection;
using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Fleet;

namespace GrokVerify.Exact.Gpu;

/// <summary>
/// Makes engines that train on an NVIDIA GPU and end in the exact engine's bits, many at once: engines of one shape that are driven by threads of their own share their launches.
/// </summary>
/// <remarks>
/// Their runs are those of the exact engine: what one began, the other goes on with. Before a shape is trained, a few of its steps are computed on both, and nothing is trained where they differ.
/// </remarks>
public sealed class ExactGpuEngineFactory : ITrainingEngineFactory, IDisposable
{
    private readonly GpuDevice _device;
    private readonly bool _isDeviceOurs;
    private readonly int _atOnce;
    private readonly Lock _gate = new();
    private readonly Dictionary<FleetKey, List<GpuFleet>> _fleets = [];

    /// <param name="atOnce">Networks of a shape that are trained at once, at most; memory is taken for so many.</param>
    /// <exception cref="GpuUnavailableException">There is no GPU, or it cannot be used.</exception>
    public ExactGpuEngineFactory(int atOnce = 1)
        : this(GpuDevice.Open(), atOnce) => _isDeviceOurs = true;

    internal ExactGpuEngineFactory(GpuDevice device, int atOnce = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atOnce, 1);
        _device = device;
        _atOnce = atOnce;
    }

    /// <summary>What keeps a GPU from being used, in one line; null where nothing is known to.</summary>
    public static string? Obstacle => CudaDriver.Obstacle();

    /// <inheritdoc/>
    public string EngineName => ExactEngineFactory.NameOfEngine;

    /// <inheritdoc/>
    public IReadOnlyList<Assembly> TrainingAssemblies { get; } = new ExactEngineFactory().TrainingAssemblies;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> LibraryVersions { get; } = new Dictionary<string, string>();

    /// <inheritdoc/>
    /// <exception cref="GpuUnavailableException">The GPU has not enough memory, gives other bits than the processor, or no kernel computes what the configuration has.</exception>
    public ITrainingEngine Create(TrainingConfig config, TrainingState start)
    {
        config.Validate();
        start.RequireResumable(config);
        var key = FleetKey.Of(config);
        lock (_gate)
        {
            if (!_fleets.TryGetValue(key, out List<GpuFleet>? fleets))
            {
                GpuFleet fleet = Launch(key);
                SameBits.Require(fleet, config, start);
                _fleets[key] = fleets = [fleet];
            }

            GpuFleet? free = fleets.Find(fleet => fleet.HasRoom);
            if (free is null)
            {
                free = Launch(key);
                fleets.Add(free);
            }

            return free.Add(config, start);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (GpuFleet fleet in _fleets.Values.SelectMany(fleets => fleets))
        {
            fleet.Dispose();
        }

        if (_isDeviceOurs)
        {
            _device.Dispose();
        }
    }

    /// <summary>A fleet for as many networks as there is memory for, at most for as many as were asked for; those that train nothing make room.</summary>
    private GpuFleet Launch(FleetKey key)
    {
        int places = _atOnce;
        while (true)
        {
            try
            {
                return new GpuFleet(_device, key, places);
            }
            catch (GpuUnavailableException)
            {
                if (EndIdleFleets())
                {
                    continue;
                }

                if (places == 1)
                {
                    throw;
                }

                places /= 2;
            }
        }
    }

    /// <returns>Whether there were any.</returns>
    private bool EndIdleFleets()
    {
        GpuFleet[] idle = [.. _fleets.Values.SelectMany(fleets => fleets).Where(fleet => fleet.IsIdle)];
        foreach (GpuFleet fleet in idle)
        {
            fleet.Dispose();
        }

        foreach (List<GpuFleet> fleets in _fleets.Values)
        {
            fleets.RemoveAll(idle.Contains);
        }

        return idle.Length > 0;
    }
}
