using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Exact;

/// <summary>
/// Training on the CPU that ends in the same bits on every machine: with any number of threads, any vector width, interrupted or not.
/// README.md beside this file says how the order of every sum is fixed.
/// </summary>
/// <remarks>
/// float32 with fused multiply-add throughout; all three forms of the loss. Buffers are allocated once; a step allocates nothing.
/// An engine has threads and buffers of its own, so that several can train side by side.
/// </remarks>
public sealed unsafe class ExactEngine : ITrainingEngine
{
    private const nint OptimizerChunk = 1 << 14;
    private readonly TrainingConfig _config;
    private readonly ZeroMlp _mlp;
    private readonly ModularTask _task;
    private readonly PinnedMemory _memory = new();
    private readonly int[] _map;
    private readonly ParameterPanels _weights;
    private readonly ParameterPanels _gradient;
    private readonly ParameterPanels _firstMoment;
    private readonly ParameterPanels _secondMoment;
    private readonly Network _network;
    private readonly BackwardJobs _backward;
    private readonly PairBatch _evaluated;
    private readonly double[] _losses;
    private readonly bool[] _correct;
    private readonly Action[][] _stepPhases;
    private readonly Action[][] _gradientPhases;
    private readonly Action[][] _tablePhases;
    private readonly Action[][] _evaluationPhases;
    private readonly int[] _nextJobs;
    private readonly WorkerTeam _team;
    private AdamWStep _adamW;

    /// <param name="config">The run.</param>
    /// <param name="start">Where to go on from.</param>
    /// <param name="threads">Threads, from 1 up; as many as the machine has processors when not given. The result does not depend on it.</param>
    /// <exception cref="ArgumentException">
    /// The state cannot be resumed from, or its shape is not the configuration's; or there is more than one layer, or the number of threads is out of range.
    /// </exception>
    public ExactEngine(TrainingConfig config, TrainingState start, int? threads = null)
        : this(config, start, new ExactEngineOptions { Threads = threads })
    {
    }

    internal ExactEngine(TrainingConfig config, TrainingState start, ExactEngineOptions options)
    {
        config.Validate();
        options.Validate();
        start.RequireResumable(config);
        _config = config;
        _mlp = new ZeroMlp(config.Model);
        _task = config.CreateTask();
        Epoch = start.Epoch;
        int[] trainPairs = config.CreateSplit().Train.ToArray();
        Array.Sort(trainPairs);

        PinnedMemory memory = _memory;
        TransformerConfig network = _mlp.Network;
        _weights = new ParameterPanels(memory, network);
        _gradient = new ParameterPanels(memory, network);
        _firstMoment = new ParameterPanels(memory, network);
        _secondMoment = new ParameterPanels(memory, network);
        _map = _weights.MapFrom(network);
        Write(_mlp.In(start.Weights.Values), _weights);
        Write(_mlp.In(start.FirstMoment!), _firstMoment);
        Write(_mlp.In(start.SecondMoment!), _secondMoment);

        var work = new Workspace(memory, network, trainPairs.Length);
        var train = new PairBatch(trainPairs.Length);
        train.Fill(_task, trainPairs);
        _network = new Network(Kernels.For(options.Width ?? Kernels.Widest), config with { Model = network }, _weights, _gradient, work, train, options);
        _evaluated = new PairBatch(work.Capacity);
        _losses = new double[work.Capacity];
        _correct = new bool[work.Capacity];
        var forward = new ForwardJobs(_network);
        _backward = new BackwardJobs(_network, forward);
        _tablePhases = forward.Tables;
        _evaluationPhases = [forward.EvaluationJobs(_evaluated, _losses, _correct)];
        Action[][] upToEmbedding = [.. forward.Tables, .. _backward.Phases];
        _gradientPhases = [.. upToEmbedding, [_backward.FinishEmbedding]];
        _stepPhases = [.. upToEmbedding, .. OptimizerPhases()];
        _nextJobs = new int[_stepPhases.Length];
        _team = new WorkerTeam(options.Threads ?? Environment.ProcessorCount);
    }

    /// <inheritdoc/>
    public string Name => ExactEngineFactory.NameOfEngine;

    /// <inheritdoc/>
    public long Epoch { get; private set; }

    /// <summary>Seconds inside products so far, those of all threads added, and the operations they needed; zero unless measured.</summary>
    internal (double Seconds, double Flops) Products => _network.Products;

    /// <inheritdoc/>
    public void Step()
    {
        _adamW = AdamWStep.At(_config, Epoch);
        _team.Run(_stepPhases, _nextJobs);
        Epoch++;
    }

    /// <inheritdoc/>
    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        _team.Run(_tablePhases, _nextJobs);
        double loss = 0;
        long hits = 0;
        for (int first = 0; first < pairs.Length; first += _losses.Length)
        {
            _evaluated.Fill(_task, pairs.Slice(first, Math.Min(_losses.Length, pairs.Length - first)));
            _team.Run(_evaluationPhases, _nextJobs);
            for (int i = 0; i < _evaluated.Count; i++)
            {
                loss += _losses[i];
                hits += _correct[i] ? 1 : 0;
            }
        }

        return new LossAndAccuracy(loss / pairs.Length, (double)hits / pairs.Length);
    }

    /// <inheritdoc/>
    public TrainingState Capture() =>
        new(Epoch, new TransformerWeights(_config.Model, Read(_weights)), Read(_firstMoment), Read(_secondMoment));

    /// <summary>The gradient of the mean train loss at the present weights, laid out as <see cref="ParameterLayout"/>.</summary>
    public float[] Gradient()
    {
        _team.Run(_gradientPhases, _nextJobs);
        return Read(_gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private Action[][] OptimizerPhases()
    {
        // W_E and W_pos come first, and their gradient is finished here: the job that does it updates them too.
        nint embedding = (nint)(_weights.W_Q.Data - _weights.Data);
        var stretches = new List<(nint First, nint Count)> { (0, embedding) };
        for (nint first = embedding; first < _weights.Count; first += OptimizerChunk)
        {
            stretches.Add((first, Math.Min(OptimizerChunk, _weights.Count - first)));
        }

        ConstantNorm? norm = _config.ConstantNorm ? new(_weights, TrainingState.Initial(_config).Weights.SumOfSquares(), stretches) : null;
        Action[] updates = [.. stretches.Select((stretch, index) => (Action)(() =>
        {
            if (index == 0)
            {
                _backward.FinishEmbedding();
            }

            Update(stretch.First, stretch.Count);
            norm?.Sum(index);
        }))];
        return norm is null ? [updates] : [updates, norm.RescalingJobs];
    }

    private void Update(nint first, nint count) => _network.Kernels.AdamW(
        _adamW, _weights.Data + first, _gradient.Data + first, _firstMoment.Data + first, _secondMoment.Data + first, count);

    private void Write(float[] values, ParameterPanels panels)
    {
        for (int i = 0; i < values.Length; i++)
        {
            panels.Data[_map[i]] = values[i];
        }
    }

    private float[] Read(ParameterPanels panels)
    {
        float[] values = new float[_map.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = panels.Data[_map[i]];
        }

        return _mlp.Out(values);
    }
}
