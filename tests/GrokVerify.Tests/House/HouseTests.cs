using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using GrokVerify.Claims;
using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Tasks;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace GrokVerify.Tests.House;

/// <summary>The architecture, to be read: what each folder is for, and what it may know. A wrong arrow fails with the sentence that it breaks.</summary>
[Category("Fast")]
public class HouseTests
{
    private static readonly Architecture House = new ArchLoader()
        .LoadAssemblies(typeof(ModularTask).Assembly, typeof(ExactEngineFactory).Assembly, typeof(ExactGpuEngineFactory).Assembly, typeof(ClaimCatalog).Assembly)
        .Build();

    /// <summary>Every folder of the libraries, lowest first: its namespace without "GrokVerify.", those it may know, and why not more.</summary>
    private static readonly (string Folder, string[] MayKnow, string Because)[] Floors =
    [
        ("Tasks", [], "the task, its pairs and their split are given before there is a network"),
        ("Model", ["Tasks"], "a network has a shape, weights and a forward pass, but knows nothing of being trained"),
        ("LibTorch", [], "finding and loading the native libraries is independent of what is computed with them"),
        ("Engines", ["Tasks", "Model"], "an engine does one step: when to log, to stop and where to keep it is not its business"),
        ("Loop", ["Tasks", "Model", "Engines"], "the loop drives any engine along a schedule, and does not know where its log goes"),
        ("Exact", ["Tasks", "Model", "Engines"], "the exact engine is an engine: it knows neither runs nor analysis"),
        ("Numerics", [], "float64 algebra knows nobody"),
        ("Formats", [], "file formats know neither runs nor networks"),
        ("Runs", ["Tasks", "Model", "Engines", "Loop", "Formats"], "a run is what training left on disk, measured by nobody yet"),
        ("ForwardPass", ["Model", "LibTorch", "Numerics"], "what a network computes on all pairs depends on its weights alone; several layers are computed through libtorch"),
        ("Networks", ["Tasks", "Model", "Engines", "Loop", "Formats", "Runs", "ForwardPass"], "networks that others trained are read and written here, with what their attention departs from the paper's in, and judged elsewhere"),
        ("Fourier", ["Tasks", "Model", "Numerics", "ForwardPass"], "spectra are taken of logits, activations and weights, whatever is concluded from them"),
        ("Measures", ["Tasks", "Model", "Engines", "Loop", "Numerics", "ForwardPass", "Fourier"], "a progress measure is a number of a network, or of its curve: no claim"),
        ("Ablations", ["Tasks", "Model", "Engines", "Numerics", "ForwardPass", "Fourier", "Measures"], "an ablation is a loss with a part replaced: no claim"),
        ("ByHand", ["Tasks", "Model", "Engines", "Numerics", "Fourier", "Measures"], "a network that is written down is measured like any other"),
        ("Analysis", ["Tasks", "Model", "Engines", "Loop", "Numerics", "ForwardPass", "Fourier", "Measures", "Ablations"], "an analysis tells what was measured, and judges nothing"),
        ("Judging", ["Tasks", "Model", "Engines", "Loop", "Formats", "Numerics", "ForwardPass", "Runs", "Networks", "Fourier", "Measures", "Ablations", "Analysis"], "how claims are judged is the same for all, and knows none of them"),
        ("Claims", ["Tasks", "Model", "Engines", "Loop", "Formats", "Numerics", "Runs", "Fourier", "Measures", "Ablations", "ByHand", "Judging"], "a claim knows all that it is about, and nobody who asks for it"),
        ("Expectations", ["Tasks", "Model", "Formats", "LibTorch", "Networks", "Fourier", "Judging", "Claims"], "what claims came to is held against what they come to now, whatever they are"),
    ];

    private static IEnumerable<TestCaseData> Folders =>
        Floors.Select(floor => new TestCaseData(floor.Folder, floor.MayKnow, floor.Because).SetArgDisplayNames(floor.Folder));

    [TestCaseSource(nameof(Folders))]
    public void A_folder_knows_only_what_it_may(string folder, string[] mayKnow, string because)
    {
        foreach ((string other, _, _) in Floors.Where(floor => floor.Folder != folder && !mayKnow.Contains(floor.Folder)))
        {
            Apart(folder, other, because).Check(House);
        }
    }

    [Test]
    public void A_folder_knows_only_folders_below_it()
    {
        string[] order = [.. Floors.Select(floor => floor.Folder)];

        Floors.SelectMany((floor, index) => floor.MayKnow.Where(known => Array.IndexOf(order, known) is var at && (at < 0 || at >= index))).Should().BeEmpty("there is no way back, so there are no cycles");
    }

