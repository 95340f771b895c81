using GrokVerify.Ablations;
using GrokVerify.Cli.Reproduction;
using GrokVerify.Engines;
using GrokVerify.Fourier;
using GrokVerify.Measures;
using GrokVerify.Model;
using GrokVerify.Tasks;

namespace GrokVerify.Tests.CommandLine;

[Category("Fast")]
public class PublishedMainlineTests
{
    [Test]
    public void Stands_beside_the_papers_setting_of_any_seed_only()
    {
        PublishedMainline.IsSettingOf(new TrainingConfig { Seed = 5 }).Should().BeTrue();
        PublishedMainline.IsSettingOf(new TrainingConfig { WeightDecay = 0.3 }).Should().BeFalse();
        PublishedMainline.IsSettingOf(new TrainingConfig { TrainFraction = 0.4 }).Should().BeFalse();
        PublishedMainline.IsSettingOf(new TrainingConfig { Model = new TransformerConfig { Prime = 59 } }).Should().BeFalse();
        PublishedMainline.IsSettingOf(new TrainingConfig { LabelRule = LabelRule.Shuffled }).Should().BeFalse();
    }

    [Test]
    public void Has_ablations_that_are_made()
    {
        var config = new TransformerConfig { Prime = 7, DModel = 8, Heads = 2, DMlp = 8 };
        var network = new NetworkSpectra(WeightInitializer.Initialize(config, 0), new ModularTask(7));
        IEnumerable<Ablation> ablations = AblationTable.Evaluate(network, ProgressMeasures.Measure(network, network.KeyFrequencies, null)).Keys.Union(AblationTable.NeedKeyFrequencies);

        PublishedMainline.Ablations.Keys.Should().BeSubsetOf(ablations);
    }
}
