using GrokVerify.Claims;
using GrokVerify.Engines;
using GrokVerify.Judging;
using GrokVerify.Loop;
using GrokVerify.Runs;
using GrokVerify.Tests.Runs;

namespace GrokVerify.Tests.House;

/// <summary>Every name of a file or folder that is made here can be made on Windows and macOS, too.</summary>
[Category("Fast")]
public class PortablePathTests
{
    /// <summary>What Windows refuses, or reads as something else; Path.GetInvalidFileNameChars tells of this system alone.</summary>
    private static readonly char[] Refused = [.. "<>:\"/\\|?*", .. Enumerable.Range(0, 32).Select(code => (char)code)];
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })];
    private static readonly string Root = ReferenceData.RepositoryRoot();

    [Test]
    public void Evidence_lies_in_folders_that_every_system_can_make() =>
        ClaimCatalog.All.Select(claim => claim.Id)
            .Concat(Plans.Select(plan => EvidenceFiles.FolderName(plan.Name)))
            .Concat(Enum.GetValues<Control>().Select(control => EvidenceFiles.FolderName($"seed 0, {control}")))
            .Should().NotBeEmpty().And.OnlyContain(name => IsPortable(name));

    [Test]
    public void Runs_lie_in_folders_that_every_system_can_make() =>
        Plans.Select(plan => RunIdentity.Of(plan.Config, plan.Schedule, new PseudoTraining()).FolderName).Should().OnlyContain(name => IsPortable(name));

    /// <summary>On a file system that takes upper and lower case for the same, two names would be one file.</summary>
    [Test]
    public void Files_of_the_repository_have_names_that_every_system_tells_apart()
    {
        string[] files =
        [
            .. new[] { "src", "tests", "tools", "golden", "docs", ".github" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj")),
        ];

        files.Where(file => !file.Split('/').All(IsPortable)).Should().BeEmpty();
        files.GroupBy(file => file, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1).SelectMany(alike => alike).Should().BeEmpty();
        files.Where(file => file.Length > 140).Should().BeEmpty("Windows takes 260 characters, the folder of the repository among them");
    }

    [TestCase("a:b")]
    [TestCase("a*")]
    [TestCase("nul")]
    [TestCase("COM1.csv")]
    [TestCase("a.")]
    [TestCase("a ")]
    [TestCase("")]
    public void A_name_that_Windows_refuses_is_noticed(string name) => IsPortable(name).Should().BeFalse();

    /// <summary>Every run that a claim about a family plans, at both scales, and the mainline's.</summary>
    private static IEnumerable<PlannedRun> Plans =>
        ClaimCatalog.SweepsAt(SweepScale.Small, 0).Concat(ClaimCatalog.SweepsAt(SweepScale.Paper, 0)).SelectMany(claim => claim.Plan).Append(Mainline.Plan(0)).Append(new PlannedRun("fork", new TrainingConfig { Seed = -1, WeightDecay = 1e-7 }, new TrainingSchedule()));

    private static bool IsPortable(string name) =>
        name.Length > 0 && name.IndexOfAny(Refused) < 0 && name[^1] is not ('.' or ' ') && !Reserved.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