    [Test]
    public void Every_type_lives_in_a_folder_of_this_list() =>
        House.Types.Where(type => type.Namespace.FullName.StartsWith("GrokVerify", StringComparison.Ordinal))
            .Select(type => type.Namespace.FullName)
            .Where(name => !Floors.Any(floor => name == $"GrokVerify.{floor.Folder}" || name.StartsWith($"GrokVerify.{floor.Folder}.", StringComparison.Ordinal)))
            .Distinct().Should().BeEmpty("a newcomer finds every folder in the list above");

    [Test]
    public void Vectors_are_used_where_sums_have_a_fixed_order() =>
        Users("System.Runtime.Intrinsics.")
            .Where(user => !user.StartsWith("GrokVerify.Exact.", StringComparison.Ordinal) && !user.StartsWith("GrokVerify.Numerics.", StringComparison.Ordinal))
            .Should().Equal(["GrokVerify.Runs.Processor"], "vectors belong to the exact engine and to float64 algebra; a run's provenance alone asks which ones there are");

    [Test]
    public void Unsafe_code_lives_in_the_exact_engine_and_in_what_lays_its_memory_out_on_a_GPU() =>
        Directory.EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot(), "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).Should().BeEquivalentTo("GrokVerify.Exact", "GrokVerify.Exact.Gpu");

    [Test]
    public void The_library_never_touches_the_console() => Users("System.Console").Should().BeEmpty("the library reports through IProgress; the command line prints");

    [Test]
    public void The_library_starts_no_process_but_to_ask_a_Mac_for_its_processor()
    {
        Callers("System.Diagnostics.Process::Start").Should().OnlyContain(caller => caller.Contains("GrokVerify.Runs.CommandOutput"), "a program that hangs would delay every start").And.NotBeEmpty();
        Callers("GrokVerify.Runs.CommandOutput::Read").Should().OnlyContain(caller => caller.Contains("GrokVerify.Runs.Processor::ReadMacModel")).And.NotBeEmpty();
    }

    [Test]
    public void The_library_does_not_read_the_environment() =>
        Callers("System.Environment::GetEnvironmentVariable").Should().BeEmpty("variables are read by tools and tests, which give options to the library");

    [Test]
    public void What_is_public_is_what_a_reader_of_the_README_needs()
    {
        IType[] exported = [.. House.Types.Where(type => type.Visibility == Visibility.Public && type.FullName.StartsWith("GrokVerify.", StringComparison.Ordinal))];

        exported.Length.Should().BeLessThanOrEqualTo(95, "it is a small library");
        exported.Where(type => type.Namespace.FullName is "GrokVerify.Claims").Select(type => type.Name)
            .Should().BeEquivalentTo(["ClaimCatalog", "NetworkCheck"], "a claim is reached through the catalogue");
        exported.Where(type => type.Namespace.FullName is "GrokVerify.Numerics" or "GrokVerify.ForwardPass").Should().BeEmpty("algebra is how, not what");
    }

    [Test]
    public void A_wrong_arrow_is_noticed_and_told_with_its_sentence()
    {
        TypesShouldConjunctionWithDescription wrong = Apart("Runs", "Formats", "a sentence");

        wrong.Description.Should().EndWith("because a sentence");
        wrong.Evaluate(House).Where(result => !result.Passed).Select(result => result.Description).Should().Contain(text => text.StartsWith("GrokVerify.Runs.RunTrainer"));
        Users("System.IO.File").Should().Contain("GrokVerify.Formats.AtomicFile");
        Callers("System.IO.File::Move").Should().Contain(caller => caller.Contains("AtomicFile"));
    }

    private static TypesShouldConjunctionWithDescription Apart(string folder, string other, string because) => Types().That().ResideInNamespaceMatching(Below(folder))
        .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(Below(other))).Because(because);

    /// <summary>Our types that use a type whose full name begins so.</summary>
    private static IEnumerable<string> Users(string beginning) => House.Types
        .Where(type => type.FullName.StartsWith("GrokVerify.", StringComparison.Ordinal) && type.Dependencies.Any(used => used.Target.FullName.StartsWith(beginning, StringComparison.Ordinal)))
        .Select(type => type.FullName);

    /// <summary>Our methods that call one whose full name holds this.</summary>
    private static IEnumerable<string> Callers(string called) => House.MethodMembers
        .Where(method => method.MemberDependencies.OfType<MethodCallDependency>().Any(call => call.TargetMember.FullName.Contains(called, StringComparison.Ordinal)))
        .Select(method => method.FullName);

    private static string Below(string folder) => $@"^GrokVerify\.{folder}(\.|$)";
}
