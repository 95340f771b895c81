using GrokVerify.Exact.Forward;
using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Layout;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>What attention of a pair reads and writes.</summary>
internal struct AttentionMatrices
{
    public GpuMatrix Scores;
    public GpuMatrix TokenTable;
    public GpuMatrix OutputBias;
    public GpuMatrix Hidden;

    /// <summary>[pairs, outputs]: the logits are its last panels.</summary>
    public GpuMatrix Outputs;

    /// <summary>[pairs, heads].</summary>
    public int PatternA;
    public int PatternB;
    public int Heads;

    /// <summary>Rows of a head's token table.</summary>
    public int TableRows;
    public int HiddenPanels;
    public int PairsPerGroup;
}

/// <summary>Attention: its pattern, and what it passes on to the MLP and to the logits.</summary>
internal static class AttentionKernels
{
    /// <summary>The pattern: a pair and head for each thread. As <c>AttentionPattern</c>.</summary>
    public static void Pattern(NetworkArrays networks, PairArrays pairs, AttentionMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        int i = Grid.GlobalIndex.X;
        if (i < integers[pairs.Count] * matrices.Heads)
        {
            ArrayView<float> memory = networks.FloatsOf(place);
            int pair = i / matrices.Heads;
            int head = i % matrices.Heads;
            float a = memory[matrices.Scores.At(integers[pairs.First + pair], head)];
            float b = memory[matrices.Scores.At(integers[pairs.Second + pair], head)];
            (float patternA, float patternB) = AttentionPattern<GpuLanes, float>.Softmax(a, b);
            memory[matrices.PatternA + i] = patternA;
            memory[matrices.PatternB + i] = patternB;
        }
    }

    /// <summary>
    /// The hidden activations, and the logits without the MLP's part: a panel of them for each group, a column for each thread of a warp. One chain: the bias, then head by head, ascending,
    /// pattern times table row for a and for b. As <c>AttentionOutput</c>.
    /// </summary>
    public static void Output(NetworkArrays networks, PairArrays pairs, AttentionMatrices matrices, int panels)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int lane = Group.IdxX % GpuMatrix.Width;
        int warp = Group.IdxX / GpuMatrix.Width;
        int warps = Group.DimX / GpuMatrix.Width;
        int panel = Grid.IdxX % panels;
        int first = Grid.IdxX / panels * matrices.PairsPerGroup;
        int end = Math.Min(first + matrices.PairsPerGroup, integers[pairs.Count]);
        float bias = memory[matrices.OutputBias.InPanel(panel, 0, lane)];
        bool isHidden = panel < matrices.HiddenPanels;
        GpuMatrix target = isHidden ? matrices.Hidden : matrices.Outputs;
        for (int pair = first + warp; pair < end; pair += warps)
        {
            float sum = bias;
            int a = integers[pairs.First + pair];
            int b = integers[pairs.Second + pair];
            for (int head = 0; head < matrices.Heads; head++)
            {
                int i = (pair * matrices.Heads) + head;
                int row = head * matrices.TableRows;
                sum = RoundedArithmetic.MultiplyAdd(memory[matrices.PatternA + i], memory[matrices.TokenTable.InPanel(panel, row + a, lane)], sum);
                sum = RoundedArithmetic.MultiplyAdd(memory[matrices.PatternB + i], memory[matrices.TokenTable.InPanel(panel, row + b, lane)], sum);
            }

            memory[target.InPanel(panel, pair, lane)] = isHidden && 0 > sum ? 0 : sum;
        }
    }
}
