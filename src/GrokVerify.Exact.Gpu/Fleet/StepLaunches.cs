using GrokVerify.Engines;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Gpu.Devices;
using GrokVerify.Exact.Gpu.Kernels;
using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Exact.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Fleet;

/// <summary>What a step of up to some number of networks launches, in this order.</summary>
internal sealed class StepLaunches : IDisposable
{
    private const int Threads = ProductKernel.Threads;
    private const int TallFrom = 8;
    private readonly GpuDevice _device;
    private readonly KernelSet _kernels;
    private readonly NetworkLayout _layout;
    private readonly FleetMemory _memory;
    private readonly FleetKey _key;
    private readonly int _networks;
    private readonly List<IDisposable> _lists = [];
    private readonly AttentionMatrices _attention;
    private readonly Action<AcceleratorStream> _evaluatedLogits;

    public StepLaunches(GpuDevice device, NetworkLayout layout, FleetMemory memory, FleetKey key, int networks)
    {
        _device = device;
        _kernels = device.Kernels;
        _layout = layout;
        _memory = memory;
        _key = key;
        _networks = networks;
        Workspace work = layout.Work;
        _attention = new AttentionMatrices
        {
            Scores = work.Scores,
            TokenTable = work.TokenTable,
            OutputBias = work.OutputBias,
            Hidden = work.Hidden,
            Outputs = work.OutputGradient,
            PatternA = _layout.PatternA,
            PatternB = _layout.PatternB,
            Heads = work.Heads,
            TableRows = work.TableRows,
            HiddenPanels = work.Hidden.Panels,
            PairsPerGroup = IsTall ? 512 : 128,
        };
        _evaluatedLogits = Multiply(Products([[layout.Plan.Logits]], ProductKernel.EvaluatedPairs));
        Action<AcceleratorStream> addMlp = Multiply(Products([[layout.Plan.Logits]], ProductKernel.TrainPairs, rowCount: layout.Capacity));
        Tables = [.. OfTables()];
        Step = new StepSequence(
            [.. Tables, .. OfForward(layout.Train, layout.Capacity, addMlp), LossGradient()],
            [Multiply(Products([[layout.Plan.MlpToLogitsGradient]], depth: ProductKernel.TrainPairs))],
            [.. OfPairs()],
            [.. OfWeights(), .. OfUpdate()]);
    }

    /// <summary>What depends on the weights alone.</summary>
    public IReadOnlyList<Action<AcceleratorStream>> Tables { get; }

    /// <summary>A whole step.</summary>
    public StepSequence Step { get; }

    private bool IsTall => _networks >= TallFrom;

    /// <summary>Losses and hits of the evaluated pairs, after <see cref="Tables"/>, added to each network's.</summary>
    /// <param name="stream">Where to launch.</param>
    /// <param name="pairs">The most that a network has.</param>
    public void Evaluate(AcceleratorStream stream, int pairs)
    {
        PairArrays batch = _layout.Evaluated;
        foreach (Action<AcceleratorStream> launch in OfForward(batch, pairs, _evaluatedLogits))
        {
            launch(stream);
        }

        GpuMatrix logits = _layout.Work.Logits;
        var kernel = _key.LossForm switch
        {
            LossForm.Log1p => _kernels.Log1pLosses,
            LossForm.Float32 => _kernels.Float32Losses,
            _ => _kernels.Float64Losses,
        };
        kernel(stream, For(pairs * RowThreads), _memory.Networks, batch, logits, _key.Classes, _memory.Losses);
        _kernels.AddLosses(stream, Grouped(1), _memory.Networks, batch, _memory.Losses, _memory.Loss, _memory.Hits);
    }

    public void Dispose() => _lists.ForEach(list => list.Dispose());

    private int RowThreads => _key.LossForm == LossForm.Float64 ? 1 : LossKernels.ThreadsPerRow;

    private IEnumerable<Action<AcceleratorStream>> OfTables()
    {
        StepPlan plan = _layout.Plan;
        Workspace work = _layout.Work;
        ParameterPanels weights = _layout.Weights;
        var inputs = new InputMatrices
        {
            W_E = weights.W_E,
            W_pos = weights.W_pos,
            B_out = weights.B_out,
            Inputs = work.Inputs,
            EqualsInput = work.EqualsInput,
            Readout = work.Readout,
            Query = work.Query,
            QueryByHead = work.QueryByHead,
            HeadByQuery = work.HeadByQuery,
            Prime = _layout.Network.Prime,
            HeadColumns = _layout.Network.DHead,
            Columns = _layout.Network.DModel,
            Panels = work.Inputs.Panels,
            Scale = (float)(1 / Math.Sqrt(_layout.Network.DHead)),
        };
        yield return stream => _kernels.Inputs(stream, Grouped(work.TableRows + 1), _memory.Networks, inputs);
        yield return Transpose(plan.Transposes);
        yield return Multiply([[plan.Query]]);
        yield return stream => _kernels.Query(stream, Grouped(1), _memory.Networks, inputs);
        yield return Multiply([[plan.KeyQuery]]);
        yield return Transpose([(work.KeyQueryT, work.KeyQuery)]);
        yield return Multiply(plan.OfWeights);
        yield return Multiply([.. plan.TokenTables.Select(table => new[] { table }), plan.OutputBias]);
    }

