using System.Diagnostics;
using GrokVerify.Engines;

namespace GrokVerify.Exact;

/// <summary>What the jobs of a step work with.</summary>
internal sealed unsafe class Network(
    Kernels kernels, TrainingConfig config, ParameterPanels weights, ParameterPanels gradient, Workspace work, PairBatch train, ExactEngineOptions options)
{
    private readonly int _panelsPerJob = Math.Clamp(8 / (options.Threads ?? Environment.ProcessorCount), 1, 4);
    private readonly Lock _measureLock = new();
    private long _productTicks;
    private double _productFlops;

    public Kernels Kernels { get; } = kernels;

    public TrainingConfig Config { get; } = config;

    public ParameterPanels Weights { get; } = weights;

    public ParameterPanels Gradient { get; } = gradient;

    public Workspace Work { get; } = work;

    public PairBatch Train { get; } = train;

    /// <summary>Seconds inside products, those of all threads added, and the operations they needed; zero unless measured.</summary>
    public (double Seconds, double Flops) Products => ((double)_productTicks / Stopwatch.Frequency, _productFlops);

    /// <summary>The only row of a matrix: its panels lie one behind the other.</summary>
    public static float* RowVector(PanelMatrix row) => row.Data;

    public void Multiply(in Product product)
    {
        long start = BeginProduct();
        Kernels.Multiply(product);
        EndProduct(start, product.Flops);
    }

    /// <summary>logits += h M3 for some pairs.</summary>
    public void AddMlpLogits(int first, int count)
    {
        long start = BeginProduct();
        Kernels.MlpLogits(Work, first, count);
        EndProduct(start, options.MeasureProducts ? ActiveFlops(0, Work.Hidden.Panels, first, count) : 0);
    }

    /// <summary>The gradient of M3, one job for each few panels of neurons.</summary>
    public Action[] M3GradientJobs()
    {
        int panels = Work.Hidden.Panels;
        Action[] jobs = new Action[(panels + _panelsPerJob - 1) / _panelsPerJob];
        for (int i = 0; i < jobs.Length; i++)
        {
            int first = i * _panelsPerJob;
            int end = Math.Min(first + _panelsPerJob, panels);
            jobs[i] = () =>
            {
                long start = BeginProduct();
                Kernels.M3Gradient(Work, Train.Count, first, end);
                EndProduct(start, options.MeasureProducts ? ActiveFlops(first, end, 0, Train.Count) : 0);
            };
        }

        return jobs;
    }

    /// <summary>One job for each panel of the result; several products go on one another's chains in the order given.</summary>
    public Action[] ByPanel(params Product[] products) => ByPanels(1, products);

    /// <summary>One job for each few panels: what they share of the left-hand side is read once. Fewer where there are many threads to keep at work.</summary>
    public Action[] ByPanels(params Product[] products) => ByPanels(_panelsPerJob, products);

    private double ActiveFlops(int firstPanel, int endPanel, int firstPair, int pairs) =>
        2.0 * Work.Active.Count(firstPanel, endPanel, firstPair, pairs) * Work.Logits.Columns;

    private long BeginProduct() => options.MeasureProducts ? Stopwatch.GetTimestamp() : 0;

    private void EndProduct(long start, double flops)
    {
        if (options.MeasureProducts)
        {
            long ticks = Stopwatch.GetTimestamp() - start;
            lock (_measureLock)
            {
                _productTicks += ticks;
                _productFlops += flops;
            }
        }
    }

    private Action[] ByPanels(int panelsPerJob, Product[] products)
    {
        int panels = products[0].Result.Panels;
        Action[] jobs = new Action[(panels + panelsPerJob - 1) / panelsPerJob];
        for (int i = 0; i < jobs.Length; i++)
        {
            int first = i * panelsPerJob;
            jobs[i] = () =>
            {
                foreach (Product product in products)
                {
                    Multiply(product.Panel(first, panelsPerJob));
                }
            };
        }

        return jobs;
    }

    /// <summary>target = a + b.</summary>
    public void Add(PanelMatrix target, PanelMatrix a, PanelMatrix b)
    {
        for (int panel = 0; panel < target.Panels; panel++)
        {
            Kernels.Add(Panel(target, panel), Panel(a, panel), Panel(b, panel), target.Rows * PanelMatrix.Width);
        }
    }

    /// <summary>target = a - b.</summary>
    public void Subtract(PanelMatrix target, PanelMatrix a, PanelMatrix b)
    {
        for (int panel = 0; panel < target.Panels; panel++)
        {
            Kernels.Subtract(Panel(target, panel), Panel(a, panel), Panel(b, panel), target.Rows * PanelMatrix.Width);
        }
    }

    private static float* Panel(PanelMatrix matrix, int panel) => matrix.Data + (panel * matrix.PanelStride);
}
