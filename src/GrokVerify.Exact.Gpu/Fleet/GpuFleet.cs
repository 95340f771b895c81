using GrokVerify.Engines;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Optimizer;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>
/// Networks of one shape that are trained by the same launches. Each is an engine of its own, driven by a thread of its own: steps are only counted, until every member waits for something that
/// needs them done (a loss, a copy of its weights); then all do them at once.
/// </summary>
/// <remarks>So runs are driven, logged and kept as any others, may begin and end when they like, and know nothing of one another. A member alone is a fleet of one.</remarks>
internal sealed class GpuFleet : IDisposable
{
    private readonly GpuDevice _device;
    private readonly AcceleratorStream _stream;
    private readonly AcceleratorStream _aside;
    private readonly FleetKey _key;
    private readonly FleetMemory _memory;
    private readonly Dictionary<int, StepLaunches> _launches = [];
    private readonly Dictionary<int, StepGraph> _graphs = [];
    private readonly FleetMember?[] _members;
    private readonly object _gate = new();
    private readonly int _stepsAhead;
    private readonly AdamWStep[] _steps;
    private readonly float[] _frequencyFactors;

    /// <param name="device">Where to train.</param>
    /// <param name="key">What the networks have in common.</param>
    /// <param name="places">Networks at once, at most.</param>
    /// <param name="stepsAhead">Steps prepared at a time.</param>
    /// <exception cref="GpuUnavailableException">The GPU has not enough memory.</exception>
    public GpuFleet(GpuDevice device, FleetKey key, int places, int stepsAhead = 256)
    {
        _device = device;
        _key = key;
        Layout = new NetworkLayout(key.Network, key.Capacity, key.HasFrequencyDecay);
        _members = new FleetMember?[places];
        _stepsAhead = stepsAhead;
        _steps = new AdamWStep[places * stepsAhead];
        _frequencyFactors = new float[places * stepsAhead];
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            _memory = new FleetMemory(device, Layout, places, stepsAhead);
            _stream = device.Accelerator.CreateStream();
            _aside = device.Accelerator.CreateStream();
        }
    }

    public NetworkLayout Layout { get; }

    /// <summary>Launches of a step.</summary>
    public int LaunchesOfStep
    {
        get
        {
            lock (_device.Gate)
            {
                _device.Accelerator.Bind();
                return Launches(1).Step.Count;
            }
        }
    }

    /// <summary>Whether another network finds a place.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return Array.IndexOf(_members, null) >= 0;
            }
        }
    }

    /// <summary>Whether it trains no network.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return Array.TrueForAll(_members, member => member is null);
            }
        }
    }

    /// <summary>Takes a network in.</summary>
    public FleetMember Add(TrainingConfig config, TrainingState start)
    {
        lock (_gate)
        {
            int place = Array.IndexOf(_members, null);
            var member = new FleetMember(this, place, config, start);
            lock (_device.Gate)
            {
                _device.Accelerator.Bind();
                member.Upload(_stream, _memory);
                _stream.Synchronize();
            }

            _members[place] = member;
            return member;
        }
    }

    /// <summary>Waits until every member wants something, then does what all want.</summary>
    public void Do(FleetMember member, FleetRequest request)
    {
        lock (_gate)
        {
            member.Request = request;
            DoIfAllWait();
            while (!request.IsDone)
            {
                Monitor.Wait(_gate);
            }
        }

        request.ThrowIfFailed();
    }

    /// <summary>Does some steps of all members at once, whatever they wait for.</summary>
    public void Run(int steps)
    {
        lock (_gate)
        {
            FleetMember[] members = [.. _members.OfType<FleetMember>()];
            for (int i = 0; i < steps; i++)
            {
                Array.ForEach(members, member => member.Step());
            }

            lock (_device.Gate)
            {
                _device.Accelerator.Bind();
                StepAll(members);
            }
        }
    }

    /// <summary>Lets a network go. The others need not wait for it.</summary>
    public void Remove(FleetMember member)
    {
        lock (_gate)
        {
            _members[member.Place] = null;
            DoIfAllWait();
        }
    }

    public void Dispose()
    {
        lock (_device.Gate)
        {
            _device.Accelerator.Bind();
            _graphs.Values.ToList().ForEach(graph => graph.Dispose());
            _launches.Values.ToList().ForEach(launches => launches.Dispose());
            _memory.Dispose();
            _stream.Dispose();
            _aside.Dispose();
        }
    }

    private void DoIfAllWait()
    {
        FleetMember[] members = [.. _members.OfType<FleetMember>()];
        if (members.Length == 0 || members.Any(member => member.Request is null))
        {
            return;
        }

        Exception? failure = null;
        try
        {
            lock (_device.Gate)
            {
                _device.Accelerator.Bind();
                StepAll(members);
                EvaluateAll([.. members.Where(member => member.Request is EvaluationRequest)]);
                foreach (FleetMember member in members)
                {
                    (member.Request as CaptureRequest)?.Read(_stream, _memory);
                }

                _stream.Synchronize();
            }
        }
        catch (AcceleratorException exception)
        {
            failure = new GpuUnavailableException($"the GPU failed: {exception.Message.ReplaceLineEndings(" ")}; what was saved can be resumed, with --device cpu, too", exception);
        }
        catch (Exception exception)
        {
            // Whoever waits has to hear of it, whichever thread it came to.
            failure = exception;
        }

        foreach (FleetMember member in members)
        {
            member.Request!.End(failure);
            member.Request = null;
        }

        Monitor.PulseAll(_gate);
    }

    /// <summary>Does the steps that members have counted: as many at a time as all have that have any.</summary>
    private void StepAll(FleetMember[] members)
    {
        for (; ; )
        {
            FleetMember[] working = [.. members.Where(member => member.Pending > 0)];
            if (working.Length == 0)
            {
                return;
            }

            int steps = (int)Math.Min(working.Min(member => member.Pending), _stepsAhead);
            int networks = Rounded(working.Length);
            StepGraph graph = Graph(networks);
            Prepare(working, steps);
            Mark(working);
            for (int i = 0; i < steps; i++)
            {
                graph.Run(_stream);
            }

            _stream.Synchronize();
            Array.ForEach(working, member => member.StepsDone(steps));
        }
    }

    /// <summary>Writes down what differs from step to step.</summary>
    private void Prepare(FleetMember[] working, int steps)
    {
        foreach (FleetMember member in working)
        {
            for (int i = 0; i < steps; i++)
            {
                long step = member.Done + i;
                _steps[(i * _members.Length) + member.Place] = AdamWStep.At(member.Config, step);
                _frequencyFactors[(i * _members.Length) + member.Place] = (float)(member.Config.FrequencyDecay?.Factor(member.Config, step) ?? 0);
            }
        }

        int count = steps * _members.Length;
        _memory.Update.Present.MemSetToZero(_stream);
        _memory.Update.Steps.SubView(0, count).CopyFromCPU(_stream, _steps.AsSpan(0, count));
        if (_key.HasFrequencyDecay)
        {
            _memory.Update.FrequencyFactors.SubView(0, count).CopyFromCPU(_stream, _frequencyFactors.AsSpan(0, count));
        }
    }

    private void EvaluateAll(FleetMember[] members)
    {
        if (members.Length == 0)
        {
            return;
        }

        StepLaunches launches = Launches(Rounded(members.Length));
        Mark(members);
        foreach (Action<AcceleratorStream> launch in launches.Tables)
        {
            launch(_stream);
        }

        _memory.Loss.MemSetToZero(_stream);
        _memory.Hits.MemSetToZero(_stream);
        int capacity = Layout.Work.Capacity;
        int most = members.Max(member => ((EvaluationRequest)member.Request!).Pairs.Length);
        for (int first = 0; first < most; first += capacity)
        {
            int pairs = 0;
            foreach (FleetMember member in members)
            {
                pairs = Math.Max(pairs, member.UploadEvaluated(_stream, _memory, ((EvaluationRequest)member.Request!).Pairs, first));
            }

            launches.Evaluate(_stream, pairs);
            _stream.Synchronize();
        }

        double[] losses = new double[_members.Length];
        int[] hits = new int[_members.Length];
        _memory.Loss.CopyToCPU(_stream, losses);
        _memory.Hits.CopyToCPU(_stream, hits);
        _stream.Synchronize();
        foreach (FleetMember member in members)
        {
            var request = (EvaluationRequest)member.Request!;
            request.Result = new LossAndAccuracy(losses[member.Place] / request.Pairs.Length, (double)hits[member.Place] / request.Pairs.Length);
        }
    }

    /// <summary>Says on the GPU which networks the next launches work on.</summary>
    private void Mark(FleetMember[] working)
    {
        int[] places = new int[_members.Length];
        Array.Fill(places, -1);
        for (int i = 0; i < working.Length; i++)
        {
            places[i] = working[i].Place;
        }

        _memory.Working.CopyFromCPU(_stream, places);
    }

    /// <summary>Launches are prepared for 1, 2, 4, 8 ... networks: at most half of their groups find nothing to do.</summary>
    private int Rounded(int networks)
    {
        int rounded = 1;
        while (rounded < networks)
        {
            rounded *= 2;
        }

        return Math.Min(rounded, _members.Length);
    }

    private StepLaunches Launches(int networks) => _launches.TryGetValue(networks, out StepLaunches? known)
        ? known
        : _launches[networks] = new StepLaunches(_device, Layout, _memory, _key, networks);

    private StepGraph Graph(int networks)
    {
        if (!_graphs.TryGetValue(networks, out StepGraph? graph))
        {
            Mark([]);
            graph = _graphs[networks] = new StepGraph(_stream, _aside, Launches(networks).Step);
        }

        return graph;
    }
}