    /// <summary>The logits of some pairs, after <see cref="Tables"/>.</summary>
    private IEnumerable<Action<AcceleratorStream>> OfForward(PairArrays batch, int pairs, Action<AcceleratorStream> addMlp)
    {
        int panels = _layout.Work.TokenTable.Panels;
        int chunks = (pairs + _attention.PairsPerGroup - 1) / _attention.PairsPerGroup;
        yield return stream => _kernels.Pattern(stream, For(pairs * _attention.Heads), _memory.Networks, batch, _attention);
        yield return stream => _kernels.Output(stream, Grouped(panels * chunks), _memory.Networks, batch, _attention, panels);
        yield return addMlp;
    }

    private Action<AcceleratorStream> LossGradient()
    {
        int pairs = _layout.Capacity;
        GpuMatrix logits = _layout.Work.Logits;
        var kernel = _key.LossForm switch
        {
            LossForm.Log1p => _kernels.Log1pGradient,
            LossForm.Float32 => _kernels.Float32Gradient,
            _ => _kernels.Float64Gradient,
        };
        return stream => kernel(stream, For(pairs * RowThreads), _memory.Networks, _layout.Train, logits, _key.Classes);
    }

    /// <summary>From the logits' gradient to all sums over pairs but that of W_out W_U, and on to the values'.</summary>
    private IEnumerable<Action<AcceleratorStream>> OfPairs()
    {
        StepPlan plan = _layout.Plan;
        Workspace work = _layout.Work;
        int pairs = _layout.Capacity;
        int panels = work.TokenTable.Panels;
        PairArrays train = _layout.Train;
        AttentionGradientMatrices attention = AttentionGradient();
        var sums = new BlockSumArrays
        {
            Outputs = work.OutputGradient,
            HiddenSums = GpuMatrix.Place(work.HiddenSums.Row(0)),
            LogitSums = GpuMatrix.Place(work.LogitSums.Row(0)),
            HiddenPanels = work.HiddenSum.Panels,
            LogitPanels = work.LogitSum.Panels,
            OutputSum = work.OutputSum,
            B_in = _layout.Gradient.B_in,
        };
        yield return Multiply(Products([[plan.HiddenGradient]], ProductKernel.TrainPairs, rowCount: pairs));
        yield return stream => _kernels.SumsWithinBlocks(stream, For(work.Blocks * panels * GpuMatrix.Width), _memory.Networks, train, sums);
        yield return stream => _kernels.SumsOverBlocks(stream, For(panels * GpuMatrix.Width), _memory.Networks, train, sums);
        yield return stream => _kernels.ScoreGradients(stream, For(pairs * GpuMatrix.Width), _memory.Networks, train, attention);
        yield return stream => _kernels.TokenTableGradients(stream, For(work.TableRows * panels * GpuMatrix.Width), _memory.Networks, attention);
        yield return stream => _kernels.ScoreSums(stream, For(work.TableRows * work.Heads), _memory.Networks, attention);
        yield return Multiply(
        [
            .. plan.ValueGradients.Select(values => new[] { values }), .. plan.AttentionToOutputsGradients, [plan.EqualsValueGradient], [plan.KeyQueryGradient],
        ]);
    }

    /// <summary>On to the weights, when all sums over pairs are there.</summary>
    private IEnumerable<Action<AcceleratorStream>> OfWeights()
    {
        StepPlan plan = _layout.Plan;
        Workspace work = _layout.Work;
        AttentionGradientMatrices attention = AttentionGradient();
        var embedding = new EmbeddingMatrices
        {
            InputGradient = work.InputGradient,
            ValueInputGradient = work.ValueInputGradient,
            HiddenInputGradient = work.HiddenInputGradient,
            QueryInputGradient = work.QueryInputGradient,
            B_out = _layout.Gradient.B_out,
            W_E = _layout.Gradient.W_E,
            W_pos = _layout.Gradient.W_pos,
            Prime = _layout.Network.Prime,
            Columns = _layout.Network.DModel,
        };
        int embeddingPanels = PanelMatrix.PanelCount(_layout.Network.DModel);
        yield return Multiply([.. plan.WeightGradients, [plan.QueryGradients], [plan.KeyGradient]]);
        yield return stream => _kernels.QueryGradient(stream, Grouped(1), _memory.Networks, attention);
        yield return Multiply([[plan.QueryWeightGradient], [plan.QueryInputGradient]]);
        yield return stream => _kernels.TokenGradients(stream, For(_layout.Network.Prime * embeddingPanels * GpuMatrix.Width), _memory.Networks, embedding);
        yield return stream => _kernels.PositionGradients(stream, For(embeddingPanels * GpuMatrix.Width), _memory.Networks, embedding);
    }

