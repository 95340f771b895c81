using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GrokVerify.BuildTests.Building;

/// <summary>
/// A copy of what the build consists of (MSBuild files, library, LibTorchRelax) in a temporary folder, with a program
/// of a few lines beside it that opts into libtorch. What is built there leaves the repository's own outputs alone.
/// </summary>
internal sealed partial class ThrowAwayRepository : IDisposable
{
    private const string Program = """
        using GrokVerify.LibTorch;
        using TorchSharp;

        try
        {
            LibTorchLoader.UseFolder(args.Length > 0 ? args[0] : null);
            LibTorchLoader.Require();
            using torch.Tensor squares = torch.arange(4) * torch.arange(4);
            Console.WriteLine($"sum of squares {squares.sum().item<long>()}");
            return 0;
        }
        catch (LibTorchUnavailableException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <UsesLibTorch>true</UsesLibTorch>
            <RunAnalyzers>false</RunAnalyzers>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../src/GrokVerify/GrokVerify.csproj" />
          </ItemGroup>
        </Project>
        """;

    public ThrowAwayRepository(string name)
    {
        Root = Path.Combine(Directory.CreateTempSubdirectory("grokverify-build-").FullName, name);
        Directory.CreateDirectory(Root);
        string repository = FindRepository();
        foreach (string file in Directory.GetFiles(repository, "Directory.*").Select(file => Path.GetFileName(file)).Concat(["global.json", ".editorconfig"]))
        {
            File.Copy(Path.Combine(repository, file), Path.Combine(Root, file));
        }

        Copy("src");
        Copy("tools/LibTorchRelax");
        PretendCommit();
        Directory.CreateDirectory(App);
        File.WriteAllText(Path.Combine(App, "app.csproj"), Project);
        File.WriteAllText(Path.Combine(App, "Program.cs"), Program);
    }

    public string Root { get; }

    /// <summary>The program's project folder.</summary>
    public string App => Path.Combine(Root, "app");

    /// <summary>The folder that the program is built into.</summary>
    public string Output => Path.Combine(App, "bin", Dotnet.Configuration, "net10.0", "linux-x64");

    public string Library => Path.Combine(Root, "src", "GrokVerify.Training", "bin", Dotnet.Configuration, "net10.0", "GrokVerify.Training.dll");

    /// <summary>Copies one more folder of the repository, without what was built there.</summary>
    public void Copy(string folder) => CopySources(Path.Combine(FindRepository(), folder), Path.Combine(Root, folder));

    /// <summary>Makes the solution targets work: the files that Directory.Solution.targets imports, and a solution of some of the repository's projects.</summary>
    public void AddSolution(params string[] projects)
    {
        string repository = FindRepository();
        foreach (string file in XElement.Load(Path.Combine(Root, "Directory.Solution.targets")).Elements("Import").Select(import => import.Attribute("Project")!.Value))
        {
            Write(file, File.ReadAllText(Path.Combine(repository, file)));
        }

        Write("GrokVerify.sln", SolutionOf(File.ReadAllText(Path.Combine(repository, "GrokVerify.sln")), projects));
    }

    /// <summary>Writes a file of the clone's own.</summary>
    public void Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>The files of a folder with the times at which they were last written, in order.</summary>
    public (string Path, DateTime Written)[] Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => (file, File.GetLastWriteTimeUtc(file)))];

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);

    // As much of a git folder as the SDK reads to find the commit: another one than the repository's.
    private void PretendCommit()
    {
        string git = Path.Combine(Root, ".git");
        Directory.CreateDirectory(Path.Combine(git, "refs", "heads"));
        Directory.CreateDirectory(Path.Combine(git, "objects"));
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(git, "refs", "heads", "main"), "0123456789abcdef0123456789abcdef01234567\n");
        File.WriteAllText(
            Path.Combine(git, "config"),
            "[core]\n\trepositoryformatversion = 0\n\tbare = false\n[remote \"origin\"]\n\turl = https://github.com/example/example.git\n");
    }

    public static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GrokVerify.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no folder above the test assembly holds GrokVerify.sln");
    }

    private static string SolutionOf(string whole, string[] projects) => Block().Replace(whole, block =>
        Array.Exists(projects, project => block.Value.Contains($"\\{project}.csproj", StringComparison.Ordinal)) ? block.Value : "");

    /// <summary>A project or a folder of a solution, and what tells which folder each is in.</summary>
    [GeneratedRegex(@"Project\([^\n]*\nEndProject\r?\n|[ \t]*GlobalSection\(NestedProjects\)(?s:.*?)EndGlobalSection\r?\n")]
    private static partial Regex Block();

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }

        foreach (string folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopySources(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
