using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Optimizer;
using GrokVerify.Exact.Products;
using GrokVerify.Model;
using GrokVerify.Tasks;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>One network of a fleet: an engine that ends in the exact engine's bits.</summary>
internal sealed class FleetMember : ITrainingEngine
{
    private readonly GpuFleet _fleet;
    private readonly TrainingState _start;
    private readonly ZeroMlp _mlp;
    private readonly ModularTask _task;
    private readonly int[] _map;
    private readonly int[] _train;
    private bool _isGone;

    public FleetMember(GpuFleet fleet, int place, TrainingConfig config, TrainingState start)
    {
        config.Validate();
        start.RequireResumable(config);
        _fleet = fleet;
        _start = start;
        _mlp = new ZeroMlp(config.Model);
        _task = config.CreateTask();
        Config = config;
        Place = place;
        Done = start.Epoch;
        Split = config.CreateSplit();
        _train = [.. Split.Train.ToArray().Order()];
        _map = fleet.Layout.Weights.MapFrom(_mlp.Network);
    }

    public TrainingConfig Config { get; }

    /// <summary>Where its memory lies in the fleet's.</summary>
    public int Place { get; }

    /// <summary>Steps done since the initial weights.</summary>
    public long Done { get; private set; }

    /// <summary>Steps counted, but not done yet.</summary>
    public long Pending { get; private set; }

    /// <summary>What it waits for; null while it does something else.</summary>
    public FleetRequest? Request { get; set; }

    /// <inheritdoc/>
    public string Name => ExactEngineFactory.NameOfEngine;

    /// <inheritdoc/>
    public PairSplit Split { get; }

    /// <inheritdoc/>
    public long Epoch => Done + Pending;

    /// <inheritdoc/>
    public void Step() => Pending++;

    /// <inheritdoc/>
    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        var request = new EvaluationRequest(pairs.ToArray());
        _fleet.Do(this, request);
        return request.Result;
    }

    /// <inheritdoc/>
    public TrainingState Capture()
    {
        NetworkLayout layout = _fleet.Layout;
        float[][] values = Read(layout.Weights, layout.FirstMoment, layout.SecondMoment);
        return new TrainingState(Epoch, new TransformerWeights(Config.Model, values[0]), values[1], values[2]);
    }

    /// <inheritdoc/>
    public TransformerWeights Weights() => new(Config.Model, Read(_fleet.Layout.Weights)[0]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isGone)
        {
            _isGone = true;
            _fleet.Remove(this);
        }
    }

    public void StepsDone(int steps)
    {
        Pending -= steps;
        Done += steps;
    }

    /// <summary>Writes its state and its pairs.</summary>
    public void Upload(AcceleratorStream stream, FleetMemory memory)
    {
        NetworkLayout layout = _fleet.Layout;
        var batch = new PairBatch(_train.Length);
        batch.Fill(_task, _train);
        var groups = new PairGroups(batch, _mlp.Network.Prime);
        int[] integers = new int[layout.Integers];
        Write(integers, layout.Train, batch);
        int member = layout.Members;
        for (int token = 0; token < layout.Work.TableRows; token++)
        {
            integers[layout.Groups + token] = member - layout.Members;
            groups[token].CopyTo(integers.AsSpan(member));
            member += groups[token].Length;
        }

        integers[layout.Groups + layout.Work.TableRows] = member - layout.Members;
        memory.Integers.SubView((long)Place * layout.Integers, layout.Integers).CopyFromCPU(stream, integers);

        ArrayView<float> floats = memory.Floats.SubView((long)Place * layout.Floats, layout.Floats);
        floats.MemSetToZero(stream);
        Write(stream, floats, layout.Weights, _start.Weights.Values);
        Write(stream, floats, layout.FirstMoment, _start.FirstMoment!);
        Write(stream, floats, layout.SecondMoment, _start.SecondMoment!);
        if (layout.Frequencies is { } frequencies)
        {
            GpuMatrix projection = new(0, checked((int)frequencies.Projection.PanelStride));
            float[] elements = FrequencyProjection.Elements(Config, Config.FrequencyDecay!);
            int columns = frequencies.Projection.Columns;
            float[] panels = new float[PanelMatrix.Size(frequencies.Projection.Rows, columns)];
            for (int i = 0; i < elements.Length; i++)
            {
                panels[projection.At(i / columns, i % columns)] = elements[i];
            }

            floats.SubView(GpuMatrix.Place(frequencies.Projection), panels.Length).CopyFromCPU(stream, panels);
        }

        if (Config.ConstantNorm)
        {
            memory.Update.SumsOfSquares.SubView(Place, 1).CopyFromCPU(stream, [TrainingState.Initial(Config).Weights.SumOfSquares()]);
        }
    }

    /// <summary>Writes the next of some pairs, as many as there is room for.</summary>
    /// <returns>How many.</returns>
    public int UploadEvaluated(AcceleratorStream stream, FleetMemory memory, int[] pairs, int first)
    {
        NetworkLayout layout = _fleet.Layout;
        int count = Math.Clamp(pairs.Length - first, 0, layout.Work.Capacity);
        var batch = new PairBatch(count);
        batch.Fill(_task, pairs.AsSpan(Math.Min(first, pairs.Length), count));
        int[] integers = new int[layout.Evaluated.End];
        Write(integers, layout.Evaluated, batch);
        int start = layout.Evaluated.Count;
        memory.Integers.SubView(((long)Place * layout.Integers) + start, integers.Length - start).CopyFromCPU(stream, integers.AsSpan(start));
        return count;
    }

    private static void Write(int[] integers, PairArrays arrays, PairBatch batch)
    {
        integers[arrays.Count] = batch.Count;
        batch.First.AsSpan(0, batch.Count).CopyTo(integers.AsSpan(arrays.First));
        batch.Second.AsSpan(0, batch.Count).CopyTo(integers.AsSpan(arrays.Second));
        batch.Labels.AsSpan(0, batch.Count).CopyTo(integers.AsSpan(arrays.Labels));
    }

    private void Write(AcceleratorStream stream, ArrayView<float> floats, ParameterPanels panels, float[] values)
    {
        float[] computed = _mlp.In(values);
        float[] laidOut = new float[panels.Count];
        for (int i = 0; i < computed.Length; i++)
        {
            laidOut[_map[i]] = computed[i];
        }

        floats.SubView(GpuMatrix.Place(panels.W_E), laidOut.Length).CopyFromCPU(stream, laidOut);
    }

    private float[][] Read(params ParameterPanels[] panels)
    {
        var request = new CaptureRequest(this, [.. panels.Select(part => (GpuMatrix.Place(part.W_E), (int)part.Count))]);
        _fleet.Do(this, request);
        return [.. request.Values.Select(values => _mlp.Out(Array.ConvertAll(_map, place => values[place])))];
    }
}
