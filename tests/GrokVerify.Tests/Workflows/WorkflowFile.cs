using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace GrokVerify.Tests.Workflows;

/// <summary>A workflow, or an action made of steps, as far as the rules of <see cref="WorkflowRules"/> look at it.</summary>
internal sealed partial class WorkflowFile
{
    /// <param name="path">Of its file, relative to the repository's root, with forward slashes.</param>
    /// <param name="text">Its content.</param>
    public WorkflowFile(string path, string text)
    {
        Path = path;
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        Root = (YamlMappingNode)stream.Documents[0].RootNode;
        Jobs = IsAction
            ? [new WorkflowJob("runs", Mapping(Root, "runs")!)]
            : [.. Mapping(Root, "jobs")!.Children.Select(job => new WorkflowJob(job.Key.ToString(), (YamlMappingNode)job.Value))];
    }

    public string Path { get; }

    public YamlMappingNode Root { get; }

    /// <summary>The jobs; of an action its steps as a job.</summary>
    public IReadOnlyList<WorkflowJob> Jobs { get; }

    public bool IsAction => System.IO.Path.GetFileName(Path) == "action.yml";

    /// <summary>Declared inputs of an action.</summary>
    public IReadOnlyDictionary<string, bool> RequiredByInput => Entries(Mapping(Root, "inputs")).ToDictionary(
        input => input.Key.ToString(), input => Text((YamlMappingNode)input.Value, "required") == "true");

    public static YamlMappingNode? Mapping(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? value as YamlMappingNode : null;

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? (value as YamlScalarNode)?.Value : null;

    /// <summary>The entries of a list, or the one that stands there alone.</summary>
    public static IEnumerable<string> Texts(YamlMappingNode node, string key) => !node.Children.TryGetValue(key, out YamlNode? value) ? []
        : value is YamlSequenceNode list ? list.Children.Select(entry => entry.ToString()) : [value.ToString()];

    /// <summary>What a mapping holds; nothing where there is none.</summary>
    public static IEnumerable<KeyValuePair<YamlNode, YamlNode>> Entries(YamlMappingNode? node) => node is null ? [] : node.Children;

    public static IEnumerable<string> Keys(YamlMappingNode? node) => Entries(node).Select(entry => entry.Key.ToString());

    /// <summary>What stands in ${{ }}, and conditions, everywhere below a node.</summary>
    public static IEnumerable<string> Expressions(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>()
        .SelectMany(scalar => Expression().Matches(scalar.Value ?? "").Select(match => match.Groups["text"].Value))
        .Concat(node.AllNodes.OfType<YamlMappingNode>().Select(mapping => Text(mapping, "if")).OfType<string>());

    [GeneratedRegex(@"\$\{\{(?<text>.*?)\}\}")]
    private static partial Regex Expression();
}

/// <summary>A job of a workflow.</summary>
internal sealed record WorkflowJob(string Name, YamlMappingNode Node)
{
    public IReadOnlyList<YamlMappingNode> Steps { get; } = [.. ((YamlSequenceNode)Node.Children["steps"]).Children.Cast<YamlMappingNode>()];

    /// <summary>The dimensions of its matrix.</summary>
    public IEnumerable<string> MatrixKeys => WorkflowFile.Mapping(Node, "strategy") is YamlMappingNode strategy ? WorkflowFile.Keys(WorkflowFile.Mapping(strategy, "matrix")) : [];
}
