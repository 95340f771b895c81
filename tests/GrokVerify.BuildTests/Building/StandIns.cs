namespace GrokVerify.BuildTests.Building;

/// <summary>
/// A throw-away repository whose command line and claim tests are a few lines each, built in a second: they tell what they were asked for, and fail when asked to. For how targets call them; what they do is tested elsewhere.
/// </summary>
internal sealed class StandIns : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
          </PropertyGroup>
          <ItemGroup>
            <RuntimeHostConfigurationOption Include="BuiltWith" Value="$(TorchBackend) $(LibTorchPath)" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        File.AppendAllText("asked.txt", $"{string.Join(' ', args)} | {AppContext.GetData("BuiltWith")}\n");
        string made = args[2];
        Directory.CreateDirectory(args[0] == "report" ? Path.GetDirectoryName(made)! : made);
        File.WriteAllText(args[0] == "report" ? made : Path.Combine(made, "report.html"), "made");
        return File.Exists($"{args[0]}-fails") ? 1 : 0;
        """;

    private const string TestProject = """<Project Sdk="Microsoft.NET.Sdk" />""";

    private const string Test = """
        public class StandInTests
        {
            [Test]
            [Category("Claim")]
            public void A_claim() => Judge("claim");

            [Test]
            [Category("Gpu")]
            public void A_claim_on_a_GPU() => Judge("gpu");

            private static void Judge(string id)
            {
                string root = Path.GetFullPath(Path.Combine(TestContext.CurrentContext.TestDirectory, "../../../../.."));
                string folder = Path.Combine(root, "artifacts", "claims", id);
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "seeds.json"), "{}");
                File.AppendAllText(Path.Combine(root, "asked.txt"), $"test {id} tier {TestContext.Parameters.Get("tier", "none")} device {TestContext.Parameters.Get("device", "none")}\n");
                Assert.That(File.Exists(Path.Combine(root, "claims-fail")), Is.False, "the claim does not hold");
            }
        }
        """;

    public StandIns()
    {
        Repository = new ThrowAwayRepository("stand-ins");
        Repository.Copy("tests/Shared");
        foreach (string file in (string[])["runsettings.xml", "tests/Directory.Build.props"])
        {
            Repository.Write(file, File.ReadAllText(Path.Combine(ThrowAwayRepository.FindRepository(), file)));
        }

        Repository.AddSolution("GrokVerify.Cli", "GrokVerify.ClaimTests");
        Repository.Write("tools/GrokVerify.Cli/GrokVerify.Cli.csproj", Project);
        Repository.Write("tools/GrokVerify.Cli/Program.cs", Program);
        Repository.Write("tests/GrokVerify.ClaimTests/GrokVerify.ClaimTests.csproj", TestProject);
        Repository.Write("tests/GrokVerify.ClaimTests/StandInTests.cs", Test);
    }

    public ThrowAwayRepository Repository { get; }

    /// <summary>What the programs were asked for since this was last read, a line each.</summary>
    public string[] Asked()
    {
        string file = PathOf("asked.txt");
        string[] lines = File.Exists(file) ? File.ReadAllLines(file) : [];
        File.Delete(file);
        return [.. lines.Select(line => line.Replace(Repository.Root, "ROOT", StringComparison.Ordinal).TrimEnd())];
    }

    public string PathOf(string path) => Path.Combine(Repository.Root, path);

    /// <summary>Makes the next calls of one program fail, until the result is disposed.</summary>
    public IDisposable Failing(string mark)
    {
        File.WriteAllText(PathOf(mark), "");
        return new Ending(() => File.Delete(PathOf(mark)));
    }

    /// <summary>dotnet build of targets; everything is restored already.</summary>
    public Task<ProcessOutput> BuildAsync(CancellationToken token, params string[] arguments) =>
        Dotnet.RunAsync(Repository.Root, "build", ["GrokVerify.sln", "--no-restore", .. arguments], token);

    public void Dispose() => Repository.Dispose();

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
