using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Packages;

/// <summary>Another repository, with a network of its own, as docs/package.md shows it.</summary>
internal sealed class ConsumerRepository : IDisposable
{
    /// <summary>The line of the project file that its GrokModel item stands on.</summary>
    public const int ItemLine = 15;

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
            <PackageReference Include="GrokVerify" Version="VERSION" />
            <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
            <PackageReference Include="NUnit" Version="4.6.1" />
            <PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />
          </ItemGroup>
          <ItemGroup>
            <GrokModel Include="other/*.pth" Expect="other.json" />
            <GrokModel Include="$(Models)" Expect="$(Expectations)" Seed="$(Seed)" />
          </ItemGroup>
        </Project>
        """;

    private const string Test = """
        using GrokVerify.Expectations;
        using NUnit.Framework;

        public class ModelTests
        {
            [Test]
            public void Computes_as_recorded() => Assert.That(ExpectedClaims.Changes("models/my adder.safetensors", "claims.json"), Is.Empty);
        }
        """;

    public ConsumerRepository()
    {
        Root = Directory.CreateTempSubdirectory("grokverify consumer ").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "models"));
        File.WriteAllText(In("nuget.config"), $"""<configuration><packageSources><clear /><add key="local" value="{PackedFeed.Folder}" /></packageSources></configuration>""");
        File.WriteAllText(In("consumer.csproj"), Project.Replace("VERSION", PackedFeed.Version, StringComparison.Ordinal));
        File.WriteAllText(In("ModelTests.cs"), Test);
        Use("mainline-grokked");
    }

    public string Root { get; }

    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Puts one of golden/checkpoints in the network's place.</summary>
    public void Use(string checkpoint) =>
        File.Copy(Path.Combine(ThrowAwayRepository.FindRepository(), "golden", "checkpoints", checkpoint + ".safetensors"), In(Network), overwrite: true);

    public Task<ProcessOutput> RunAsync(string[] arguments, CancellationToken token) => Dotnet.CommandAsync(Root, [.. arguments, "--disable-build-servers", "--nologo"], token, PackedFeed.Variables);

    /// <summary>dotnet build -t:VerifyModels, restored before.</summary>
    public Task<ProcessOutput> VerifyAsync(CancellationToken token, params string[] properties) =>
        RunAsync(["build", "-t:VerifyModels", "--no-restore", .. properties.Select(property => "-p:" + property)], token);

    /// <summary>The program that the package carries.</summary>
    public Task<ProcessOutput> GrokVerifyAsync(string[] arguments, CancellationToken token) =>
        Dotnet.ExecuteAsync(Root, Path.Combine(PackedFeed.PackageCacheFolder, "grokverify", PackedFeed.Version, "tools", "net10.0", "any", "GrokVerify.Cli.dll"), arguments, token);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
