using System.Runtime.CompilerServices;

namespace GrokVerify.Exact;

/// <summary>Attention of "=" to a, b and itself, from the tables of scores and values, and its gradient.</summary>
internal static unsafe class AttentionKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>Pattern and z of the pairs of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(Workspace work, PairBatch batch, int heads, HeadSegment[] segments, int firstRow, int count)
    {
        GatherScores(work, batch, heads, firstRow, count);
        nint start = (nint)firstRow * heads;
        nint end = start + ((nint)count * heads);
        nint i = start;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            Softmax<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            Softmax<Lanes32, float>(work, i);
        }

        for (int row = firstRow; row < firstRow + count; row++)
        {
            nint a = (nint)batch.First[row] * PanelMatrix.Width;
            nint b = (nint)batch.Second[row] * PanelMatrix.Width;
            nint e = (nint)work.EqualsRow * PanelMatrix.Width;
            foreach (HeadSegment segment in segments)
            {
                nint pattern = ((nint)row * heads) + segment.Head;
                float* values = work.Values.Data + (segment.Panel * work.Values.PanelStride) + segment.Offset;
                float* z = work.Z.Data + (segment.Panel * work.Z.PanelStride) + ((nint)row * PanelMatrix.Width) + segment.Offset;
                Mix(z, values + a, values + b, values + e, work.PatternA[pattern], work.PatternB[pattern], work.PatternEquals[pattern], segment.Length);
            }
        }
    }

    /// <summary>
    /// The gradient of the scores of the pairs of some rows; and, summed over these rows, what "=" receives.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Workspace work, PairBatch batch, int heads, HeadSegment[] segments, int firstRow, int count, int block)
    {
        PanelMatrix equalsSum = work.EqualsSums.Row(block);
        equalsSum.Clear();

        for (int row = firstRow; row < firstRow + count; row++)
        {
            nint a = (nint)batch.First[row] * PanelMatrix.Width;
            nint b = (nint)batch.Second[row] * PanelMatrix.Width;
            nint e = (nint)work.EqualsRow * PanelMatrix.Width;
            int head = -1;
            foreach (HeadSegment segment in segments)
            {
                nint pattern = ((nint)row * heads) + segment.Head;
                float* values = work.Values.Data + (segment.Panel * work.Values.PanelStride) + segment.Offset;
                float* gradient = work.ZGradient.Data + (segment.Panel * work.ZGradient.PanelStride) + ((nint)row * PanelMatrix.Width) + segment.Offset;
                float* sums = equalsSum.Data + (segment.Panel * equalsSum.PanelStride) + segment.Offset;
                float dotA = VectorMath<TLanes, TVector>.Dot(gradient, values + a, segment.Length);
                float dotB = VectorMath<TLanes, TVector>.Dot(gradient, values + b, segment.Length);
                float dotEquals = VectorMath<TLanes, TVector>.Dot(gradient, values + e, segment.Length);
                bool isFirst = segment.Head != head;
                head = segment.Head;
                work.ScoreA[pattern] = isFirst ? dotA : work.ScoreA[pattern] + dotA;
                work.ScoreB[pattern] = isFirst ? dotB : work.ScoreB[pattern] + dotB;
                work.ScoreEquals[pattern] = isFirst ? dotEquals : work.ScoreEquals[pattern] + dotEquals;
                VectorMath<TLanes, TVector>.AddScaled(sums, gradient, work.PatternEquals[pattern], segment.Length);
            }
        }

        nint start = (nint)firstRow * heads;
        nint end = start + ((nint)count * heads);
        nint i = start;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            SoftmaxGradient<TLanes, TVector>(work, i);
        }

        for (; i < end; i++)
        {
            SoftmaxGradient<Lanes32, float>(work, i);
        }

        PanelMatrix equalsScoreSum = work.EqualsScoreSums.Row(block);
        for (int h = 0; h < heads; h++)
        {
            float sum = 0;
            for (nint pair = start + h; pair < end; pair += heads)
            {
                sum += work.ScoreEquals[pair];
            }

            equalsScoreSum[0, h] = sum;
        }
    }

    /// <summary>The gradient of a token's row of both tables: the sum over the pairs that hold the token, ascending.</summary>
    /// <param name="work">Buffers.</param>
    /// <param name="tableRow">Row of the tables.</param>
    /// <param name="pairs">The rows of the pairs that hold the token, ascending.</param>
    /// <param name="pattern">[pairs, heads]: the attention to this token.</param>
    /// <param name="scoreGradient">[pairs, heads].</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="segments">The heads' columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(
        Workspace work, int tableRow, ReadOnlySpan<int> pairs, float* pattern, float* scoreGradient, int heads, HeadSegment[] segments)
    {
        work.ValueGradient.FromRow(tableRow, 1).Clear();

        foreach (HeadSegment segment in segments)
        {
            float* sums = work.ValueGradient.Data + (segment.Panel * work.ValueGradient.PanelStride) + ((nint)tableRow * PanelMatrix.Width) + segment.Offset;
            float* gradient = work.ZGradient.Data + (segment.Panel * work.ZGradient.PanelStride) + segment.Offset;
            foreach (int pair in pairs)
            {
                float weight = pattern[((nint)pair * heads) + segment.Head];
                VectorMath<TLanes, TVector>.AddScaled(sums, gradient + ((nint)pair * PanelMatrix.Width), weight, segment.Length);
            }
        }

        for (int h = 0; h < heads; h++)
        {
            float sum = 0;
            foreach (int pair in pairs)
            {
                sum += scoreGradient[((nint)pair * heads) + h];
            }

            work.ScoreGradient[tableRow, h] = sum;
        }
    }

    private static void GatherScores(Workspace work, PairBatch batch, int heads, int firstRow, int count)
    {
        for (int row = firstRow; row < firstRow + count; row++)
        {
            nint target = (nint)row * heads;
            for (int h = 0; h < heads; h++)
            {
                float* scores = work.Scores.Data + work.Scores.Offset(0, h);
                work.ScoreA[target + h] = scores[(nint)batch.First[row] * PanelMatrix.Width];
                work.ScoreB[target + h] = scores[(nint)batch.Second[row] * PanelMatrix.Width];
                work.ScoreEquals[target + h] = scores[(nint)work.EqualsRow * PanelMatrix.Width];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax<TAnyLanes, TAnyVector>(Workspace work, nint i)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        TAnyVector a = TAnyLanes.Load(work.ScoreA + i);
        TAnyVector b = TAnyLanes.Load(work.ScoreB + i);
        TAnyVector e = TAnyLanes.Load(work.ScoreEquals + i);
        TAnyVector largest = TAnyLanes.SelectGreater(a, b, a, b);
        largest = TAnyLanes.SelectGreater(largest, e, largest, e);
        a = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(a, largest));
        b = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(b, largest));
        e = VectorMath<TAnyLanes, TAnyVector>.Exp(TAnyLanes.Subtract(e, largest));
        TAnyVector sum = TAnyLanes.Add(TAnyLanes.Add(a, b), e);
        TAnyLanes.Store(work.PatternA + i, TAnyLanes.Divide(a, sum));
        TAnyLanes.Store(work.PatternB + i, TAnyLanes.Divide(b, sum));
        TAnyLanes.Store(work.PatternEquals + i, TAnyLanes.Divide(e, sum));
    }

    /// <summary>In the place of the gradient of the pattern, that of the scores: w = gradient * pattern, w - pattern * sum of w.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SoftmaxGradient<TAnyLanes, TAnyVector>(Workspace work, nint i)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        TAnyVector patternA = TAnyLanes.Load(work.PatternA + i);
        TAnyVector patternB = TAnyLanes.Load(work.PatternB + i);
        TAnyVector patternEquals = TAnyLanes.Load(work.PatternEquals + i);
        TAnyVector a = TAnyLanes.Multiply(TAnyLanes.Load(work.ScoreA + i), patternA);
        TAnyVector b = TAnyLanes.Multiply(TAnyLanes.Load(work.ScoreB + i), patternB);
        TAnyVector e = TAnyLanes.Multiply(TAnyLanes.Load(work.ScoreEquals + i), patternEquals);
        TAnyVector minusSum = TAnyLanes.Subtract(TAnyLanes.Broadcast(0), TAnyLanes.Add(TAnyLanes.Add(a, b), e));
        TAnyLanes.Store(work.ScoreA + i, TAnyLanes.MultiplyAdd(minusSum, patternA, a));
        TAnyLanes.Store(work.ScoreB + i, TAnyLanes.MultiplyAdd(minusSum, patternB, b));
        TAnyLanes.Store(work.ScoreEquals + i, TAnyLanes.MultiplyAdd(minusSum, patternEquals, e));
    }

    /// <summary>z = pattern-weighted mean of three value rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(float* z, float* a, float* b, float* e, float patternA, float patternB, float patternEquals, int length)
    {
        int i = 0;
        for (; i + TLanes.Count <= length; i += TLanes.Count)
        {
            MixLanes<TLanes, TVector>(z + i, a + i, b + i, e + i, patternA, patternB, patternEquals);
        }

        for (; i < length; i++)
        {
            MixLanes<Lanes32, float>(z + i, a + i, b + i, e + i, patternA, patternB, patternEquals);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MixLanes<TAnyLanes, TAnyVector>(float* z, float* a, float* b, float* e, float patternA, float patternB, float patternEquals)
        where TAnyLanes : struct, ILanes<TAnyVector>
        where TAnyVector : struct
    {
        TAnyVector mix = TAnyLanes.Multiply(TAnyLanes.Load(e), TAnyLanes.Broadcast(patternEquals));
        mix = TAnyLanes.MultiplyAdd(TAnyLanes.Load(b), TAnyLanes.Broadcast(patternB), mix);
        TAnyLanes.Store(z, TAnyLanes.MultiplyAdd(TAnyLanes.Load(a), TAnyLanes.Broadcast(patternA), mix));
    }
}
