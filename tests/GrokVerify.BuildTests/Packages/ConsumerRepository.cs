using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>Another repository, with a network of its own.</summary>
internal sealed class ConsumerRepository : IDisposable
{
    /// <summary>The line of the project file that its GrokModel item stands on.</summary>
    public const int ItemLine = 12;

    /// <summary>As a path may be.</summary>
    public const string Network = "models/my adder.safetensors";

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Models Condition="'$(Models)' == ''">models/*.safetensors</Models>
            <Expectations Condition="'$(NoExpectations)' == ''">claims.json</Expectations>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="GrokVerify" Version="0.1.0" />
          </ItemGroup>
          <ItemGroup>
            <GrokModel Include="other/*.pth" Expect="other.json" />
            <GrokModel Include="$(Models)" Expect="$(Expectations)" Seed="$(Seed)" />
          </ItemGroup>
        </Project>
        """;

    private readonly string _network;

    private ConsumerRepository(string project, string network)
    {
        _network = network;
        Root = Directory.CreateTempSubdirectory("grokverify consumer ").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "models"));
        File.WriteAllText(In("nuget.config"), $"""<configuration><packageSources><clear /><add key="local" value="{PackedFeed.Folder}" /></packageSources></configuration>""");
        File.WriteAllText(In("consumer.csproj"), project.Replace("Include=\"GrokVerify\" Version=\"0.1.0\"", $"Include=\"GrokVerify\" Version=\"{PackedFeed.Version}\"", StringComparison.Ordinal));
        Use("mainline-grokked");
    }

    /// <summary>One whose item can be spoiled by properties.</summary>
    public static ConsumerRepository ToBeSpoiled() => new(Project, Network);

    /// <summary>The one that docs/package.md shows.</summary>
    public static ConsumerRepository OfThePage()
    {
        ConsumerRepository repository = new(Shown("xml"), "models/adder.safetensors");
        File.WriteAllText(repository.In("ModelTests.cs"), Shown("cs"));
        return repository;
    }

    /// <summary>A block of docs/package.md by its language.</summary>
    public static string Shown(string language)
    {
        string page = File.ReadAllText(Path.Combine(ThrowAwayRepository.FindRepository(), "docs", "package.md"));
        return page.Split($"```{language}\n")[1].Split("```")[0];
    }

    public string Root { get; }

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Puts one of golden/checkpoints in the network's place.</summary>
    public void Use(string checkpoint) =>
        File.Copy(Path.Combine(ThrowAwayRepository.FindRepository(), "golden", "checkpoints", checkpoint + ".safetensors"), In(_network), overwrite: true);

    public Task<ProcessOutput> RunAsync(string[] arguments, CancellationToken token) => Dotnet.CommandAsync(Root, [.. arguments, "--disable-build-servers", "--nologo"], token, PackedFeed.Variables);

    /// <summary>dotnet build -t:VerifyModels, restored before.</summary>
    public Task<ProcessOutput> VerifyAsync(CancellationToken token, params string[] properties) =>
        RunAsync(["build", "-t:VerifyModels", "--no-restore", .. properties.Select(property => "-p:" + property)], token);

    /// <summary>The program that the package carries.</summary>
    public Task<ProcessOutput> GrokVerifyAsync(string[] arguments, CancellationToken token) =>
        Dotnet.ExecuteAsync(Root, Path.Combine(PackedFeed.PackageCacheFolder, "grokverify", PackedFeed.Version, "tools", "net10.0", "any", "GrokVerify.Cli.dll"), arguments, token);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
