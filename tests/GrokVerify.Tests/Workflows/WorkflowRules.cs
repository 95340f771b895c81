using System.Text.RegularExpressions;
using GrokVerify.Tests.Documentation;
using Microsoft.Extensions.FileSystemGlobbing;
using YamlDotNet.RepresentationModel;
using static GrokVerify.Tests.Workflows.WorkflowFile;

namespace GrokVerify.Tests.Workflows;

/// <summary>What holds of every workflow; answers with one line for each place that breaks a rule.</summary>
internal static partial class WorkflowRules
{
    private static readonly string Root = ReferenceData.RepositoryRoot();
    private static readonly string[] WorkflowKeys = ["name", "on", "permissions", "concurrency", "defaults", "env", "jobs"];
    private static readonly string[] JobKeys = ["needs", "strategy", "runs-on", "timeout-minutes", "env", "if", "permissions", "steps"];
    private static readonly string[] ActionKeys = ["using", "steps"];
    private static readonly string[] StepKeys = ["name", "id", "if", "run", "uses", "with", "env", "shell"];
    private static readonly string[] Contexts = ["github", "runner", "matrix", "steps", "inputs"];
    private static readonly string[] DotnetOptions = ["--project", "--no-build", "--no-restore", "--filter", "--logger", "--results-directory", "--configuration"];

    public static IEnumerable<string> Problems(WorkflowFile file) =>
        WorkflowProblems(file).Concat(file.Jobs.SelectMany(job => JobProblems(file, job))).Select(problem => $"{file.Path}: {problem}");

    private static IEnumerable<string> WorkflowProblems(WorkflowFile file)
    {
        if (file.IsAction)
        {
            yield break;
        }

        foreach (string key in Keys(file.Root).Except(WorkflowKeys))
        {
            yield return $"{key} is no key of a workflow";
        }

        if (Mapping(file.Root, "permissions") is not YamlMappingNode permissions)
        {
            yield return "has no permissions, so it would have the repository's";
        }
        else if (permissions.Children.Any(permission => permission.Value.ToString() is not ("read" or "none")))
        {
            yield return "may write";
        }
    }

    private static IEnumerable<string> JobProblems(WorkflowFile file, WorkflowJob job)
    {
        foreach (string key in Keys(job.Node).Except(file.IsAction ? ActionKeys : JobKeys))
        {
            yield return $"{job.Name}: {key} is no key of a job";
        }

        if (!file.IsAction && !int.TryParse(Text(job.Node, "timeout-minutes"), out _))
        {
            yield return $"{job.Name}: has no timeout-minutes";
        }

        if (Mapping(job.Node, "permissions") is YamlMappingNode)
        {
            yield return $"{job.Name}: has permissions of its own";
        }

        foreach (string other in Texts(job.Node, "needs").Where(other => file.Jobs.All(one => one.Name != other)))
        {
            yield return $"{job.Name}: needs {other}, which is no job";
        }

        foreach (string problem in Expressions(job.Node).SelectMany(expression => ExpressionProblems(file, job, expression)).Concat(job.Steps.Prepend(job.Node).SelectMany(EnvironmentProblems)).Concat(job.Steps.SelectMany(step => StepProblems(file, step))))
        {
            yield return $"{job.Name}: {problem}";
        }
    }

    private static IEnumerable<string> ExpressionProblems(WorkflowFile file, WorkflowJob job, string expression)
    {
        string bare = Quoted().Replace(expression, "''");
        foreach (Match reference in Reference().Matches(bare))
        {
            string context = reference.Groups["context"].Value;
            string name = reference.Groups["name"].Value;
            if (!Contexts.Contains(context))
            {
                yield return $"{context} is no context that is used here";
            }
            else if ((context == "matrix" && !job.MatrixKeys.Contains(name))
                || (context == "steps" && job.Steps.All(step => Text(step, "id") != name))
                || (context == "inputs" && !file.RequiredByInput.ContainsKey(name)))
            {
                yield return $"there is no {context}.{name}";
            }
        }

        foreach (string glob in Hashed().Matches(expression).SelectMany(match => Quoted().Matches(match.Value)).Select(match => match.Value.Trim('\'')))
        {
            var matcher = new Matcher();
            matcher.AddInclude(glob);
            if (!matcher.GetResultsInFullPath(Root).Any())
            {
                yield return $"no file matches {glob}";
            }
        }
    }

    /// <summary>A variable that nothing reads is a mistake: the program's own, and MSBuild's properties, have to be read somewhere.</summary>
    private static IEnumerable<string> EnvironmentProblems(YamlMappingNode node) => Keys(Mapping(node, "env")).SelectMany(name =>
        ShownCommands.Unknown(name.StartsWith("GROKVERIFY_", StringComparison.Ordinal) ? name : $"-p:{name}=value"));

    private static IEnumerable<string> StepProblems(WorkflowFile file, YamlMappingNode step)
    {
        foreach (string key in Keys(step).Except(StepKeys))
        {
            yield return $"{key} is no key of a step";
        }

        string? run = Text(step, "run");
        string? uses = Text(step, "uses");
        if (run is null == uses is null)
        {
            yield return $"{Text(step, "name")}: a step either runs or uses";
        }

        IEnumerable<string> problems = run is not null ? RunProblems(run) : uses is not null ? UsesProblems(uses, Mapping(step, "with")) : [];
        foreach (string problem in problems)
        {
            yield return problem;
        }

        if (file.IsAction && run is not null && Text(step, "shell") is null)
        {
            yield return $"{Text(step, "name")}: has no shell";
        }
    }

    private static IEnumerable<string> RunProblems(string run)
    {
        foreach (string line in run.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string problem in ShownCommands.Unknown(line))
            {
                yield return $"{line}: {problem}";
            }

            string[] words = [.. line.Split(' ').TakeWhile(word => word != "--")];
            foreach (string option in words[0] == "dotnet" ? words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).Except(DotnetOptions) : [])
            {
                yield return $"{line}: {option} is no option of dotnet that is used here";
            }
        }
    }

    private static IEnumerable<string> UsesProblems(string uses, YamlMappingNode? with)
    {
        if (!uses.StartsWith("./", StringComparison.Ordinal))
        {
            if (!Pinned().IsMatch(uses))
            {
                yield return $"{uses}: has no version";
            }

            foreach (string file in Entries(with).Where(entry => entry.Key.ToString().EndsWith("-file", StringComparison.Ordinal)).Select(entry => entry.Value.ToString()).Where(file => !File.Exists(Path.Combine(Root, file))))
            {
                yield return $"there is no {file}";
            }

            yield break;
        }

        string path = $"{uses[2..]}/action.yml";
        if (!File.Exists(Path.Combine(Root, path)))
        {
            yield return $"there is no {path}";
            yield break;
        }

        IReadOnlyDictionary<string, bool> inputs = new WorkflowFile(path, File.ReadAllText(Path.Combine(Root, path))).RequiredByInput;
        foreach (string name in Keys(with).Except(inputs.Keys))
        {
            yield return $"{uses}: has no input {name}";
        }

        foreach (string name in inputs.Where(input => input.Value).Select(input => input.Key).Except(Keys(with)))
        {
            yield return $"{uses}: needs the input {name}";
        }
    }

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w.-])(?<context>[a-z]+)\.(?<name>[\w-]+)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"hashFiles\([^)]*\)")]
    private static partial Regex Hashed();

    [GeneratedRegex(@"^[\w-]+/[\w-]+(?:/[\w-]+)*@v\d+$")]
    private static partial Regex Pinned();
}
