using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Numerics;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Measures;

[Category("Fast")]
public class CosineFitsTests
{
    private const int Prime = 7;
    private static readonly ModularTask Task = new(Prime);

    [Test]
    public void Cosines_are_their_own_fit()
    {
        PairLogits logits = Of((pair, c) => (3 * Cosine(1, pair, c)) + (2 * Cosine(3, pair, c)));

        CosineFit fit = new CosineFits(logits).Of([1, 3], k => k == 1 ? 3 : 2);

        fit.Accuracy.Should().Be(1);
        fit.Loss.Should().BeApproximately(CrossEntropy.Of(Task, logits.Values, Prime).OnAll().Loss, 1e-12);
        fit.Divergence.Should().BeApproximately(0, 1e-12);
        fit.FractionOfVarianceExplained.Should().BeApproximately(1, 1e-12);
    }

    [Test]
    public void Every_number_is_that_of_the_definition_written_out()
    {
        double[] noise = new TorchRandom(5).Normal(Prime * Prime * Prime);
        PairLogits logits = Of((pair, c) => Cosine(2, pair, c) + noise[(pair * Prime) + c]);

        CosineFit fit = new CosineFits(logits).Of([2, 3], k => k == 2 ? 1.5 : -0.25);

        double divergence = 0;
        double loss = 0;
        double rest = 0;
        double whole = 0;
        for (int pair = 0; pair < Prime * Prime; pair++)
        {
            double[] network = [.. Enumerable.Range(0, Prime).Select(c => logits.Values[pair, c])];
            double[] cosines = [.. Enumerable.Range(0, Prime).Select(c => (1.5 * Cosine(2, pair, c)) - (0.25 * Cosine(3, pair, c)))];
            double ofNetwork = Math.Log(network.Sum(Math.Exp));
            double ofCosines = Math.Log(cosines.Sum(Math.Exp));
            loss += ofCosines - cosines[Task.Labels[pair]];
            for (int c = 0; c < Prime; c++)
            {
                divergence += Math.Exp(network[c] - ofNetwork) * (network[c] - ofNetwork - cosines[c] + ofCosines);
                whole += Math.Pow(network[c] - network.Average(), 2);
                rest += Math.Pow(network[c] - network.Average() - cosines[c], 2);
            }
        }

        fit.Divergence.Should().BeApproximately(divergence / (Prime * Prime), 1e-12);
        fit.Loss.Should().BeApproximately(loss / (Prime * Prime), 1e-12);
        fit.FractionOfVarianceExplained.Should().BeApproximately(1 - (rest / whole), 1e-12);
    }

    [Test]
    public void Negative_cosines_are_never_right_and_none_at_all_one_time_in_p()
    {
        var fits = new CosineFits(Of((pair, c) => Cosine(1, pair, c)));

        fits.Of([1], _ => -1).Accuracy.Should().Be(0);
        fits.Of([1], _ => 0).Accuracy.Should().Be(1.0 / Prime);
    }

    private static PairLogits Of(Func<int, int, double> logit) =>
        new(Task, new Matrix(Prime * Prime, Prime, [.. Enumerable.Range(0, Prime * Prime * Prime).Select(i => logit(i / Prime, i % Prime))]));

    private static double Cosine(int k, int pair, int c) => Math.Cos(2 * Math.PI * k * ((pair / Prime) + (pair % Prime) - c) / Prime);
}
