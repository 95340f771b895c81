using GrokVerify.Ablations;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Tests.ByHand;
using MathNet.Numerics.LinearAlgebra;

namespace GrokVerify.Tests.Ablations;

/// <summary>Matrices cut off at a rank: of a network that was written down with rank 2, and of a small one that grokked, against MathNet's decomposition.</summary>
[Category("Fast")]
public class RanksNeededTests
{
    private static readonly NetworkSpectra Written = new(WidenedNetwork.Build(), new ModularTask(WidenedNetwork.Prime));
    private static readonly NetworkSpectra Grokked = SmallRun.LastNetwork(SmallRun.Open());
    private static readonly Lazy<RanksNeeded> OfGrokked = new(() => RanksNeeded.Of(Grokked));

    private static readonly string[] Names = ["W_E", "W_Q W_K", "W_V W_O", "W_in", "W_out"];

    [Test]
    public void A_network_of_one_circle_needs_rank_two_and_no_queries()
    {
        TransformerWeights weights = WidenedNetwork.Build();

        // Idle neurons are to read nothing here: what they read is a direction of W_in, too.
        for (int neuron = 0; neuron < WidenedNetwork.Neurons - WidenedNetwork.Live; neuron++)
        {
            weights["W_in"][neuron] = 0;
        }

        var needed = RanksNeeded.Of(new NetworkSpectra(weights, Written.Task));

        needed.Absence.Should().BeNull();
        needed.Matrices.Should().Equal([.. Names.Zip([6, 6, 6, 6, 6], (name, full) => new MatrixRank(name, name == "W_Q W_K" ? 0 : 2, name == "W_Q W_K" ? 0 : 2, full))]);
        needed.AccuracyAtOnce.Should().Be(1);
        needed.AccuracyTogether.Should().Be(1);
        needed.Scale.Should().Be(1);

        // Of 17 x 6, 2 (17 + 6) are left; of 6 x 6 twice, nothing and 2 (6 + 6); of 6 x 10 twice, 2 (6 + 10) each.
        needed.Parameters.Should().Be(weights.Layout.Count - (102 - 46) - 72 - (72 - 24) - (2 * (60 - 32)));
    }

    [Test]
    public void A_matrix_of_rank_one_beside_the_circle_costs_one_rank_more()
    {
        // Seven idle neurons that all read one axis, more strongly than the circle is read: sqrt(7) times 100.
        TransformerWeights weights = WidenedNetwork.Build();
        for (int neuron = 0; neuron < WidenedNetwork.Neurons - WidenedNetwork.Live; neuron++)
        {
            weights["W_in"][(3 * WidenedNetwork.Neurons) + neuron] = 100;
        }

        RanksNeeded.Of(new NetworkSpectra(weights, Written.Task)).Matrices.Single(matrix => matrix.Name == "W_in").Alone.Should().Be(3);
    }

    [TestCaseSource(nameof(Names))]
    public void The_least_rank_is_that_of_MathNets_decomposition(string name)
    {
        MatrixRank rank = OfGrokked.Value.Matrices.Single(matrix => matrix.Name == name);

        int expected = Enumerable.Range(0, rank.Full + 1).First(r => AccuracyCutOff(name, r) >= 0.99);

        rank.Alone.Should().Be(expected);
        rank.Alone.Should().BeLessThan(rank.Full);
    }

    [Test]
    public void All_at_once_are_of_ranks_larger_by_one_scale_that_is_as_small_as_it_can_be()
    {
        RanksNeeded needed = OfGrokked.Value;

        needed.AccuracyTogether.Should().BeGreaterThanOrEqualTo(0.99);
        needed.Scale.Should().BeGreaterThanOrEqualTo(1);
        needed.Matrices.Should().OnlyContain(matrix => matrix.Together == Math.Min((int)Math.Ceiling((matrix.Alone * needed.Scale) - 1e-9), matrix.Full));
        (needed.AccuracyAtOnce >= 0.99).Should().Be(needed.Scale == 1);
        AccuracyAt(needed.Matrices.Select(matrix => matrix.Alone)).Should().Be(needed.AccuracyAtOnce);
        AccuracyAt(needed.Matrices.Select(matrix => matrix.Together)).Should().Be(needed.AccuracyTogether);
        needed.Parameters.Should().BeInRange(1, Grokked.Weights.Values.Length / 2);
    }

