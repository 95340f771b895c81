using System.Text.Json.Nodes;
using GrokVerify.Engines;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunFormatTests : RunFolderTests
{
    [SetUp]
    public void TrainShortly() => Train(Folder, 20);

    [TestCase("\"format\": 1", "\"format\": 2", "has format 2, this version reads format 1")]
    [TestCase("\"format\": 1,", "", "has no format number")]
    [TestCase("\"weight_decay\": 1,", "", "weight_decay")]
    [TestCase("\"weight_decay\": 1,", "\"weight_decay\": 1, \"weight_decay\": 1,", "weight_decay")]
    [TestCase("\"weight_decay\": 1,", "\"weight_decay\": 2,", "was edited")]
    [TestCase("\"weight_decay\": 1,", "\"weight_decay\": -2,", "weight decay = -2 is out of range")]
    [TestCase("\"weight_decay\": 1,", "\"weight_decay\": 1, \"colour\": 3,", "colour")]
    [TestCase("\"status\": \"complete\"", "\"status\": \"well\"", "status")]
    [TestCase("\"status\": \"complete\"", "\"status\": 2", "status")]
    [TestCase("\"log_every\": 5", "\"log_every\": 10", "was edited|contradicts itself")]
    [TestCase("\"prime\": 5", "\"prime\": 6", "p = 6 is even")]
    public void A_malformed_run_json_is_one_clear_error(string sound, string broken, string problem)
    {
        Break(text => text.IndexOf(sound, StringComparison.Ordinal), sound, broken);

        Func<TrainingRun> open = () => TrainingRun.Open(Folder);

        open.Should().Throw<RunFormatException>().Which.Message.Should()
            .MatchRegex($"run\\.json: .*({problem})").And.Contain("; restore it from a copy, or delete the run folder").And.NotContain("\n");
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[1]")]
    public void A_run_json_that_is_no_object_is_one_clear_error(string text)
    {
        File.WriteAllText(In("run.json"), text);

        Func<TrainingRun> open = () => TrainingRun.Open(Folder);

        open.Should().Throw<RunFormatException>().WithMessage("*run.json: *");
    }

    [TestCase("epoch,loss\n", "line 1")]
    [TestCase("{0}0,1,2,3,4\n", "line 2")]
    [TestCase("{0}0,1,2,3,4,x\n", "line 2")]
    [TestCase("{0}0,1,2,3,4,NaN\n", "line 2")]
    [TestCase("{0}0,1,2,3,4,5\n0,1,2,3,4,5\n", "line 3 has epoch 0 after 0")]
    [TestCase("{0}0,1,2,3,4,5\n\n", "line 3")]
    public void A_malformed_row_is_an_error_that_names_its_line(string text, string problem)
    {
        string header = File.ReadLines(In("metrics.csv")).First() + "\n";
        File.WriteAllText(In("metrics.csv"), text.Replace("{0}", header, StringComparison.Ordinal));

        Func<TrainingRun> open = () => TrainingRun.Open(Folder);

        open.Should().Throw<RunFormatException>().WithMessage($"*metrics.csv: {problem}*; restore the file from a copy*");
    }

    [Test]
    public void Numbers_keep_all_their_digits()
    {
        var run = TrainingRun.Open(Folder);

        run.Rows[^1].SumSquaredWeights.Should().Be(run.ReadCheckpoint(20).Weights.SumOfSquares());
        File.ReadLines(In("metrics.csv")).First().Should().Be("epoch,train_loss,test_loss,train_accuracy,test_accuracy,sum_squared_weights");
    }

    /// <summary>Runs that were stored before these settings existed have neither, and are read as they are: see golden/checkpoints/p31.</summary>
    [Test]
    public void Settings_that_few_runs_have_are_written_where_they_are_set()
    {
        TrainingConfig config = PseudoTraining.Config with { InitialScale = 0.8, ConstantNorm = true, WrongLabels = 0.25, KeepZeros = true };
        TrainingConfig decaying = PseudoTraining.Config with { FrequencyDecay = new() { Frequencies = [2, 1], WeightDecay = 0.5 } };

        TrainingConfig amplified = PseudoTraining.Config with { Grokfast = new() { Alpha = 0.98, Lambda = 2 } };
        TrainingConfig perpendicular = PseudoTraining.Config with { PerpendicularGradient = true, SwappedPairs = true, LossForm = LossForm.StableMax };

        TrainingRun run = new RunTrainer().Train(In("special"), config, PseudoTraining.Schedule with { Epochs = 20 }, new PseudoTraining());

        TrainingRun.Open(run.Folder).Config.Should().Be(config);
        run.ReadCheckpoint(20).Weights.Config.Should().Be(config.Model);
        File.ReadAllText(In("special/run.json")).Should().Contain("\"initial_scale\": 0.8").And.Contain("\"constant_norm\": true").And.Contain("\"wrong_labels\": 0.25").And.Contain("\"keep_zeros\": true");
        File.ReadAllText(In("run.json")).Should().NotContain("initial_scale").And.NotContain("constant_norm").And.NotContain("frequency_decay").And.NotContain("wrong_labels").And.NotContain("keep_zeros").And.NotContain("grokfast").And.NotContain("perpendicular").And.NotContain("swapped");

        new RunTrainer().Train(In("decaying"), decaying, PseudoTraining.Schedule with { Epochs = 20 }, new PseudoTraining());
        TrainingRun.Open(In("decaying")).Config.Should().Be(decaying).And.NotBe(decaying with { FrequencyDecay = new() { Frequencies = [2], WeightDecay = 0.5 } });
        foreach ((string folder, TrainingConfig other) in new[] { ("amplified", amplified), ("perpendicular", perpendicular) })
        {
            new RunTrainer().Train(In(folder), other, PseudoTraining.Schedule with { Epochs = 20 }, new PseudoTraining());
            TrainingRun.Open(In(folder)).Config.Should().Be(other);
        }
    }

    [TestCase(2, false)]
    [TestCase(1, true)]
    [TestCase(4, true)]
    public void An_architecture_is_written_where_it_is_not_the_papers(int layers, bool attentionOnly)
    {
        TrainingConfig config = PseudoTraining.Config with { Model = PseudoTraining.Config.Model with { Layers = layers, AttentionOnly = attentionOnly } };

        TrainingRun run = new RunTrainer().Train(In("special"), config, PseudoTraining.Schedule with { Epochs = 20 }, new PseudoTraining());

        TrainingRun.Open(run.Folder).Config.Should().Be(config);
        run.ReadCheckpoint(20).Weights.Config.Should().Be(config.Model);
        File.ReadAllText(In("special/run.json")).Contains($"\"layers\": {layers}", StringComparison.Ordinal).Should().Be(layers > 1);
        File.ReadAllText(In("special/run.json")).Contains("\"attention_only\": true", StringComparison.Ordinal).Should().Be(attentionOnly);
        File.ReadAllText(In("run.json")).Should().NotContain("layers").And.NotContain("attention_only").And.NotContain("epochs_after_generalization");
        TrainingRun.Open(Folder).Config.Model.Layers.Should().Be(1);
    }

    [Test]
    public void A_folder_that_is_no_run_is_named_as_such()
    {
        Func<TrainingRun> open = () => TrainingRun.Open(In("checkpoints"));

        open.Should().Throw<RunFormatException>().WithMessage("*checkpoints: is not a run folder, it has no run.json; *");
    }

    /// <summary>Of the two places, the schedule's alone.</summary>
    [TestCase("\"log_every\": 5", "\"log_every\": 10", "contradicts itself: schedule and identity")]
    [TestCase("\"checkpoint_every\": 20", "\"checkpoint_every\": 40", "contradicts itself: schedule and identity")]
    [TestCase("\"epochs\": 20", "\"epochs\": -1", "epochs = -1 is out of range")]
    [TestCase("\"engine\": \"pseudo\"", "\"engine\": null", "cannot be understood: ")]
    public void A_schedule_or_a_name_that_cannot_be_is_one_clear_error(string sound, string broken, string problem)
    {
        Break(text => text.LastIndexOf(sound, StringComparison.Ordinal), sound, broken);

        Func<TrainingRun> open = () => TrainingRun.Open(Folder);

        open.Should().Throw<RunFormatException>().Which.Message.Should().Contain("run.json: ").And.Contain(problem).And.NotContain(".;");
    }

    [Test]
    public void A_run_that_nothing_trained_is_refused()
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(In("run.json")))!;
        json["sessions"] = new JsonArray();
        File.WriteAllText(In("run.json"), json.ToJsonString());

        Func<TrainingRun> open = () => TrainingRun.Open(Folder);

        open.Should().Throw<RunFormatException>().WithMessage("*run.json: names no session that trained; *");
    }

    /// <summary>A folder in the place of a file cannot be read by anyone.</summary>
    [TestCase("run.json")]
    [TestCase("metrics.csv")]
    public void A_file_that_cannot_be_read_is_one_clear_error(string name)
    {
        File.Delete(In(name));
        Directory.CreateDirectory(In(name));

        Action open = () => _ = TrainingRun.Open(Folder).Rows;

        open.Should().Throw<RunFormatException>().Which.Message.Should().Contain($"{name}: cannot be read: ").And.Contain("; check its permissions").And.NotContain(".;");
    }

    [Test]
    public void Runs_are_listed_by_name_and_a_store_that_is_not_there_has_none()
    {
        foreach (string name in new[] { "b", "d", "a", "c" })
        {
            Train(In($"store/{name}"), 20);
        }

        new RunStore(In("store")).List().Select(run => Path.GetFileName(run.Folder)).Should().Equal("a", "b", "c", "d");
        new RunStore(In("none")).List().Should().BeEmpty();
    }

    [Test]
    public void A_malformed_run_does_not_hide_the_others_of_a_store()
    {
        Train(In("store/a"), 20);
        Train(In("store/b"), 20);
        Directory.CreateDirectory(In("store/c"));
        File.WriteAllText(In("store/a/run.json"), "{");

        new RunStore(In("store")).List().Should().ContainSingle().Which.Folder.Should().EndWith("b");
    }

    private void Break(Func<string, int> find, string sound, string broken)
    {
        string text = File.ReadAllText(In("run.json"));
        text.Should().Contain(sound);
        int at = find(text);
        File.WriteAllText(In("run.json"), text[..at] + broken + text[(at + sound.Length)..]);
    }
}
