using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Loss;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Threads;
using GrokVerify.Exact.Vectors;
using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Engines;

namespace GrokVerify.Exact;

/// <summary>
/// Training on the CPU that ends in the same bits on every machine: with any number of threads, any vector width, interrupted or not.
/// README.md beside this file says how the order of every sum is fixed.
/// </summary>
/// <remarks>
/// float32 with fused multiply-add throughout; all forms of the loss. Buffers are allocated once; a step allocates nothing.
/// An engine has threads and buffers of its own, so that several can train side by side.
/// </remarks>
internal sealed unsafe class ExactEngine : ITrainingEngine
{
    private readonly TrainingConfig _config;
    private readonly ZeroMlp _mlp;
    private readonly ModularTask _task;
    private readonly PinnedMemory _memory = new();
    private readonly StepContext _context;
    private readonly TransformerWeights? _teacher;
    private readonly Evaluation _evaluation;
    private readonly StepPhases _phases;
    private readonly int[] _map;
    private readonly int[] _nextJobs;
    private readonly WorkerTeam _team;

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

    public ExactEngine(TrainingConfig config, TrainingState start, ExactEngineOptions options)
    {
        config.Validate();
        options.Validate();
        start.RequireResumable(config);
        _config = config;
        _mlp = new ZeroMlp(config.Model);
        _task = config.CreateTask();
        Split = config.CreateSplit();
        int[] trainPairs = Split.Train.ToArray();
        Array.Sort(trainPairs);
        var train = new PairBatch(trainPairs.Length);
        train.Fill(_task, trainPairs);

        int threads = options.Threads ?? Environment.ProcessorCount;
        ProductTimer = new ProductTimer(options.MeasureProducts);
        _context = new StepContext(config, _mlp.Network, _memory, train, ProductTimer, Math.Clamp(8 / threads, 1, 4))
        {
            Epoch = start.Epoch,
            Targets = config.Teacher is null ? null : Probabilities(start.Teacher!, trainPairs, config.Classes, options),
        };
        _teacher = config.Teacher is null ? null : start.Teacher;
        _map = _context.Weights.MapFrom(_mlp.Network);
        Write(_mlp.In(start.Weights.Values), _context.Weights);
        Write(_mlp.In(start.FirstMoment!), _context.FirstMoment);
        Write(_mlp.In(start.SecondMoment!), _context.SecondMoment);

        if (_context.GradientMean is not null && start.GradientMean is not null)
        {
            Write(_mlp.In(start.GradientMean), _context.GradientMean);
            _context.HasGradientMean = true;
        }

        _evaluation = new Evaluation(_context);
        _phases = StepPhases.At(options.Width ?? MachineVectors.Widest, _context, _evaluation);
        _nextJobs = new int[_phases.Step.Length];
        _team = new WorkerTeam(threads);
    }

    /// <inheritdoc/>
    public string Name => ExactEngineFactory.NameOfEngine;

    /// <inheritdoc/>
    public PairSplit Split { get; }

    /// <inheritdoc/>
    public long Epoch => _context.Epoch;

    public ProductTimer ProductTimer { get; }

    public StepPhases Phases => _phases;

    /// <inheritdoc/>
    public void Step()
    {
        _team.Run(_phases.Step, _nextJobs);
        _context.Epoch++;
        _context.HasGradientMean = _context.GradientMean is not null;
    }

    /// <inheritdoc/>
    public LossAndAccuracy Evaluate(ReadOnlySpan<int> pairs)
    {
        _team.Run(_phases.Tables, _nextJobs);
        return _evaluation.Mean(_task, pairs, () => _team.Run(_phases.Evaluation, _nextJobs));
    }

    /// <inheritdoc/>
    public TrainingState Capture() => new(
        Epoch, Weights(), Read(_context.FirstMoment), Read(_context.SecondMoment), _context.HasGradientMean ? Read(_context.GradientMean!) : null, _teacher);

    /// <inheritdoc/>
    public TransformerWeights Weights() => new(_config.Model, Read(_context.Weights));

    /// <summary>The gradient of the mean train loss at the present weights, laid out as <see cref="ParameterLayout"/>.</summary>
    public float[] Gradient()
    {
        _team.Run(_phases.Gradient, _nextJobs);
        return Read(_context.Gradient);
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    /// <summary>A network's softmax over the first classes on some pairs, by the engine's own forward pass: the same bits with any number of threads, too.</summary>
    private static double[] Probabilities(TransformerWeights network, int[] pairs, int classes, ExactEngineOptions options)
    {
        var config = new TrainingConfig { Model = network.Config };
        using var engine = new ExactEngine(config, TrainingState.Fresh(network), options);
        engine._team.Run(engine._phases.Tables, engine._nextJobs);
        return engine._evaluation.Probabilities(engine._task, pairs, classes, () => engine._team.Run(engine._phases.Evaluation, engine._nextJobs));
    }

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
