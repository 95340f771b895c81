using System.CommandLine;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using GrokVerify.Tests.CommandLine;

namespace GrokVerify.Tests.Documentation;

/// <summary>Whether what a page tells its reader to type exists: verbs and options, projects and files, targets and properties, categories of tests, variables.</summary>
internal static partial class ShownCommands
{
    private const string Program = "tools/GrokVerify.Cli";
    private const string Tool = "grokverify";
    private static readonly string Root = ReferenceData.RepositoryRoot();

    private static readonly Lazy<string> Sources = new(() => string.Join('\n', SourceFiles("*.cs", "*.props", "*.targets", "*.csproj").Select(File.ReadAllText)));
    private static readonly Lazy<HashSet<string>> Categories = new(() => [.. Category().Matches(Sources.Value).Select(match => match.Groups["name"].Value)]);
    private static readonly Lazy<HashSet<string>> Targets = new(() => [.. TargetsOf(Path.Combine(Root, "Directory.Solution.targets"))]);
    private static readonly Lazy<HashSet<string>> PackageTargets = new(() => [.. TargetsOf(Path.Combine(Root, "src", "GrokVerify", "buildTransitive", "GrokVerify.targets"))]);

    /// <summary>One line for each part of a command that does not exist.</summary>
    public static IEnumerable<string> Unknown(MarkdownPage page) => page.Commands.SelectMany(command => Unknown(command).Select(problem => $"{page.Path}: `{command}`: {problem}"));

    /// <summary>One line for each part of this command that does not exist.</summary>
    public static IEnumerable<string> Unknown(string command)
    {
        string[] words = [.. Word().Matches(command).Select(match => match.Value.Trim('"', '\''))];
        return words
            .SelectMany(UnknownName)
            .Concat(UnknownTargets(words))
            .Concat(words.SkipWhile(word => Assignment().IsMatch(word)).ToArray() is ["dotnet", .. string[] dotnet] ? UnknownToDotnet(dotnet) : UnknownToProgram(command, words));
    }

    /// <summary>A target of the solution where the command names one; else of a project, in this repository or in one that has the package.</summary>
    private static IEnumerable<string> UnknownTargets(string[] words)
    {
        bool isOfSolution = words.Any(word => word.EndsWith(".sln", StringComparison.Ordinal));
        return words.Where(word => word.StartsWith("-t:", StringComparison.Ordinal)).Select(word => word[3..])
            .Where(target => !Targets.Value.Contains(target) && (isOfSolution || !PackageTargets.Value.Contains(target)))
            .Select(target => isOfSolution ? $"the solution has no target {target}" : $"neither the solution nor the package has a target {target}");
    }

    /// <summary>Names that tell by themselves what they are.</summary>
    private static IEnumerable<string> UnknownName(string word)
    {
        if (RepositoryPath().IsMatch(word) && !Path.Exists(Path.Combine(Root, word)))
        {
            yield return $"there is no {word}";
        }

        foreach (string variable in Variable().Matches(word).Select(match => match.Value).Where(name => !Sources.Value.Contains(name, StringComparison.Ordinal)))
        {
            yield return $"nothing reads {variable}";
        }

        foreach (string category in FilteredCategory().Matches(word).Select(match => match.Groups["name"].Value).Where(name => !Categories.Value.Contains(name)))
        {
            yield return $"no test has the category {category}";
        }

        foreach (string name in FilteredName().Matches(word).Select(match => match.Groups["name"].Value).Where(name => !Sources.Value.Contains(name, StringComparison.Ordinal)))
        {
            yield return $"no test is called {name}";
        }

        if (word.StartsWith("-p:", StringComparison.Ordinal) && !Sources.Value.Contains($"$({word[3..].Split('=')[0]})", StringComparison.Ordinal))
        {
            yield return $"nothing reads the property {word[3..].Split('=')[0]}";
        }
    }