    private AttentionGradientMatrices AttentionGradient()
    {
        Workspace work = _layout.Work;
        return new AttentionGradientMatrices
        {
            Outputs = work.OutputGradient,
            TokenTable = work.TokenTable,
            TokenTableGradient = work.TokenTableGradient,
            ScoreGradient = work.ScoreGradient,
            QueryGradients = work.QueryGradients,
            QueryGradient = work.QueryGradient,
            QueryGradientColumn = work.QueryGradientColumn,
            PatternA = _layout.PatternA,
            PatternB = _layout.PatternB,
            ScoreA = _layout.ScoreA,
            ScoreB = _layout.ScoreB,
            Groups = _layout.Groups,
            Members = _layout.Members,
            Heads = work.Heads,
            Prime = _layout.Network.Prime,
            TableRows = work.TableRows,
            Panels = work.TokenTable.Panels,
            Columns = _layout.Network.DModel,
            HeadColumns = _layout.Network.DHead,
            Scale = (float)(1 / Math.Sqrt(_layout.Network.DHead)),
        };
    }

    private IEnumerable<Action<AcceleratorStream>> OfUpdate()
    {
        UpdateArrays update = _memory.Update;
        if (_layout.Frequencies is { } before)
        {
            yield return Multiply(before.Products);
        }

        yield return stream => _kernels.AdamW(stream, For(update.Count), _memory.Networks, update);
        if (_layout.Frequencies is { } after)
        {
            yield return AddProjected(_layout.Weights.W_E, after.Embedding);
            yield return AddProjected(_layout.Weights.W_Ut, after.Unembedding);
        }

        if (_key.ConstantNorm)
        {
            yield return stream => _kernels.SumStretches(stream, Grouped(update.Stretches), _memory.Networks, update);
            yield return stream => _kernels.Rescale(stream, For(update.Count), _memory.Networks, update);
        }

        yield return stream => _kernels.Advance(stream, Grouped(1), _memory.Networks, update);
    }

    private Action<AcceleratorStream> AddProjected(PanelMatrix weights, PanelMatrix projected)
    {
        int count = (int)PanelMatrix.Size(weights.Rows, weights.Columns);
        return stream => _kernels.AddProjected(
            stream, For(count), _memory.Networks, _memory.Update, GpuMatrix.Place(weights), GpuMatrix.Place(projected), count);
    }

    private Action<AcceleratorStream> Transpose((PanelMatrix Source, PanelMatrix Target)[] matrices)
    {
        var tiles = new List<TransposeTile>();
        foreach ((PanelMatrix source, PanelMatrix target) in matrices)
        {
            for (int panel = 0; panel < source.Panels; panel++)
            {
                tiles.AddRange(Enumerable.Range(0, target.Panels).Select(targetPanel => new TransposeTile
                {
                    Source = source,
                    Target = target,
                    Panel = panel,
                    TargetPanel = targetPanel,
                    Columns = Math.Min(PanelMatrix.Width, source.Columns - (panel * PanelMatrix.Width)),
                    Rows = Math.Min(PanelMatrix.Width, source.Rows - (targetPanel * PanelMatrix.Width)),
                }));
            }
        }

        MemoryBuffer1D<TransposeTile, Stride1D.Dense> buffer = _device.Accelerator.Allocate1D(tiles.ToArray());
        _lists.Add(buffer);
        ArrayView<TransposeTile> view = buffer.View.AsContiguous();
        return stream => _kernels.Transpose(stream, Grouped(tiles.Count), _memory.Networks, view);
    }

    private Action<AcceleratorStream> Multiply(Product[][] results) => Multiply(Products(results));

    /// <param name="list">Ended with this.</param>
    private Action<AcceleratorStream> Multiply(ProductList list)
    {
        var kernel = IsTall ? _kernels.TallProducts : _kernels.Products;
        return stream => kernel(stream, Grouped(list.Tiles), _memory.Networks, _layout.Train, _layout.Evaluated, list.TileView, list.ChainView, list.FactorView);
    }

    private ProductList Products(Product[][] results, int? rows = null, int? depth = null, int? rowCount = null)
    {
        int tileRows = IsTall ? ProductKernel.TileRows<Rows8>() : ProductKernel.TileRows<Rows4>();
        Product[][] covered = rowCount is int count ? [.. results.Select(chain => chain.Select(product => product.ForRows(0, count)).ToArray())] : results;
        var list = new ProductList(_device.Accelerator, tileRows, covered, rows, depth);
        _lists.Add(list);
        return list;
    }

    private KernelConfig Grouped(int groups) => new(new Index3D(groups, _networks, 1), new Index3D(Threads, 1, 1));

    /// <summary>Enough groups for so many threads.</summary>
    private KernelConfig For(int threads) => Grouped((threads + Threads - 1) / Threads);
}
