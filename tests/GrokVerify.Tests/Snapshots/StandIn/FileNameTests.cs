using System.Reflection;
using System.Runtime.InteropServices;
using OfflineVerify.Naming;

namespace GrokVerify.Tests.Snapshots.StandIn;

[Category("Fast")]
[NonParallelizable]
public class FileNameTests
{
    private static readonly Assembly OneFramework = typeof(FileNameTests).Assembly;

    private static readonly Assembly NothingKnown = typeof(int).Assembly;

    private static readonly string Runtime = $".DotNet{Environment.Version.Major}_{Environment.Version.Minor}";

    private static readonly string Architecture = "." + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static IEnumerable<TestCaseData> Names()
    {
        yield return Case("Fixture.Test", _ => { });
        yield return Case("Mine.Test", settings => settings.UseTypeName("Mine"));
        yield return Case("Fixture.Mine", settings => settings.UseMethodName("Mine"));
        yield return Case("mine", settings => settings.UseFileName("mine"));
        yield return Case("Fixture.Test_p=113_rule=a-b#c", settings => settings.UseParameters(113, "a/b#c"));
        yield return Case("Fixture.Test_p=null_rule=0.5", settings => settings.UseParameters(null, 0.5));
        yield return Case("Fixture.Test_p=1,2_rule=True", settings => settings.UseParameters(new[] { 1, 2 }, true));
        yield return Case("Fixture.Test_p=[]_rule=[1,2],[3],[]", settings => settings.UseParameters(Array.Empty<int>(), new[] { [1, 2], [3], Array.Empty<int>() }));
        yield return Case("Fixture.Test_mine", settings => settings.UseTextForParameters("mine"));
        yield return Case("Fixture.Test" + Architecture, settings => settings.UniqueForArchitecture());
        yield return Case("Fixture.Test" + Architecture + Runtime, settings =>
        {
            settings.UniqueForRuntimeAndVersion();
            settings.UniqueForArchitecture();
        });
    }

    [TestCaseSource(nameof(Names))]
    public void Test_settings_and_parameters_make_the_name(string prefix, Action<VerifySettings> change)
    {
        using var fresh = new FreshSettings();
        var settings = new VerifySettings();
        change(settings);

        FilePair file = Files(settings, OneFramework).For(new Target("csv", ""), null);

        Path.GetFileName(file.VerifiedPath).Should().Be(prefix + ".verified.csv");
        Path.GetFileName(file.ReceivedPath).Should().Be(prefix + ".received.csv");
    }

    private static IEnumerable<TestCaseData> NamesOfSharedFiles()
    {
        yield return Case("Fixture.Test", settings => settings.IgnoreParametersForVerified());
        yield return Case("Fixture.Test", settings => settings.IgnoreParameters());
        yield return Case("Fixture.Test_p=113", settings => settings.IgnoreParameters("rule"));
        yield return Case("Fixture.Test_rule=a", settings => settings.IgnoreParameters("p"));
    }

    [TestCaseSource(nameof(NamesOfSharedFiles))]
    public void Cases_can_share_a_verified_file_and_keep_received_files_of_their_own(string prefix, Action<VerifySettings> ignore)
    {
        using var fresh = new FreshSettings();
        var settings = new VerifySettings();
        settings.UseParameters(113, "a");
        ignore(settings);

        FilePair file = Files(settings, OneFramework).For(new Target("csv", ""), null);

        Path.GetFileName(file.VerifiedPath).Should().Be(prefix + ".verified.csv");
        Path.GetFileName(file.ReceivedPath).Should().Be("Fixture.Test_p=113_rule=a.received.csv");
    }

    [Test]
    public void A_parameter_that_does_not_exist_cannot_be_ignored()
    {
        using var fresh = new FreshSettings();
        var settings = new VerifySettings();
        settings.UseParameters(113, "a");
        settings.IgnoreParameters("rule", "seed");

        ((Action)(() => Files(settings, OneFramework))).Should().Throw<InvalidOperationException>().WithMessage(
            "Some of the ignored parameter names (rule, seed) do not exist in the test method parameters (p, rule).");
    }

    [Test]
    public void Received_files_name_the_runtime_where_several_frameworks_may_run()
    {
        using var fresh = new FreshSettings();

        FilePair file = Files(new VerifySettings(), NothingKnown).For(new Target("csv", ""), null);

        Path.GetFileName(file.VerifiedPath).Should().Be("Fixture.Test.verified.csv");
        Path.GetFileName(file.ReceivedPath).Should().Be($"Fixture.Test{Runtime}.received.csv");
    }

    [Test]
    public void An_empty_type_name_leaves_the_method_alone()
    {
        using var fresh = new FreshSettings();

        FilePair file = Files(new VerifySettings(), OneFramework, new PathInfo(Path.GetTempPath(), "", "Mine")).For(new Target("csv", ""), null);

        file.VerifiedPath.Should().Be(Path.Combine(Path.GetTempPath(), "Mine.verified.csv"));
    }

    [Test]
    public void A_parameter_that_Verify_formats_by_rules_of_its_own_is_refused()
    {
        using var fresh = new FreshSettings();
        var settings = new VerifySettings();
        settings.UseParameters(DateTime.UnixEpoch);

        ((Action)(() => Files(settings, OneFramework))).Should().Throw<NotSupportedException>().WithMessage("*DateTime*UseTextForParameters*");
    }

    [Test]
    public void More_values_than_parameters_are_refused()
    {
        using var fresh = new FreshSettings();
        var settings = new VerifySettings();
        settings.UseParameters(1, 2, 3);

        ((Action)(() => Files(settings, OneFramework))).Should().Throw<InvalidOperationException>().WithMessage("*(3) must not exceed*(2)*");
    }

    private static TestCaseData Case(string prefix, Action<VerifySettings> change) =>
        new TestCaseData(prefix, change).SetArgDisplayNames(prefix);

    private static SnapshotFiles Files(VerifySettings settings, Assembly testAssembly, PathInfo pathInfo = default)
    {
        string source = Path.Combine(Path.GetTempPath(), "grokverify-snapshots", "Source.cs");
        return SnapshotFiles.Prepare(new SnapshotIdentity(source, "Fixture", "Test", ["p", "rule"], pathInfo, testAssembly), settings);
    }
}
