namespace GrokVerify.Tests.Snapshots;

/// <summary>What is refused outright, whatever the files hold. It is refused by Verify.NUnit itself, too.</summary>
[Category("Fast")]
public class RefusalTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Test]
    public async Task A_carriage_return_in_the_verified_file_is_refused_with_the_way_out()
    {
        SnapshotRun run = await SnapshotRun.Of(
            new Dictionary<string, string> { ["case.verified.csv"] = "a\r\nb" }, settings => Verify("a\nb", "csv", settings));

        run.Message.Should().StartWith("Verified file must use \\n line endings, but it contains a \\r (carriage return).\nPath: FOLDER/case.verified.csv\n")
            .And.Contain("*.verified.csv text eol=lf working-tree-encoding=UTF-8");
        run.Files.Should().ContainKey("case.received.csv").WhoseValue.Should().Be("a\nb");
    }

    [Test]
    public async Task A_comparer_that_throws_is_named_with_both_files()
    {
        SnapshotRun run = await SnapshotRun.Of(
            new Dictionary<string, string> { ["case.verified.txt"] = "a" },
            settings => Verify("b", settings).UseStringComparer((_, _, _) => throw new FormatException("bad cell")));

        run.Message.Should().Be("Failed to compare files:\nReceivedPath: FOLDER/case.received.txt\nVerifiedPath: FOLDER/case.verified.txt");
        run.Failure!.InnerException.Should().BeOfType<FormatException>().Which.Message.Should().Be("bad cell");
    }

    [TestCase("case.verified.bin", "x")]
    [TestCase("other.verified.bin", "x")]
    public async Task No_bytes_at_all_are_refused(string name, string verified)
    {
        SnapshotRun run = await SnapshotRun.Of(
            new Dictionary<string, string> { [name] = verified }, settings => Verify(Array.Empty<byte>(), "bin", settings));

        run.Message.Should().Be("Failed to compare files:\nReceivedPath: FOLDER/case.received.bin\nVerifiedPath: FOLDER/case.verified.bin");
        run.Failure!.InnerException!.Message.Should().StartWith("Empty data is not allowed. Path: ").And.EndWith("case.received.bin");
    }

    [Test]
    public async Task An_empty_file_is_refused_by_its_own_name()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".bin");
        await File.WriteAllBytesAsync(path, []);
        try
        {
            SnapshotRun run = await SnapshotRun.Of(Nothing, settings => VerifyFile(path, settings));

            run.Failure!.InnerException!.Message.Should().Be("Empty data is not allowed. Path: " + path);
            run.Files.Should().BeEmpty("nothing was received");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task A_verification_that_has_begun_takes_no_more_settings()
    {
        SnapshotRun run = await SnapshotRun.Of(new Dictionary<string, string> { ["case.verified.txt"] = "a" }, async settings =>
        {
            SettingsTask verification = Verify("a", settings);
            await verification;
            return await verification.UseMethodName("late");
        });

        run.Message.Should().Contain("SettingsTask").And.Contain("can no longer be modified");
    }

    private static readonly Action<VerifySettings>[] NamesOfOtherFolders =
    [
        settings => settings.UseFileName("a/b"),
        settings => settings.UseMethodName("a/b"),
        settings => settings.UseTypeName("a/b"),
    ];

    [Test]
    public void A_name_that_would_lead_into_another_folder_is_refused()
    {
        foreach (Action<VerifySettings> name in NamesOfOtherFolders)
        {
            name.Invoking(settings => settings(new VerifySettings())).Should().Throw<ArgumentException>()
                .WithMessage("Invalid character for file name. Value: a/b. Char:/*");
        }

        new VerifySettings().Invoking(settings => settings.UseTextForParameters("a/b")).Should().Throw<ArgumentException>()
            .WithMessage("Must not contain a directory separator.*");
    }

    [Test]
    public async Task Two_verifications_of_one_name_are_refused_unless_that_is_wanted()
    {
        var before = new Dictionary<string, string> { ["case.verified.txt"] = "a" };
        SnapshotRun twice = await SnapshotRun.Of(before, async settings =>
        {
            await Verify("a", settings);
            return await Verify("a", settings);
        });
        SnapshotRun wanted = await SnapshotRun.Of(before, async settings =>
        {
            await Verify("a", settings);
            return await Verify("a", settings).DisableRequireUniquePrefix();
        });

        twice.Message.Should().StartWith("The prefix has already been used: FOLDER/case.");
        wanted.Failure.Should().BeNull();
    }

    [Test]
    public async Task Names_that_differ_in_case_are_two()
    {
        var before = new Dictionary<string, string> { ["case.verified.txt"] = "a", ["CASE.verified.txt"] = "a" };
        SnapshotRun run = await SnapshotRun.Of(before, async settings =>
        {
            await Verify("a", settings);
            return await Verify("a", settings).UseFileName("CASE");
        });

        run.Failure.Should().BeNull();
    }

    [Test]
    public async Task A_file_name_of_ones_own_excludes_the_other_names()
    {
        SnapshotRun run = await SnapshotRun.Of(Nothing, settings => Verify("a", settings).UseMethodName("other"));

        run.Message.Should().Contain("UseFileName");
    }

    private static readonly Action[] Registrations =
    [
        VerifierSettings.UseUtf8NoBom,
        VerifierSettings.FixNewlinesOnRead,
        VerifierSettings.IgnoreTrailingNewline,
        () => VerifierSettings.RegisterStringComparer("csv", (_, _, _) => Task.FromResult(CompareResult.Equal)),
        () => VerifierSettings.RegisterStreamComparer("bin", (_, _, _) => Task.FromResult(CompareResult.Equal)),
        () => VerifierSettings.SetDefaultStringComparer((_, _, _) => Task.FromResult(CompareResult.Equal)),
        () => VerifierSettings.AutoVerify(),
        () => DerivePathInfo((_, _, _, _) => default),
    ];

    [Test]
    public async Task Registrations_come_before_the_first_verification()
    {
        await SnapshotRun.Of(Nothing, settings => Verify("a", settings));

        foreach (Action register in Registrations)
        {
            register.Should().Throw<Exception>().WithMessage("*must be called prior to any Verify has run*");
        }
    }
}
