using GrokVerify.Engines;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Runs;

/// <summary>How the weights are chosen that a <see cref="Ticket"/> keeps.</summary>
internal enum TicketKind
{
    /// <summary>Of each matrix those that are largest in the trained network.</summary>
    Largest,

    /// <summary>Of each matrix as many, drawn evenly.</summary>
    Random,

    /// <summary>All, each matrix scaled to the norm that those of <see cref="Largest"/> have.</summary>
    DenseOfEqualNorm,
}

/// <summary>
/// A lottery ticket: the initial weights of a run, but for those that its trained network does not need. Biases are left alone.
/// </summary>
/// <remarks>Source: Frankle and Carbin 2019 (arXiv 1803.03635), magnitude pruning a layer; for grokking Minegishi et al. 2023 (arXiv 2310.19470).</remarks>
/// <param name="Kind">How the kept ones are chosen.</param>
/// <param name="Kept">The share of each matrix's weights that is kept, above 0 up to 1.</param>
/// <param name="At">The epoch of the trained network; null for the last.</param>
internal sealed record Ticket(TicketKind Kind, double Kept, long? At = null) : WeightTransfer
{
    public override TransformerWeights Of(TrainingConfig config, Func<long, TransformerWeights> origin, long last) => Of(origin(0), origin(At ?? last), config.Seed);

    /// <param name="initial">The weights of epoch 0.</param>
    /// <param name="trained">Those of <see cref="At"/>.</param>
    /// <param name="seed">Draws the random ones.</param>
    public TransformerWeights Of(TransformerWeights initial, TransformerWeights trained, long seed)
    {
        var ticket = new TransformerWeights(initial.Config, [.. initial.Values]);
        var random = new PythonRandom(seed);
        foreach (ParameterTensor tensor in initial.Layout.Tensors.Where(tensor => tensor.Name[0] == 'W'))
        {
            int kept = Math.Max(1, (int)Math.Round(Kept * tensor.Count));
            int[] order = [.. Enumerable.Range(0, tensor.Count)];
            float[] sizes = [.. trained[tensor.Name].ToArray().Select(Math.Abs)];
            if (Kind == TicketKind.Random)
            {
                random.Shuffle(order.AsSpan());
            }
            else
            {
                // The index breaks ties, so that every machine keeps the same ones.
                Array.Sort(order, (one, other) => sizes[other].CompareTo(sizes[one]) is var larger && larger != 0 ? larger : one.CompareTo(other));
            }

            Span<float> values = ticket[tensor.Name];
            if (Kind == TicketKind.DenseOfEqualNorm)
            {
                double all = 0;
                double some = 0;
                for (int i = 0; i < order.Length; i++)
                {
                    double square = (double)values[order[i]] * values[order[i]];
                    all += square;
                    some += i < kept ? square : 0;
                }

                double scale = Math.Sqrt(some / all);
                foreach (ref float value in values)
                {
                    value = (float)(value * scale);
                }
            }
            else
            {
                foreach (int place in order.AsSpan(kept))
                {
                    values[place] = 0;
                }
            }
        }

        return ticket;
    }
}