    private static IEnumerable<string> UnknownToDotnet(string[] words)
    {
        string[] own = [.. words.TakeWhile(word => word != "--")];
        string? project = own.SkipWhile(word => word != "--project").Skip(1).FirstOrDefault() ?? own.Skip(1).FirstOrDefault(word =>
            (word.Contains('/', StringComparison.Ordinal) && !word.StartsWith("artifacts/", StringComparison.Ordinal)) || word.EndsWith(".sln", StringComparison.Ordinal));
        if (project is not null && !File.Exists(Path.Combine(Root, project)) && !File.Exists(Path.Combine(Root, project, Path.GetFileName(project) + ".csproj")))
        {
            yield return $"{project} is no project";
        }

        string[] arguments = [.. words.Skip(own.Length + 1)];
        IEnumerable<string> problems = arguments.Length == 0 || own is not ["run", ..] ? []
            : project == Program ? Parse(arguments)
            : arguments.Where(word => word.StartsWith("--", StringComparison.Ordinal) && !Sources.Value.Contains($"\"{word}\"", StringComparison.Ordinal)).Select(word => $"{project} has no option {word}");
        foreach (string problem in problems)
        {
            yield return problem;
        }
    }

    /// <summary>A verb with its arguments, or an option alone. Words that merely are a verb's name tell nothing.</summary>
    private static IEnumerable<string> UnknownToProgram(string command, string[] words)
    {
        if (VerbWithArguments().IsMatch(command))
        {
            return Parse(words);
        }

        if (words is [Tool, _, ..])
        {
            return Parse(words[1..]);
        }

        if (words is not [['-', '-', _, ..], ..])
        {
            return [];
        }

        Command[] verbs = [.. CommandLineTests.Root.Subcommands.Prepend<Command>(CommandLineTests.Root).Where(verb => verb.Options.Any(option => option.Name == words[0]))];
        return verbs.Length == 0 ? [$"no verb has the option {words[0]}"]
            : words.Length == 1 || verbs.Any(verb => !Parse([verb.Name, .. verb.Arguments.Select(argument => argument.Name), .. words]).Any()) ? []
            : [$"{words[1]} is nothing for {words[0]}"];
    }

    private static IEnumerable<string> Parse(IReadOnlyList<string> arguments) => CommandLineTests.Root.Parse(arguments).Errors.Select(error => error.Message);

    private static IEnumerable<string> TargetsOf(string file)
    {
        XElement project = XElement.Load(file);
        return project.Elements("Target").Select(target => target.Attribute("Name")!.Value)
            .Concat(project.Elements("Import").SelectMany(import => TargetsOf(Path.Combine(Path.GetDirectoryName(file)!, import.Attribute("Project")!.Value))));
    }

    /// <summary>Not those of this folder and of the workflows' tests: what they spoil names what does not exist.</summary>
    private static IEnumerable<string> SourceFiles(params string[] patterns) =>
        from folder in new[] { "src", "tests", "tools", "" }
        from pattern in patterns
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        where !BuildOutput().IsMatch(file) && Path.GetDirectoryName(file) is string place && place != Path.Combine(Root, "tests", "GrokVerify.Tests", "Documentation") && place != Path.Combine(Root, "tests", "GrokVerify.Tests", "Workflows")
        select file;

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Za-z_]+=")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(?:\.ci|\.github|src|tests|tools|golden|docs)/[\w./=-]+$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\bGROKVERIFY_[A-Z]+(?:_[A-Z]+)*")]
    private static partial Regex Variable();

    [GeneratedRegex(@"TestCategory=(?<name>\w+)")]
    private static partial Regex FilteredCategory();

    [GeneratedRegex(@"\b(?:FullyQualified)?Name[~=](?<name>\w+)")]
    private static partial Regex FilteredName();

    [GeneratedRegex(@"Category\(""(?<name>\w+)""\)")]
    private static partial Regex Category();

    [GeneratedRegex("^[a-z]+ (?:--[a-z]|[A-Z]{2})")]
    private static partial Regex VerbWithArguments();

    [GeneratedRegex(@"[\\/](?:bin|obj)[\\/]")]
    private static partial Regex BuildOutput();
}
