using System.Reflection;
using System.Reflection.Emit;
using GrokVerify.Engines;
using GrokVerify.Loop;
using GrokVerify.Model;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunIdentityTests
{
    [Test]
    public void The_key_is_the_hash_of_the_canonical_text()
    {
        var identity = RunIdentity.Of(new TrainingConfig(), new TrainingSchedule(), new PseudoTraining { TrainingAssemblies = [] });

        // sha256sum of {"assemblies":{},"checkpoint_every":250,"config":{"beta1":0.9,"beta2":0.98,"epsilon":1E-08,"label_rule":"sum",
        // "learning_rate":0.001,"loss_precision":"exact","model":{"d_mlp":512,"d_model":128,"heads":4,"prime":113},"seed":0,
        // "train_fraction":0.3,"warm_up_steps":10,"weight_decay":1},"engine":"pseudo","libraries":{},"log_every":50}, without the line breaks.
        identity.Key.Should().Be("1f41739fa02fb4bc121dd1fa7df69576268a3053c46b37e6a34dc3c4e660ee8a");
        identity.FolderName.Should().Be("p113-f0.3-wd1-seed0-pseudo-1f41739fa02fb4bc");
    }

    [Test]
    public void The_same_configuration_has_the_same_key()
    {
        Key(new TrainingConfig()).Should().Be(Key(new TrainingConfig { Model = new TransformerConfig(), WeightDecay = 1.0 }));
    }

    [Test]
    public void A_scale_of_one_is_no_scale() => Key(new TrainingConfig { InitialScale = 1 }).Should().Be(Key(new TrainingConfig()));

    [Test]
    public void Every_property_of_the_configuration_changes_the_key()
    {
        List<string> keys = [Key(new TrainingConfig())];
        foreach (PropertyInfo property in Settable(typeof(TrainingConfig)).Where(property => property.PropertyType != typeof(TransformerConfig)))
        {
            keys.Add(Key(Changed(new TrainingConfig(), property)));
        }

        foreach (PropertyInfo property in Settable(typeof(TransformerConfig)))
        {
            keys.Add(Key(new TrainingConfig { Model = Changed(new TransformerConfig(), property) }));
        }

        keys.Should().OnlyHaveUniqueItems().And.HaveCount(1 + 20 + 6);
    }

    [Test]
    public void Engine_code_libraries_and_grid_change_the_key_but_the_stopping_rule_does_not()
    {
        var schedule = new TrainingSchedule();
        string Of(TrainingSchedule schedule, PseudoTraining engine) => RunIdentity.Of(new TrainingConfig(), schedule, engine).Key;
        var code = new PseudoTraining { TrainingAssemblies = [EmptyAssembly("Engine")] };
        string[] keys =
        [
            Of(schedule, code),
            Of(schedule, new PseudoTraining { TrainingAssemblies = [EmptyAssembly("Engine")] }),
            Of(schedule, new PseudoTraining { TrainingAssemblies = code.TrainingAssemblies, EngineName = "other" }),
            Of(schedule, new PseudoTraining { TrainingAssemblies = code.TrainingAssemblies, LibraryVersions = Version("1.0") }),
            Of(schedule, new PseudoTraining { TrainingAssemblies = code.TrainingAssemblies, LibraryVersions = Version("1.1") }),
            Of(schedule with { LogEvery = 25 }, code),
            Of(schedule with { CheckpointEvery = 500 }, code),
        ];

        keys.Should().OnlyHaveUniqueItems();
        Of(schedule with { Epochs = 7, UntilGrokked = true }, code).Should().Be(keys[0]);
    }

    [Test]
    public void A_folder_is_named_with_letters_digits_and_what_every_system_allows() =>
        (RunIdentity.Of(PseudoTraining.Config, PseudoTraining.Schedule, new PseudoTraining { EngineName = "my engine/2:\u00e4" }).FolderName)
        .Should().MatchRegex("^p5-f0\\.3-wd1-seed0-my_engine_2__-[0-9a-f]{16}$");

    [Test]
    public void A_difference_is_named_with_both_values()
    {
        var ours = RunIdentity.Of(new TrainingConfig { WeightDecay = 0.3 }, new TrainingSchedule(), new PseudoTraining());
        var theirs = RunIdentity.Of(new TrainingConfig(), new TrainingSchedule(), new PseudoTraining());

        ours.DifferenceFrom(theirs).Should().Be("config.weight_decay is 1 there, 0.3 here");
        ours.DifferenceFrom(ours).Should().BeNull();
    }

    private static string Key(TrainingConfig config) => RunIdentity.Of(config, new TrainingSchedule(), new PseudoTraining()).Key;

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.CanWrite);

    private static T Changed<T>(T record, PropertyInfo property)
        where T : class
    {
        object? value = property.GetValue(record);
        property.SetValue(record, value switch
        {
            double number => number + 0.015625,
            int number => number + 1,
            long number => number + 1,
            bool yes => !yes,
            null when property.PropertyType == typeof(double?) => 0.5,
            null when property.PropertyType == typeof(FrequencyDecay) => new FrequencyDecay { Frequencies = [1], WeightDecay = 0.5 },
            null when property.PropertyType == typeof(Grokfast) => new Grokfast { Alpha = 0.98, Lambda = 2 },
            null when property.PropertyType == typeof(Teacher) => new Teacher { Model = new TransformerConfig(), Sha256 = "0" },
            Enum name => Enum.GetValues(property.PropertyType).Cast<object>().First(other => !other.Equals(name)),
            _ => throw new NotSupportedException($"say here how to change {property.Name}, a {property.PropertyType}"),
        });
        return record;
    }

    private static Dictionary<string, string> Version(string version) => new() { ["libtorch"] = version };

    // Each call makes an assembly with a new module version id, as a changed build has.
    private static AssemblyBuilder EmptyAssembly(string name)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(name), AssemblyBuilderAccess.Run);
        assembly.DefineDynamicModule(name);
        return assembly;
    }
}
