using GrokVerify.Exact.Gpu.Layout;
using GrokVerify.Model;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>What the gradient of W_E and W_pos is made of.</summary>
internal struct EmbeddingMatrices
{
    public GpuMatrix InputGradient;
    public GpuMatrix ValueInputGradient;
    public GpuMatrix HiddenInputGradient;
    public GpuMatrix QueryInputGradient;
    public GpuMatrix B_out;
    public GpuMatrix W_E;
    public GpuMatrix W_pos;
    public int Prime;
    public int Columns;

    /// <summary>0: as a constant, the compiler would leave out adding it, which turns -0 into 0.</summary>
    public float Zero;
}

/// <summary>The gradient of W_E and W_pos, as <c>EmbeddingGradient.Finish</c>: a panel for each warp, a column for each thread.</summary>
internal static class EmbeddingKernel
{
    /// <summary>The rows of tokens: each the sum of its inputs' gradients at both positions.</summary>
    public static void Tokens(NetworkArrays networks, EmbeddingMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int lane = Group.IdxX % GpuMatrix.Width;
        int warp = Grid.GlobalIndex.X / GpuMatrix.Width;
        int token = warp % matrices.Prime;
        int panel = warp / matrices.Prime;
        if (panel * GpuMatrix.Width < matrices.Columns)
        {
            memory[matrices.W_E.InPanel(panel, token, lane)] =
                memory[matrices.InputGradient.InPanel(panel, token, lane)] + memory[matrices.InputGradient.InPanel(panel, matrices.Prime + token, lane)];
        }
    }

    /// <summary>The rows of positions, and that of "=".</summary>
    public static void Positions(NetworkArrays networks, EmbeddingMatrices matrices)
    {
        int place = networks.Place;
        int panel = Grid.GlobalIndex.X / GpuMatrix.Width;
        if (place < 0 || panel * GpuMatrix.Width >= matrices.Columns)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        int lane = Group.IdxX % GpuMatrix.Width;
        float first = 0;
        float second = 0;
        for (int token = 0; token < matrices.Prime; token++)
        {
            first += memory[matrices.InputGradient.InPanel(panel, token, lane)];
            second += memory[matrices.InputGradient.InPanel(panel, matrices.Prime + token, lane)];
        }

        float e = memory[matrices.ValueInputGradient.InPanel(panel, 0, lane)] + memory[matrices.B_out.InPanel(panel, 0, lane)];
        e += memory[matrices.HiddenInputGradient.InPanel(panel, 0, lane)];
        int column = (panel * GpuMatrix.Width) + lane;
        if (column < matrices.Columns)
        {
            e += memory[matrices.QueryInputGradient.At(column, 0)];
        }

        e -= first;
        e -= second;
        memory[matrices.W_pos.InPanel(panel, 0, lane)] = first;
        memory[matrices.W_pos.InPanel(panel, 1, lane)] = second;
        memory[matrices.W_E.InPanel(panel, matrices.Prime, lane)] = e;
        memory[matrices.W_pos.InPanel(panel, TransformerConfig.ReadoutPosition, lane)] = matrices.Zero + e;
    }
}
