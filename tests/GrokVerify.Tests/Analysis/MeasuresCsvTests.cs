using System.Globalization;
using GrokVerify.Analysis;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;
using GrokVerify.Tests.Measures;

namespace GrokVerify.Tests.Analysis;

[Category("Fast")]
public class MeasuresCsvTests
{
    private const int Prime = PizzaNetwork.Prime;

    [Test]
    public void Every_number_reads_back_to_the_bit()
    {
        MeasureCurve curve = Curve(new PairSplit(Prime, 0.4, 7));

        Dictionary<string, string>[] lines = Read(MeasuresCsv.Of(curve));

        lines.Select(line => line["epoch"]).Should().Equal("0", "250");
        foreach ((Dictionary<string, string> line, ProgressMeasures measures) in lines.Zip(curve.Points.Select(point => point.Measures)))
        {
            Number(line["all_loss"]).Should().Be(measures.All.Loss);
            Number(line["train_loss"]).Should().Be(measures.Train!.Value.Loss);
            Number(line["test_accuracy"]).Should().Be(measures.Test!.Value.Accuracy);
            Number(line["restricted_loss"]).Should().Be(measures.Restricted!.Value.Loss);
            Number(line["restricted_test_accuracy"]).Should().Be(measures.RestrictedTest!.Value.Accuracy);
            Number(line["excluded_train_loss"]).Should().Be(measures.ExcludedTrain!.Value.Loss);
            Number(line["excluded_all_frequencies_train_loss"]).Should().Be(measures.ExcludedAllFrequenciesTrain!.Value.Loss);
            Number(line["excluded_loss"]).Should().Be(measures.Excluded!.Value.Loss);
            Number(line["excluded_train_loss_of_5"]).Should().Be(measures.ExcludedTrainByFrequency![5].Loss);
            Number(line["logit_fve"]).Should().Be(measures.LogitFve);
            Number(line["neurons_above_085"]).Should().Be(measures.PureNeurons);
            Number(line["sum_squared_W_E"]).Should().Be(measures.SumSquaredWeightsByTensor["W_E"]);
        }
    }

    [Test]
    public void What_is_absent_is_empty()
    {
        Dictionary<string, string> line = Read(MeasuresCsv.Of(Curve(null)))[0];

        line["train_loss"].Should().BeEmpty();
        line["excluded_train_accuracy"].Should().BeEmpty();
        line["all_loss"].Should().NotBeEmpty();
    }

    private static MeasureCurve Curve(PairSplit? split)
    {
        TransformerWeights weak = PizzaNetwork.Build();
        foreach (ref float value in weak["W_U"])
        {
            value /= 2;
        }

        return MeasureCurve.Measure([0, 250], epoch => epoch == 0 ? weak : PizzaNetwork.Build(), new ModularTask(Prime), split);
    }

    private static Dictionary<string, string>[] Read(string csv)
    {
        string[][] lines = [.. csv.TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        lines.Should().OnlyContain(line => line.Length == lines[0].Length);
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
