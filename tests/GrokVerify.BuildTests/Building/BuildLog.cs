using Microsoft.Build.Logging.StructuredLogger;

namespace GrokVerify.BuildTests.Building;

/// <summary>What a build did, read from its binary log.</summary>
internal sealed class BuildLog
{
    private readonly (string Project, int Evaluation, string Target, bool IsOwn)[] _executed;

    /// <param name="file">The log.</param>
    /// <param name="repository">The root of the repository: targets of files below it are its own.</param>
    public BuildLog(string file, string repository)
    {
        Build build = BinaryLog.ReadBuild(file);
        _executed =
        [
            .. build.FindChildrenRecursive<Target>()
                .Where(target => target.Children.OfType<Microsoft.Build.Logging.StructuredLogger.Task>().Any())
                .Select(target => (target.Project.ProjectFile, target.Project.EvaluationId, target.Name, target.SourceFilePath?.StartsWith(repository, StringComparison.Ordinal) == true)),
        ];
        _executed.Should().Contain(target => target.IsOwn, "the log tells where a target stands");
    }

    /// <summary>Own targets, and compilations, whose tasks ran more than once in one evaluation of a project. Targets of the SDK that run once for each item of a list do so by design.</summary>
    public IEnumerable<string> Twice =>
        from target in _executed
        where target.IsOwn || target.Target == "CoreCompile"
        group target by target into times
        where times.Count() > 1
        select $"{Path.GetFileName(times.Key.Project)}: {times.Key.Target} ran {times.Count()} times";

    /// <summary>How often each of these targets ran its tasks in a project, under whatever properties; a target that did not is left out.</summary>
    public IEnumerable<(string Target, int Times)> Executed(string project, params string[] targets) =>
        from target in targets
        let times = _executed.Count(executed => Path.GetFileName(executed.Project) == project && executed.Target == target)
        where times > 0
        select (target, times);
}
