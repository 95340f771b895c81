using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Model;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>What a step reads of the embeddings, and its query.</summary>
internal struct InputMatrices
{
    public GpuMatrix W_E;
    public GpuMatrix W_pos;
    public GpuMatrix B_out;
    public GpuMatrix Inputs;
    public GpuMatrix EqualsInput;
    public GpuMatrix Readout;
    public GpuMatrix Query;
    public GpuMatrix QueryByHead;
    public GpuMatrix HeadByQuery;
    public int Prime;
    public int HeadColumns;
    public int Columns;
    public int Panels;

    /// <summary>1 / sqrt(d_head).</summary>
    public float Scale;
}

/// <summary>The inputs of attention and the query that its scores are taken with, as <c>TokenTables</c> has them.</summary>
internal static class InputKernels
{
    /// <summary>e, e + b_out, and x of each token at each position relative to e: a row for each group, a column for each thread.</summary>
    public static void Inputs(NetworkArrays networks, InputMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int row = Grid.IdxX;
        for (int i = Group.IdxX; i < matrices.Panels * GpuMatrix.Width; i += Group.DimX)
        {
            int panel = i / GpuMatrix.Width;
            int lane = i % GpuMatrix.Width;
            float e = memory[matrices.W_E.InPanel(panel, matrices.Prime, lane)] + memory[matrices.W_pos.InPanel(panel, TransformerConfig.ReadoutPosition, lane)];
            if (row < 2 * matrices.Prime)
            {
                float x = memory[matrices.W_E.InPanel(panel, row % matrices.Prime, lane)] + memory[matrices.W_pos.InPanel(panel, row / matrices.Prime, lane)];
                memory[matrices.Inputs.InPanel(panel, row, lane)] = x - e;
            }
            else
            {
                memory[matrices.EqualsInput.InPanel(panel, 0, lane)] = e;
                memory[matrices.Readout.InPanel(panel, 0, lane)] = e + memory[matrices.B_out.InPanel(panel, 0, lane)];
            }
        }
    }

    /// <summary>q / sqrt(d_head), each head's part in a row, and in a column, of its own.</summary>
    public static void Query(NetworkArrays networks, InputMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        for (int column = Group.IdxX; column < matrices.Columns; column += Group.DimX)
        {
            float scaled = memory[matrices.Query.At(0, column)] * matrices.Scale;
            memory[matrices.QueryByHead.At(column / matrices.HeadColumns, column)] = scaled;
            memory[matrices.HeadByQuery.At(column, column / matrices.HeadColumns)] = scaled;
        }
    }
}
