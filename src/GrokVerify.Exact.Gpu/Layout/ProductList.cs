using GrokVerify.Exact.Gpu.Kernels;
using GrokVerify.Exact.Products;
using ILGPU;
using ILGPU.Runtime;

namespace GrokVerify.Exact.Gpu.Layout;

/// <summary>Products that one launch computes, as its kernel reads them.</summary>
internal sealed unsafe class ProductList : IDisposable
{
    private readonly MemoryBuffer1D<ProductTile, Stride1D.Dense> _tiles;
    private readonly MemoryBuffer1D<ProductChain, Stride1D.Dense> _chains;
    private readonly MemoryBuffer1D<ProductFactor, Stride1D.Dense> _factors;

    /// <param name="accelerator">Where they are computed.</param>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="results">Products that go on one another's chains, for each result.</param>
    /// <param name="rows">What the rows are where they are pairs: <see cref="ProductKernel.TrainPairs"/> or <see cref="ProductKernel.EvaluatedPairs"/>.</param>
    /// <param name="depth">Likewise the number of k.</param>
    public ProductList(Accelerator accelerator, int tileRows, Product[][] results, int? rows = null, int? depth = null)
    {
        var tiles = new List<ProductTile>();
        var chains = new List<ProductChain>();
        var factors = new List<ProductFactor>();
        foreach (Product[] chain in results)
        {
            Product first = chain[0];
            for (int row = 0; row < first.Rows; row += tileRows)
            {
                tiles.AddRange(Enumerable.Range(0, first.Result.Panels).Select(panel => new ProductTile { Chain = chains.Count, Row = row, Panel = panel }));
            }

            chains.Add(new ProductChain
            {
                Result = first.Result,
                Mask = first.Mask,
                FirstFactor = factors.Count,
                EndFactor = factors.Count + chain.Length,
                Rows = rows ?? first.Rows,
                Bias = GpuMatrix.Place(first.Ends.Bias),
                Start = first.Ends.Start,
                Finish = first.Ends.Finish,
            });
            factors.AddRange(chain.Select(product => new ProductFactor
            {
                Left = product.Left,
                Right = product.Right,
                Depth = depth ?? product.Depth,
                TransposeLeft = product.TransposeLeft ? 1 : 0,
            }));
        }

        Tiles = tiles.Count;
        _tiles = accelerator.Allocate1D(tiles.ToArray());
        _chains = accelerator.Allocate1D(chains.ToArray());
        _factors = accelerator.Allocate1D(factors.ToArray());
    }

    /// <summary>Groups of threads of a launch, for each network.</summary>
    public int Tiles { get; }

    public ArrayView<ProductTile> TileView => _tiles.View.AsContiguous();

    public ArrayView<ProductChain> ChainView => _chains.View.AsContiguous();

    public ArrayView<ProductFactor> FactorView => _factors.View.AsContiguous();

    public void Dispose()
    {
        _tiles.Dispose();
        _chains.Dispose();
        _factors.Dispose();
    }
}
