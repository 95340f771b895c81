namespace GrokVerify.Tests.Snapshots;

[Category("Fast")]
public class VerificationTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task Nothing_happens_until_the_verification_is_awaited()
    {
        bool begun = false;
        SnapshotRun run = await SnapshotRun.Of(Nothing, settings =>
        {
            SettingsTask unused = Verify("a", settings).OnVerify(() => begun = true, () => { });
            return Task.FromResult<VerifyResult>(null!);
        });

        run.Files.Should().BeEmpty();
        begun.Should().BeFalse();
    }

    [Test]
    public async Task A_failure_has_no_stack_trace()
    {
        SnapshotRun run = await SnapshotRun.Of(Nothing, settings => Verify("a", settings));

        run.Failure!.StackTrace.Should().BeEmpty();
    }

    [Test]
    public async Task Callbacks_are_told_what_became_of_each_file()
    {
        List<string> told = [];
        await SnapshotRun.Of(
            new Dictionary<string, string> { ["case.verified.txt"] = "a", ["case#old.verified.txt"] = "x" },
            settings => Verify([new Target("txt", "b"), new("md", "c")], settings)
                .OnFirstVerify((files, text, accepted) => Tell($"new {Path.GetFileName(files.VerifiedPath)} '{text}' {accepted}"))
                .OnVerifyMismatch((files, message, accepted) => Tell($"changed {Path.GetFileName(files.VerifiedPath)} '{message}' {accepted}"))
                .OnDelete((file, accepted) => Tell($"gone {Path.GetFileName(file)} {accepted}")));

        told.Should().Equal("gone case#old.verified.txt False", "new case.verified.md 'c' False", "changed case.verified.txt '' False");

        Task Tell(string what)
        {
            told.Add(what);
            return Task.CompletedTask;
        }
    }

    [Test]
    public async Task A_comparer_gets_received_verified_and_context()
    {
        string? seen = null;
        await SnapshotRun.Of(
            new Dictionary<string, string> { ["case.verified.txt"] = "old" },
            settings =>
            {
                settings.Context.Add("unit", "epoch");
                return Verify("fresh", settings).UseStringComparer((received, verified, context) =>
                {
                    seen = $"{received} {verified} {context["unit"]}";
                    return Task.FromResult(CompareResult.Equal);
                });
            });

        seen.Should().Be("fresh old epoch");
    }

    [Test]
    public async Task A_result_names_its_files_and_text()
    {
        VerifyResult? result = null;
        await SnapshotRun.Of(new Dictionary<string, string> { ["case.verified.txt"] = "a" }, async settings =>
        {
            result = await Verify("a", settings);
            result.Text.Should().Be("a");
            return result;
        });

        result!.Files.Select(Path.GetFileName).Should().Equal("case.verified.txt");
        result.Target.Should().Be("a");
    }

    [Test]
    public async Task A_file_is_verified_under_its_own_extension()
    {
        SnapshotRun run = await SnapshotRun.Of(new Dictionary<string, string> { ["case.verified.csv"] = "a,b" }, async settings =>
        {
            string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".csv");
            await File.WriteAllTextAsync(path, "a,b");
            try
            {
                return await VerifyFile(path, settings);
            }
            finally
            {
                File.Delete(path);
            }
        });

        run.Failure.Should().BeNull();
    }

    [Test]
    public void Text_belongs_to_text_extensions_and_streams_to_the_others()
    {
        ((Action)(() => _ = new Target("png", "text"))).Should().Throw<Exception>();
        new Target("png", Stream.Null).IsStream.Should().BeTrue();
        new Target("csv", Stream.Null).IsString.Should().BeTrue("the stream is read at once");
    }
}
