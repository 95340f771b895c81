using GrokVerify.Exact.Buffers;
using GrokVerify.Exact.Forward;
using GrokVerify.Exact.Products;
using GrokVerify.Exact.Vectors;
using GrokVerify.Tasks;
using GrokVerify.Engines;

namespace GrokVerify.Exact.Loss;

/// <summary>Loss and accuracy of any pairs, as many at a time as the activations have room for.</summary>
internal sealed class Evaluation(StepContext context)
{
    private readonly PairBatch _batch = new(context.Work.Capacity);
    private readonly double[] _losses = new double[context.Work.Capacity];
    private Memory<double> _probabilities;
    private readonly bool[] _correct = new bool[context.Work.Capacity];

    /// <summary>Losses and hits of the batch, after the token tables; jobs past the batch's end do nothing.</summary>
    public Action[] Jobs<TLanes, TVector>(ForwardPass<TLanes, TVector> forward)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Workspace work = context.Work;
        Action[] jobs = new Action[(work.Capacity + Workspace.BlockPairs - 1) / Workspace.BlockPairs];
        for (int i = 0; i < jobs.Length; i++)
        {
            int first = i * Workspace.BlockPairs;
            jobs[i] = () =>
            {
                int count = Math.Min(Workspace.BlockPairs, _batch.Count - first);
                if (count > 0)
                {
                    forward.Logits(_batch, first, count);
                    if (!_probabilities.IsEmpty)
                    {
                        TakeProbabilities(first, count);
                        return;
                    }

                    CrossEntropy<TLanes, TVector>.Losses(context.Logits, _batch.Labels, first, count, context.Config.LossForm, _losses, _correct);
                }
            };
        }

        return jobs;
    }

    /// <summary>The softmax over the first classes in float64, [pairs, classes].</summary>
    /// <inheritdoc cref="Mean" path="/param"/>
    public double[] Probabilities(ModularTask task, ReadOnlySpan<int> pairs, int classes, Action run)
    {
        double[] all = new double[pairs.Length * classes];
        for (int first = 0; first < pairs.Length; first += _losses.Length)
        {
            int count = Math.Min(_losses.Length, pairs.Length - first);
            _batch.Fill(task, pairs.Slice(first, count));
            _probabilities = all.AsMemory(first * classes, count * classes);
            run();
        }

        _probabilities = default;
        return all;
    }

    /// <summary>The mean over some pairs: a float64 sum in the order given.</summary>
    /// <param name="task">Knows tokens and labels.</param>
    /// <param name="pairs">Any pairs.</param>
    /// <param name="run">Runs the jobs.</param>
    public LossAndAccuracy Mean(ModularTask task, ReadOnlySpan<int> pairs, Action run)
    {
        double loss = 0;
        long hits = 0;
        for (int first = 0; first < pairs.Length; first += _losses.Length)
        {
            _batch.Fill(task, pairs.Slice(first, Math.Min(_losses.Length, pairs.Length - first)));
            run();
            for (int i = 0; i < _batch.Count; i++)
            {
                loss += _losses[i];
                hits += _correct[i] ? 1 : 0;
            }
        }

        return new LossAndAccuracy(loss / pairs.Length, (double)hits / pairs.Length);
    }

    private unsafe void TakeProbabilities(int first, int count)
    {
        PanelMatrix logits = context.Logits;
        int classes = _probabilities.Length / _batch.Count;
        for (int row = first; row < first + count; row++)
        {
            Float64Loss.Softmax(logits.Data + ((nint)row * PanelMatrix.Width), logits.PanelStride, _probabilities.Span.Slice(row * classes, classes));
        }
    }
}
