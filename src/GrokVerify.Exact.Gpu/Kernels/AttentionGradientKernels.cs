using System.Runtime.CompilerServices;
using GrokVerify.Exact.Backward;
using GrokVerify.Exact.Gpu.Arithmetic;
using GrokVerify.Exact.Gpu.Layout;
using ILGPU;

namespace GrokVerify.Exact.Gpu.Kernels;

/// <summary>What the gradient of attention reads and writes.</summary>
internal struct AttentionGradientMatrices
{
    /// <summary>[pairs, outputs]: the gradient of the outputs.</summary>
    public GpuMatrix Outputs;
    public GpuMatrix TokenTable;
    public GpuMatrix TokenTableGradient;

    /// <summary>[2p, heads].</summary>
    public GpuMatrix ScoreGradient;
    public GpuMatrix QueryGradients;
    public GpuMatrix QueryGradient;
    public GpuMatrix QueryGradientColumn;

    /// <summary>[pairs, heads].</summary>
    public int PatternA;
    public int PatternB;

    /// <summary>[pairs, heads]: where the gradient of the scores goes.</summary>
    public int ScoreA;
    public int ScoreB;

    /// <summary>For each token its first pair in <see cref="Members"/>, and one more.</summary>
    public int Groups;

    /// <summary>The pairs of all tokens, ascending for each.</summary>
    public int Members;
    public int Heads;
    public int Prime;
    public int TableRows;
    public int Panels;
    public int Columns;
    public int HeadColumns;

    /// <summary>1 / sqrt(d_head).</summary>
    public float Scale;
}

/// <summary>The gradient of attention over the train pairs.</summary>
internal static class AttentionGradientKernels
{
    /// <summary>
    /// Of the pattern and from it of the scores: a pair for each warp. Dot products along a row: thread i has partial sum i of 32, panels ascending. As <c>PatternGradient</c> and <c>ScoreGradient</c>.
    /// </summary>
    public static void Scores(NetworkArrays networks, PairArrays train, AttentionGradientMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int pair = Grid.GlobalIndex.X / GpuMatrix.Width;
        if (pair >= integers[train.Count])
        {
            return;
        }

        int a = integers[train.First + pair];
        int b = integers[train.Second + pair];
        for (int head = 0; head < matrices.Heads; head += 2)
        {
            int other = Math.Min(head + 1, matrices.Heads - 1);
            float a0 = 0, b0 = 0, a1 = 0, b1 = 0;
            for (int panel = 0; panel < matrices.Panels; panel++)
            {
                int lane = Group.IdxX % GpuMatrix.Width;
                float gradient = memory[matrices.Outputs.InPanel(panel, pair, lane)];
                a0 = RoundedArithmetic.MultiplyAdd(gradient, memory[matrices.TokenTable.InPanel(panel, (head * matrices.TableRows) + a, lane)], a0);
                b0 = RoundedArithmetic.MultiplyAdd(gradient, memory[matrices.TokenTable.InPanel(panel, (head * matrices.TableRows) + b, lane)], b0);
                a1 = RoundedArithmetic.MultiplyAdd(gradient, memory[matrices.TokenTable.InPanel(panel, (other * matrices.TableRows) + a, lane)], a1);
                b1 = RoundedArithmetic.MultiplyAdd(gradient, memory[matrices.TokenTable.InPanel(panel, (other * matrices.TableRows) + b, lane)], b1);
            }

            Store(memory, matrices, (pair * matrices.Heads) + head, WarpSum.OfThirtyTwo(a0), WarpSum.OfThirtyTwo(b0));
            Store(memory, matrices, (pair * matrices.Heads) + other, WarpSum.OfThirtyTwo(a1), WarpSum.OfThirtyTwo(b1));
        }
    }

