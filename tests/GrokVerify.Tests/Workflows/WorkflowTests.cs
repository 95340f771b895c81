using YamlDotNet.RepresentationModel;

namespace GrokVerify.Tests.Workflows;

/// <summary>Workflows cannot be run here. What they name exists, and each rule that says so finds what breaks it.</summary>
[Category("Fast")]
public class WorkflowTests
{
    private const string Ci = ".github/workflows/ci.yml";
    private const string Nightly = ".github/workflows/nightly.yml";
    private const string Action = ".github/actions/keep-results/action.yml";
    private static readonly string Root = ReferenceData.RepositoryRoot();

    private static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(Root, ".github"), "*.yml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [Test]
    public void The_workflows_are_those_that_this_test_knows() => Files.Should().Equal(Action, Ci, Nightly);

    [TestCaseSource(nameof(Files))]
    public void What_a_workflow_names_exists(string path) => WorkflowRules.Problems(new WorkflowFile(path, Read(path))).Should().BeEmpty();

    [TestCase(Ci, "needs: guard", "needs: gone", "default-tier: needs gone, which is no job")]
    [TestCase(Ci, "os: [ubuntu-22.04", "image: [ubuntu-22.04", "default-tier: there is no matrix.os")]
    [TestCase(Ci, "steps.runs.outputs", "steps.gone.outputs", "default-tier: there is no steps.gone")]
    [TestCase(Ci, "timeout-minutes: 60", "timeout-minute: 60", "default-tier: has no timeout-minutes")]
    [TestCase(Ci, "timeout-minutes: 60", "timeout-minute: 60", "default-tier: timeout-minute is no key of a job")]
    [TestCase(Ci, "contents: read", "contents: write", "may write")]
    [TestCase(Ci, "permissions:\n  contents: read", "env:\n  A: b", "has no permissions, so it would have the repository's")]
    [TestCase(Ci, "timeout-minutes: 60", "timeout-minutes: 60\n    permissions:\n      contents: write", "default-tier: has permissions of its own")]
    [TestCase(Ci, "run: .ci/run", "run: .ci/gone", "default-tier: .ci/gone: there is no .ci/gone")]
    [TestCase(Ci, "TestCategory=Golden\"", "TestCategory=Gone\"", "no test has the category Gone")]
    [TestCase(Ci, "\"TestCategory=Fast|TestCategory=Golden\"", "FullyQualifiedName~GoneTests", "no test is called GoneTests")]
    [TestCase(Ci, "dotnet test --no-build --filter", "dotnet test --no-biuld --filter", "--no-biuld is no option of dotnet that is used here")]
    [TestCase(Ci, "dotnet test --no-build --filter", "dotnet test tests/Gone --no-build --filter", "tests/Gone is no project")]
    [TestCase(Ci, "'src/GrokVerify.Exact/**'", "'src/Gone/**'", "no file matches src/Gone/**")]
    [TestCase(Ci, "global-json-file: global.json", "global-json-file: gone.json", "there is no gone.json")]
    [TestCase(Ci, "actions/checkout@v5", "actions/checkout", "actions/checkout: has no version")]
    [TestCase(Ci, "uses: ./.github/actions/keep-results", "uses: ./.github/actions/gone", "there is no .github/actions/gone/action.yml")]
    [TestCase(Ci, "trained: 'false'", "gone: 'false'", "./.github/actions/keep-results: has no input gone")]
    [TestCase(Ci, "name: default-tier-${{ matrix.os }}", "trained: 'true'", "./.github/actions/keep-results: needs the input name")]
    [TestCase(Ci, "if: always()", "when: always()", "when is no key of a step")]
    [TestCase(Ci, "run: .ci/run", "env:\n          A: b", "a step either runs or uses")]
    [TestCase(Ci, "runner.os", "gone.os", "gone is no context that is used here")]
    [TestCase(Nightly, "GROKVERIFY_REQUIRE_GPU:", "GROKVERIFY_GONE:", "nothing reads GROKVERIFY_GONE")]
    [TestCase(Nightly, "TorchBackend: cuda", "GoneBackend: cuda", "nothing reads the property GoneBackend")]
    [TestCase(Action, "-t:Report", "-t:Gone", "the solution has no target Gone")]
    [TestCase(Action, "tools/TestSummary", "tools/Gone", "tools/Gone is no project")]
    [TestCase(Action, "--markdown", "--gone", "tools/TestSummary has no option --gone")]
    [TestCase(Action, "inputs.trained", "inputs.gone", "there is no inputs.gone")]
    [TestCase(Action, "      shell: bash\n", "", "Summary: has no shell")]
    public void A_spoiled_workflow_is_refused(string path, string whole, string spoiled, string problem)
    {
        string text = Read(path);
        text.Should().Contain(whole, "else nothing is spoiled");

        WorkflowRules.Problems(new WorkflowFile(path, text.Replace(whole, spoiled, StringComparison.Ordinal))).Should().NotBeEmpty().And.Contain(line => line.EndsWith(problem, StringComparison.Ordinal));
    }

    [TestCase(Ci)]
    [TestCase(Nightly)]
    public void Every_job_keeps_its_results_whatever_the_tests_said(string path) =>
        new WorkflowFile(path, Read(path)).Jobs.Where(job => !IsKeeping(job.Steps[^1])).Select(job => job.Name).Should().BeEmpty();

    /// <summary>What the action keeps, of what tests, claims and the report leave.</summary>
    [TestCase("artifacts/test-results/**")]
    [TestCase("artifacts/claims/**")]
    [TestCase("artifacts/report/**")]
    [TestCase("**/*.received.*")]
    public void The_results_are_kept_whole(string path)
    {
        YamlMappingNode upload = new WorkflowFile(Action, Read(Action)).Jobs[0].Steps[^1];

        WorkflowFile.Text(upload, "if").Should().Be("always()");
        WorkflowFile.Text(WorkflowFile.Mapping(upload, "with")!, "path")!.Split('\n').Should().Contain(path);
    }

    private static bool IsKeeping(YamlMappingNode step) =>
        WorkflowFile.Text(step, "uses") == "./.github/actions/keep-results" && WorkflowFile.Text(step, "if") == "always()";

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
