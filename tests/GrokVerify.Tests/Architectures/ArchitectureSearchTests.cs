using GrokVerify.Architectures;
using GrokVerify.Engines;
using GrokVerify.Exact;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Architectures;

[Category("Fast")]
public class ArchitectureSearchTests
{
    private const int Epochs = 150;

    /// <summary>One of each architecture, of a size that trains in a fraction of a second.</summary>
    private static readonly ArchitectureTrial[] Budget =
    [
        .. Enum.GetValues<Architecture>().Select(architecture => new ArchitectureTrial(
            architecture,
            new TrainingConfig { Model = new TransformerConfig { Prime = 7, DModel = 8, Heads = 2, DMlp = architecture is Architecture.AttentionOnly ? CutMlp.Neurons : 16 }, TrainFraction = 0.6 },
            Epochs)),
    ];

    private string _folder = "";

    private string Table => Path.Combine(_folder, "table.csv");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("grokverify-search-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_architecture_is_trained_to_its_horizon_and_kept_in_the_table()
    {
        Search().Run(Budget, 2);

        IReadOnlyList<TrialOutcome> read = SearchTable.Read(Table, Budget);
        read.Select(outcome => outcome.Trial).Should().Equal(Budget);
        read.Should().OnlyContain(outcome => outcome.Epoch == Epochs && outcome.TrainAccuracy > 1.0 / 7 && outcome.SpectralContrast >= 1);
        read.Where(outcome => outcome.Heads is not null).Select(outcome => outcome.Trial.Architecture).Should().Equal(Architecture.OneLayer, Architecture.AttentionOnly);
    }

    [Test]
    public void What_is_written_is_what_is_read()
    {
        ArchitectureSearch search = Search();
        search.Run(Budget[..2], 1);

        SearchTable.Render(SearchTable.Read(Table, Budget)).Should().Be(File.ReadAllText(Table));
        SearchTable.Read(Table, Budget).Should().BeEquivalentTo(search.Outcomes);
    }

    [Test]
    public void A_search_goes_on_with_the_trials_that_its_table_lacks()
    {
        Search().Run(Budget[1..2], 1);
        var trained = new List<string>();

        Search().Run(Budget, 1, new Told(outcome => trained.Add(outcome.Trial.Name)));

        trained.Should().Equal(Budget[0].Name, Budget[2].Name, Budget[3].Name);
        SearchTable.Read(Table, Budget).Should().HaveCount(4);
    }

    [Test]
    public void One_layer_ends_in_the_same_row_every_time()
    {
        Search().Run(Budget[..2], 2);
        string first = File.ReadAllText(Table);
        File.Delete(Table);

        Search().Run(Budget[..2], 1);

        File.ReadAllText(Table).Should().Be(first);
    }

    [Test]
    public void A_cancelled_search_keeps_the_trials_that_are_done()
    {
        using var source = new CancellationTokenSource();

        FluentActions.Invoking(() => Search().Run(Budget, 1, new Told(_ => source.Cancel()), source.Token)).Should().Throw<OperationCanceledException>();

        SearchTable.Read(Table, Budget).Should().ContainSingle().Which.Trial.Should().Be(Budget[0]);
    }

    [TestCase("trial\n", "*line 1 does not name the columns*")]
    [TestCase("{header}\none,two\n", "*line 2 has 2 cells*delete the line*")]
    [TestCase("{header}\n{row},\n", "*line 2 has 24 cells*")]
    [TestCase("{header}\nx{row}\n", "*line 2 is of xone-layer-p7*which the budget does not have*")]
    [TestCase("{header}\n{row with a word for its epoch}\n", "*line 2: *delete the line to train its trial again*")]
    public void A_table_that_cannot_be_read_is_refused_with_its_line(string text, string message)
    {
        Search().Run(Budget[..1], 1);
        string[] lines = File.ReadAllText(Table).Split('\n');
        File.WriteAllText(Table, text.Replace("{header}", lines[0], StringComparison.Ordinal).Replace("{row}", lines[1], StringComparison.Ordinal)
            .Replace("{row with a word for its epoch}", lines[1].Replace($",{Epochs},{Epochs},", $",{Epochs},many,", StringComparison.Ordinal), StringComparison.Ordinal));

        FluentActions.Invoking(Search).Should().Throw<RunFormatException>().WithMessage(message).WithMessage($"{Table}: *");
    }

    [Test]
    public void A_trial_ends_after_it_has_generalized_and_settled()
    {
        // Generalizes at epoch 1,300, in the engine's bits: a second of training.
        var trial = new ArchitectureTrial(
            Architecture.OneLayer,
            new TrainingConfig { Model = new TransformerConfig { Prime = 11, DModel = 64, Heads = 4, DMlp = 256 }, TrainFraction = 0.8, WeightDecay = 2 },
            10_000);

        TrialOutcome outcome = TrialTrainer.Train(trial, new ExactEngineFactory(1));

        outcome.Generalized.Should().NotBeNull().And.BeLessThan(10_000 - TrialTrainer.SettlingEpochs);
        outcome.Epoch.Should().Be(outcome.Generalized + TrialTrainer.SettlingEpochs);
        outcome.BestTestAccuracy.Should().BeGreaterThanOrEqualTo(TrialOutcome.High);
    }

    private ArchitectureSearch Search() => new(Budget, Table, new ExactEngineFactory(1));

    private sealed class Told(Action<TrialOutcome> tell) : IProgress<TrialOutcome>
    {
        public void Report(TrialOutcome value) => tell(value);
    }
}
