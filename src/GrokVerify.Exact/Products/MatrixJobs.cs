using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Products;

/// <summary>Operations on matrices, done at once or as jobs: parts that threads may take in any order.</summary>
/// <param name="timer">Told of every product.</param>
/// <param name="panelsPerJob">How many panels make a job where a job may have several.</param>
internal sealed unsafe class MatrixJobs<TLanes, TVector>(ProductTimer timer, int panelsPerJob)
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public void Multiply(in Product product)
    {
        long begin = timer.Begin();
        TiledProduct<TLanes, TVector>.Multiply(product);
        timer.End(begin, product.Flops);
    }

    /// <summary>One job for each panel of the result; several products go on one another's chains in the order given.</summary>
    public Action[] ByPanel(params Product[] products) => ByPanels(1, products);

    /// <summary>The jobs of several results.</summary>
    public IEnumerable<Action> ByPanel(Product[][] results) => results.SelectMany(ByPanel);

    /// <summary>One job for each few panels: what they share of the left-hand side is read once. Fewer where there are many threads to keep at work.</summary>
    public Action[] ByPanels(params Product[] products) => ByPanels(panelsPerJob, products);

    /// <summary>One job for each few of some panels.</summary>
    /// <param name="panels">How many there are.</param>
    /// <param name="job">Given the first panel, and the one after the last.</param>
    public Action[] ForPanels(int panels, Action<int, int> job) => ForPanels(panelsPerJob, panels, job);

    /// <summary>target = a + b.</summary>
    public static void Add(PanelMatrix target, PanelMatrix a, PanelMatrix b)
    {
        for (int panel = 0; panel < target.Panels; panel++)
        {
            VectorMath<TLanes, TVector>.Add(Panel(target, panel), Panel(a, panel), Panel(b, panel), target.Rows * PanelMatrix.Width);
        }
    }

    /// <summary>target = a - b.</summary>
    public static void Subtract(PanelMatrix target, PanelMatrix a, PanelMatrix b)
    {
        for (int panel = 0; panel < target.Panels; panel++)
        {
            VectorMath<TLanes, TVector>.Subtract(Panel(target, panel), Panel(a, panel), Panel(b, panel), target.Rows * PanelMatrix.Width);
        }
    }

    private Action[] ByPanels(int perJob, Product[] products) => ForPanels(perJob, products[0].Result.Panels, (first, end) =>
    {
        foreach (Product product in products)
        {
            Multiply(product.Part(first, end));
        }
    });

    private static Action[] ForPanels(int perJob, int panels, Action<int, int> job)
    {
        Action[] jobs = new Action[(panels + perJob - 1) / perJob];
        for (int i = 0; i < jobs.Length; i++)
        {
            int first = i * perJob;
            int end = Math.Min(first + perJob, panels);
            jobs[i] = () => job(first, end);
        }

        return jobs;
    }

    private static float* Panel(PanelMatrix matrix, int panel) => matrix.Data + (panel * matrix.PanelStride);
}
