using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class TicketTests
{
    private static readonly TransformerConfig Network = new() { Prime = 7, DModel = 8, Heads = 2, DMlp = 12 };
    private static readonly TransformerWeights Initial = WeightInitializer.Initialize(Network, 0);
    private static readonly TransformerWeights Trained = WeightInitializer.Initialize(Network, 1);

    private static IEnumerable<string> Matrices => Initial.Layout.Tensors.Select(tensor => tensor.Name).Where(name => name[0] == 'W');

    [Test]
    public void The_ticket_keeps_the_initial_weights_where_the_trained_ones_are_largest()
    {
        TransformerWeights ticket = new Ticket(TicketKind.Largest, 0.25).Of(Initial, Trained, seed: 0);

        foreach (string name in Matrices)
        {
            float[] sizes = [.. Trained[name].ToArray().Select(Math.Abs)];
            int kept = (int)Math.Round(0.25 * sizes.Length);
            float least = sizes.OrderDescending().ElementAt(kept - 1);
            ticket[name].ToArray().Should().Equal(Initial[name].ToArray().Select((value, i) => sizes[i] >= least ? value : 0), name);
        }
    }

    [Test]
    public void A_random_ticket_keeps_as_many_of_each_matrix_and_others()
    {
        TransformerWeights largest = new Ticket(TicketKind.Largest, 0.25).Of(Initial, Trained, seed: 0);
        TransformerWeights random = new Ticket(TicketKind.Random, 0.25).Of(Initial, Trained, seed: 0);
        TransformerWeights other = new Ticket(TicketKind.Random, 0.25).Of(Initial, Trained, seed: 1);

        foreach (string name in Matrices)
        {
            random[name].ToArray().Count(value => value != 0).Should().Be(largest[name].ToArray().Count(value => value != 0), name);
        }

        random.Values.Should().NotEqual(largest.Values).And.NotEqual(other.Values);
    }

    [Test]
    public void A_dense_network_of_equal_norm_has_the_norm_of_the_ticket_in_each_matrix_and_no_zeros()
    {
        TransformerWeights ticket = new Ticket(TicketKind.Largest, 0.25).Of(Initial, Trained, seed: 0);
        TransformerWeights dense = new Ticket(TicketKind.DenseOfEqualNorm, 0.25).Of(Initial, Trained, seed: 0);

        foreach (string name in Matrices)
        {
            double Norm(TransformerWeights weights) => Math.Sqrt(weights[name].ToArray().Sum(value => (double)value * value));
            Norm(dense).Should().BeApproximately(Norm(ticket), 1e-6 * Norm(ticket), name);
            dense[name].ToArray().Should().NotContain(0, name);
        }
    }

    [Test]
    public void Biases_are_left_alone_and_all_weights_are_kept_where_all_are_asked_for()
    {
        new Ticket(TicketKind.Largest, 0.25).Of(Trained, Initial, seed: 0)["b_in"].ToArray().Should().Equal(Trained["b_in"].ToArray());
        new Ticket(TicketKind.Largest, 1).Of(Initial, Trained, seed: 0).Values.Should().Equal(Initial.Values);
        new Ticket(TicketKind.DenseOfEqualNorm, 1).Of(Initial, Trained, seed: 0).Values.Should().Equal(Initial.Values);
    }
}