    /// <summary>
    /// Of the token tables: for each token the sum, over the pairs that hold it, of pattern times the gradient of the pair's outputs. A panel for each warp, a column for each thread.
    /// As <c>TokenTableGradient</c>.
    /// </summary>
    public static void TokenTables(NetworkArrays networks, AttentionGradientMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int warp = Grid.GlobalIndex.X / GpuMatrix.Width;
        int lane = Group.IdxX % GpuMatrix.Width;
        int panel = warp % matrices.Panels;
        int token = warp / matrices.Panels;
        if (token >= matrices.TableRows)
        {
            return;
        }

        int first = integers[matrices.Groups + token];
        int end = integers[matrices.Groups + token + 1];
        int pattern = token < matrices.Prime ? matrices.PatternA : matrices.PatternB;
        for (int head = 0; head < matrices.Heads; head += 4)
        {
            int last = matrices.Heads - 1;
            int h1 = Math.Min(head + 1, last);
            int h2 = Math.Min(head + 2, last);
            int h3 = Math.Min(head + 3, last);
            float c0 = 0, c1 = 0, c2 = 0, c3 = 0;
            for (int i = first; i < end; i++)
            {
                int pair = integers[matrices.Members + i];
                int weight = pattern + (pair * matrices.Heads);
                float gradient = memory[matrices.Outputs.InPanel(panel, pair, lane)];
                c0 = RoundedArithmetic.MultiplyAdd(memory[weight + head], gradient, c0);
                c1 = RoundedArithmetic.MultiplyAdd(memory[weight + h1], gradient, c1);
                c2 = RoundedArithmetic.MultiplyAdd(memory[weight + h2], gradient, c2);
                c3 = RoundedArithmetic.MultiplyAdd(memory[weight + h3], gradient, c3);
            }

            memory[matrices.TokenTableGradient.InPanel(panel, (head * matrices.TableRows) + token, lane)] = c0;
            memory[matrices.TokenTableGradient.InPanel(panel, (h1 * matrices.TableRows) + token, lane)] = c1;
            memory[matrices.TokenTableGradient.InPanel(panel, (h2 * matrices.TableRows) + token, lane)] = c2;
            memory[matrices.TokenTableGradient.InPanel(panel, (h3 * matrices.TableRows) + token, lane)] = c3;
        }
    }

    /// <summary>Of the scores of a token: the sum over the pairs that hold it. A token and head for each thread. As <c>AttentionGradient.SumScores</c>.</summary>
    public static void ScoreSums(NetworkArrays networks, AttentionGradientMatrices matrices)
    {
        int place = networks.Place;
        int token = Grid.GlobalIndex.X / matrices.Heads;
        if (place < 0 || token >= matrices.TableRows)
        {
            return;
        }

        ArrayView<int> integers = networks.IntegersOf(place);
        ArrayView<float> memory = networks.FloatsOf(place);
        int head = Grid.GlobalIndex.X % matrices.Heads;
        int end = integers[matrices.Groups + token + 1];
        int gradient = token < matrices.Prime ? matrices.ScoreA : matrices.ScoreB;
        float sum = 0;
        for (int i = integers[matrices.Groups + token]; i < end; i++)
        {
            sum += memory[gradient + (integers[matrices.Members + i] * matrices.Heads) + head];
        }

        memory[matrices.ScoreGradient.At(token, head)] = sum;
    }

    /// <summary>The query's gradient out of those of all heads, as a row and as a column. As <c>AttentionGradient.QueryAndKey</c>.</summary>
    public static void Query(NetworkArrays networks, AttentionGradientMatrices matrices)
    {
        int place = networks.Place;
        if (place < 0)
        {
            return;
        }

        ArrayView<float> memory = networks.FloatsOf(place);
        for (int column = Group.IdxX; column < matrices.Columns; column += Group.DimX)
        {
            float gradient = memory[matrices.QueryGradients.At(column / matrices.HeadColumns, column)] * matrices.Scale;
            memory[matrices.QueryGradient.At(0, column)] = gradient;
            memory[matrices.QueryGradientColumn.At(column, 0)] = gradient;
        }
    }

    /// <summary>By the first thread of a warp.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ArrayView<float> memory, AttentionGradientMatrices matrices, int i, float gradientA, float gradientB)
    {
        if (Group.IdxX % GpuMatrix.Width == 0)
        {
            (float a, float b) = ScoreGradient<GpuLanes, float>.OfSoftmax(memory[matrices.PatternA + i], memory[matrices.PatternB + i], gradientA, gradientB);
            memory[matrices.ScoreA + i] = a;
            memory[matrices.ScoreB + i] = b;
        }
    }
}
