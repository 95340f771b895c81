using System.Runtime.CompilerServices;
using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;

namespace GrokVerify.Exact.Forward;

/// <summary>What attention passes on: rows of the token tables, weighted by the pattern.</summary>
/// <remarks>
/// A head that attends to a token instead of "=" changes the MLP's inputs and the logits by a fixed row, so a pair's share is two rows for each head instead of a product with
/// d_model columns. Each element is one chain: the bias, then head by head, ascending, pattern times table row for a and for b.
/// </remarks>
internal static unsafe class AttentionOutput<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    /// <summary>The hidden activations of the pairs of some rows, and which neurons are active. The ReLU leaves NaN.</summary>
    public static void ToMlp(Workspace work, PairBatch batch, int firstRow, int count) =>
        Mix(work, batch, work.HiddenTable, work.HiddenBias, work.Hidden, rectify: true, firstRow, count);

    /// <summary>The logits of the pairs of some rows, without the MLP's part.</summary>
    public static void ToLogits(Workspace work, PairBatch batch, int firstRow, int count) =>
        Mix(work, batch, work.LogitTable, work.LogitBias, work.Logits, rectify: false, firstRow, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix(Workspace work, PairBatch batch, PanelMatrix table, PanelMatrix bias, PanelMatrix result, bool rectify, int firstRow, int count)
    {
        int n = TLanes.Count;
        int heads = work.Heads;
        TVector zero = TLanes.Broadcast(0);
        float* patternA = work.PatternA;
        float* patternB = work.PatternB;
        nint nextHead = (nint)work.TableRows * PanelMatrix.Width;
        ReadOnlySpan<int> firstTokens = batch.First.AsSpan(firstRow, count);
        ReadOnlySpan<int> secondTokens = batch.Second.AsSpan(firstRow, count);
        for (int panel = 0; panel < result.Panels; panel++)
        {
            for (int offset = 0; offset < PanelMatrix.Width; offset += 2 * n)
            {
                float* start = bias.Data + ((nint)panel * PanelMatrix.Width) + offset;
                float* target = result.Data + (panel * result.PanelStride) + ((nint)firstRow * PanelMatrix.Width) + offset;
                uint* active = rectify ? work.Active.ByPair(panel, firstRow) : null;
                float* firstHead = table.Data + (panel * table.PanelStride) + offset;
                TVector biasS = TLanes.Load(start);
                TVector biasT = TLanes.Load(start + n);
                nint i = (nint)firstRow * heads;
                for (int row = 0; row < firstTokens.Length; row++)
                {
                    float* head = firstHead;
                    nint a = (nint)firstTokens[row] * PanelMatrix.Width;
                    nint b = (nint)secondTokens[row] * PanelMatrix.Width;
                    TVector s = biasS;
                    TVector t = biasT;
                    for (nint endOfHeads = i + heads; i < endOfHeads; i++)
                    {
                        TVector pattern = TLanes.Broadcast(patternA[i]);
                        s = TLanes.MultiplyAdd(pattern, TLanes.Load(head + a), s);
                        t = TLanes.MultiplyAdd(pattern, TLanes.Load(head + a + n), t);
                        pattern = TLanes.Broadcast(patternB[i]);
                        s = TLanes.MultiplyAdd(pattern, TLanes.Load(head + b), s);
                        t = TLanes.MultiplyAdd(pattern, TLanes.Load(head + b + n), t);
                        head += nextHead;
                    }

                    if (rectify)
                    {
                        s = TLanes.SelectGreater(zero, s, zero, s);
                        t = TLanes.SelectGreater(zero, t, zero, t);
                        uint bits = (TLanes.Active(s) | (TLanes.Active(t) << n)) << offset;
                        active[row] = offset == 0 ? bits : active[row] | bits;
                    }

                    TLanes.Store(target, s);
                    TLanes.Store(target + n, t);
                    target += PanelMatrix.Width;
                }
            }
        }
    }
}
