using GrokVerify.ForwardPass;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.ByHand;

/// <summary>A network of cosines that is right on all pairs, with as few neurons as it can be.</summary>
/// <param name="Frequencies">Ascending.</param>
/// <param name="Phases">Neurons of each frequency.</param>
/// <param name="Accuracy">On all pairs.</param>
/// <param name="Margin">Least lead of the right logit over the next one on any pair, as a share of the largest logit of all: negative where a pair is wrong.</param>
/// <param name="NonzeroParameters">Parameters that are not zero.</param>
/// <param name="Weights">The network itself.</param>
internal sealed record LeastCosineNetwork(IReadOnlyList<int> Frequencies, int Phases, double Accuracy, double Margin, int NonzeroParameters, TransformerWeights Weights)
{
    private const int Draws = 200;
    private const int Tried = 20;

    /// <summary>d_mlp.</summary>
    public int Neurons => Weights.Config.DMlp;

    /// <summary>All parameters of its shape, zeros included.</summary>
    public int Parameters => Weights.Layout.Count;

    /// <summary>The numbers that are chosen, all others following from them: the frequencies, and how many neurons each has.</summary>
    public int FreeNumbers => Frequencies.Count + 1;

    /// <summary>The fewest neurons for a number of frequencies; of the sets of frequencies tried, always the same ones, that of the largest margin.</summary>
    /// <param name="prime">An odd prime from 5 to 257.</param>
    /// <param name="frequencyCount">From 1 to (p-1)/2.</param>
    public static LeastCosineNetwork With(int prime, int frequencyCount)
    {
        IReadOnlyList<int[]> sets = Candidates(prime, frequencyCount);
        for (int phases = CosineNetwork.FewestPhases; ; phases++)
        {
            LeastCosineNetwork best = sets.Select(set => Measure(set, phases, CosineNetwork.Build(prime, set, phases))).MaxBy(network => network.Margin)!;
            if (best.Margin > 0)
            {
                return best;
            }
        }
    }

    /// <summary>The fewest neurons, whatever the number of frequencies.</summary>
    /// <param name="prime">An odd prime from 5 to 257.</param>
    public static LeastCosineNetwork Of(int prime)
    {
        LeastCosineNetwork least = With(prime, 1);
        for (int count = 2; count <= (prime - 1) / 2 && count * CosineNetwork.FewestPhases < least.Neurons; count++)
        {
            LeastCosineNetwork other = With(prime, count);
            least = other.Neurons < least.Neurons ? other : least;
        }

        return least;
    }

    /// <summary>What a network of cosines does on all pairs.</summary>
    public static LeastCosineNetwork Measure(IReadOnlyList<int> frequencies, int phases, TransformerWeights weights)
    {
        var task = new ModularTask(weights.Config.Prime);
        Matrix logits = ModelActivations.Compute(weights).Logits;
        double margin = double.PositiveInfinity;
        int right = 0;
        for (int pair = 0; pair < logits.Rows; pair++)
        {
            // "=" is a class like any other: a network that is not to be trained has no excuse.
            ReadOnlySpan<double> row = logits.Row(pair);
            int label = task.Labels[pair];
            right += CrossEntropy.Prediction(row) == label ? 1 : 0;
            for (int c = 0; c < row.Length; c++)
            {
                margin = c == label ? margin : Math.Min(margin, row[label] - row[c]);
            }
        }

        return new([.. frequencies], phases, (double)right / logits.Rows, margin / logits.Values.Max(Math.Abs), weights.Values.Count(value => value != 0), weights);
    }

    /// <summary>Sets whose cosines tell answers best apart: a set times any number is the same network with tokens renamed, so that 1 is always in it.</summary>
    private static int[][] Candidates(int prime, int count)
    {
        var random = new PythonRandom(0);
        int[] others = [.. Enumerable.Range(2, ((prime - 1) / 2) - 1)];
        var sets = new List<int[]>();
        for (int draw = 0; draw < (count == 1 ? 1 : Draws); draw++)
        {
            random.Shuffle(others.AsSpan());
            sets.Add([1, .. others.Take(count - 1).Order()]);
        }

        return [.. sets.OrderByDescending(set => IdealMargin(prime, set)).Take(Tried)];
    }

    /// <summary>The margin without error of quadrature: least sum over k of |cos(w_k(a-b)/2)| (1 - cos w_k d) over a - b and all wrong answers c = a + b + d.</summary>
    private static double IdealMargin(int prime, int[] frequencies)
    {
        double margin = double.PositiveInfinity;
        for (int difference = 0; difference < prime; difference++)
        {
            double[] strengths = [.. frequencies.Select(k => Math.Abs(double.CosPi((double)k * difference / prime)))];
            for (int wrong = 1; wrong <= (prime - 1) / 2; wrong++)
            {
                double sum = 0;
                for (int i = 0; i < frequencies.Length; i++)
                {
                    sum += strengths[i] * (1 - double.CosPi(2.0 * frequencies[i] * wrong / prime));
                }

                margin = Math.Min(margin, sum);
            }
        }

        return margin;
    }
}