    [Test]
    public void From_its_full_rank_on_a_matrix_stays_as_it_is()
    {
        foreach (LowRankWeights matrix in LowRankWeights.AllOf(Grokked.Weights))
        {
            var weights = new TransformerWeights(Grokked.Weights.Config, [.. Grokked.Weights.Values]);
            matrix.Approximate(weights, matrix.FullRank);

            weights.Sha256().Should().Be(Grokked.Weights.Sha256());
            matrix.Numbers(matrix.FullRank).Should().Be(matrix.NumbersUnfactored);
        }
    }

    private static double AccuracyAt(IEnumerable<int> ranks)
    {
        var weights = new TransformerWeights(Grokked.Weights.Config, [.. Grokked.Weights.Values]);
        foreach ((LowRankWeights matrix, int rank) in LowRankWeights.AllOf(Grokked.Weights).Zip(ranks))
        {
            matrix.Approximate(weights, rank);
        }

        return Accuracy(weights);
    }

    /// <summary>By MathNet: the product of a head is cut off whole, and put into the place of its left factor, d_head wide, with the square root of singular values on both sides.</summary>
    private static double AccuracyCutOff(string name, int rank)
    {
        var weights = new TransformerWeights(Grokked.Weights.Config, [.. Grokked.Weights.Values]);
        int width = weights.Config.DModel;
        int head = weights.Config.DHead;
        if (!name.Contains(' ', StringComparison.Ordinal))
        {
            int columns = weights.Layout[name].Shape[^1];
            int rows = name == "W_E" ? weights.Config.Prime : weights.Layout[name].Shape[0];
            (Matrix<double> left, Matrix<double> right) = CutOff(Of(weights[name], rows, columns), rank);
            Write(left * right, weights[name]);
            return Accuracy(weights);
        }

        for (int h = 0; h < weights.Config.Heads; h++)
        {
            int at = h * width * head;
            bool isQuery = name == "W_Q W_K";
            Span<float> first = weights[isQuery ? "W_Q" : "W_V"].Slice(at, width * head);
            Span<float> second = weights[isQuery ? "W_K" : "W_O"].Slice(at, width * head);
            Matrix<double> product = Of(first, width, head) * (isQuery ? Of(second, width, head).Transpose() : Of(second, head, width));
            (Matrix<double> left, Matrix<double> right) = CutOff(product, rank);
            left = left.Append(Matrix<double>.Build.Dense(width, head - rank + 1)).SubMatrix(0, width, 0, head);
            right = right.Stack(Matrix<double>.Build.Dense(head - rank + 1, width)).SubMatrix(0, head, 0, width);
            Write(left, first);
            Write(isQuery ? right.Transpose() : right, second);
        }

        return Accuracy(weights);
    }

    private static (Matrix<double> Left, Matrix<double> Right) CutOff(Matrix<double> matrix, int rank)
    {
        var decomposition = matrix.Svd();
        Matrix<double> left = Matrix<double>.Build.Dense(matrix.RowCount, Math.Max(rank, 1));
        Matrix<double> right = Matrix<double>.Build.Dense(Math.Max(rank, 1), matrix.ColumnCount);
        for (int i = 0; i < rank; i++)
        {
            left.SetColumn(i, decomposition.U.Column(i) * Math.Sqrt(decomposition.S[i]));
            right.SetRow(i, decomposition.VT.Row(i) * Math.Sqrt(decomposition.S[i]));
        }

        return (left, right);
    }

    private static Matrix<double> Of(ReadOnlySpan<float> values, int rows, int columns) =>
        Matrix<double>.Build.DenseOfRowMajor(rows, columns, values.ToArray().Select(value => (double)value));

    private static void Write(Matrix<double> matrix, Span<float> target) => Array.ConvertAll(matrix.ToRowMajorArray(), value => (float)value).CopyTo(target);

    private static double Accuracy(TransformerWeights weights)
    {
        var network = new NetworkSpectra(weights, Grokked.Task);
        return CrossEntropy.Of(network.Task, network.Activations.Logits, network.Task.Prime).OnAll().Accuracy;
    }
}
