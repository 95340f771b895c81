using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Runs;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.Measures;

/// <summary>Leads over the accuracy jump, on the checkpoints of the small run.</summary>
[Category("Fast")]
public class ProgressLeadsTests
{
    private static readonly TrainingRun Run = SmallRun.Open();
    private static readonly MeasureCurve Curve = MeasureCurve.Measure(
        Run.CheckpointEpochs, epoch => Run.ReadCheckpoint(epoch).Weights, Run.Config.CreateTask(), Run.Config.CreateSplit());

    [Test]
    public void Each_lead_is_the_distance_from_where_the_measure_had_moved_for_good_to_the_jump() => ShouldLead(Curve);

    /// <summary>On networks between those of the checkpoints: points so close that half, once or four times a threshold is passed at another one.</summary>
    [Test]
    public void A_lead_is_counted_from_the_threshold_itself()
    {
        const int between = 8;
        long[] epochs = [.. Run.CheckpointEpochs.Zip(Run.CheckpointEpochs.Skip(1), (from, to) => Enumerable.Range(0, between).Select(i => from + (i * (to - from) / between))).SelectMany(all => all), Run.CheckpointEpochs[^1]];

        ShouldLead(MeasureCurve.Measure(epochs, Between, Run.Config.CreateTask(), Run.Config.CreateSplit()));
    }

    private static TransformerWeights Between(long epoch)
    {
        long from = Run.CheckpointEpochs.Last(checkpoint => checkpoint <= epoch);
        long to = Run.CheckpointEpochs.First(checkpoint => checkpoint >= epoch);
        float share = to == from ? 0 : (epoch - from) / (float)(to - from);
        (float[] first, float[] second) = (Run.ReadCheckpoint(from).Weights.Values, Run.ReadCheckpoint(to).Weights.Values);
        return new TransformerWeights(Run.Config.Model, [.. first.Zip(second, (a, b) => a + (share * (b - a)))]);
    }

    private static void ShouldLead(MeasureCurve curve)
    {
        MeasurePoint[] points = [.. curve.Points];
        long jump = points.First(point => point.Measures.Test!.Value.Accuracy >= 0.5).Epoch;
        MeasurePoint[] before = [.. points.Where(point => point.Epoch < jump)];
        double halfWay = (before.Min(point => point.Measures.GiniEmbedding) + points[^1].Measures.GiniEmbedding) / 2;

        ProgressLeads.Of(curve).Should().Be(new ProgressLeads(
            jump,
            Lead(jump, before, point => point.Measures.Restricted!.Value.Loss < Math.Log(31) / 2),
            Lead(jump, before, point => point.Measures.ExcludedAllFrequenciesTrain!.Value.Loss > Math.Log(31) / 2),
            Lead(jump, points, point => point.Measures.GiniEmbedding > halfWay),
            null));
    }

    [Test]
    public void Without_a_jump_there_is_no_lead_but_the_reason()
    {
        var memorized = MeasureCurve.Measure(
            [Run.CheckpointEpochs[0]], epoch => Run.ReadCheckpoint(epoch).Weights, Run.Config.CreateTask(), Run.Config.CreateSplit(), Curve.KeyFrequencies);

        ProgressLeads.Of(memorized).Should().Be(new ProgressLeads(null, null, null, null, "test accuracy never reaches 0.5"));
    }

    /// <summary>Between a memorized network and the first that generalizes there is no checkpoint at which a measure could have moved; at p = 31 the excluded loss of all frequencies is large from the first on.</summary>
    [Test]
    public void A_measure_that_had_not_moved_before_the_jump_has_no_lead()
    {
        long jump = Curve.Points.First(point => point.Measures.Test!.Value.Accuracy >= 0.5).Epoch;

        ProgressLeads leads = ProgressLeads.Of(Measured([Run.CheckpointEpochs[0], jump, Run.CheckpointEpochs[^1]], Run.Config.CreateSplit()));

        leads.Jump.Should().Be(jump);
        leads.RestrictedLoss.Should().BeNull();
        leads.ExcludedLoss.Should().Be(jump - Run.CheckpointEpochs[0]);
        leads.Absence.Should().BeNull();
    }

    [Test]
    public void Without_key_frequencies_the_reason_is_theirs_and_without_a_split_its_own()
    {
        var noKeys = KeyFrequencies.In(new double[15]);

        ProgressLeads.Of(Measured(Run.CheckpointEpochs, Run.Config.CreateSplit(), noKeys)).Absence.Should().Be(noKeys.AbsenceReason);
        ProgressLeads.Of(Measured(Run.CheckpointEpochs, null, noKeys)).Absence.Should().Be(noKeys.AbsenceReason);
        ProgressLeads.Of(Measured(Run.CheckpointEpochs, null)).Absence.Should().Be(ProgressMeasures.NoSplit);
    }

    private static MeasureCurve Measured(IReadOnlyList<long> epochs, PairSplit? split, KeyFrequencies? keys = null) =>
        MeasureCurve.Measure(epochs, epoch => Run.ReadCheckpoint(epoch).Weights, Run.Config.CreateTask(), split, keys);

    private static long? Lead(long jump, MeasurePoint[] points, Func<MeasurePoint, bool> hasMoved)
    {
        MeasurePoint? moved = points.FirstOrDefault(point => points.Where(later => later.Epoch >= point.Epoch).All(hasMoved));
        return jump - moved?.Epoch;
    }
}
