using GrokVerify.Exact;
using GrokVerify.Exact.Gpu;
using GrokVerify.Runs;
using GrokVerify.Tasks;
using PublicApiGenerator;

namespace GrokVerify.Tests.PublicApi;

/// <summary>Every public type and member of the libraries, as C#: whoever changes what others compile against sees it in the diff.</summary>
[Category("Fast")]
[Category("Golden")]
public class PublicApiGolden
{
    /// <summary>Attributes of the assembly tell versions and build settings, which are not the API.</summary>
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Test]
    public Task Of_GrokVerify() => Verify(typeof(TrainingRun).Assembly.GeneratePublicApi(Options));

    [Test]
    public Task Of_GrokVerify_Training() => Verify(typeof(ModularTask).Assembly.GeneratePublicApi(Options));

    [Test]
    public Task Of_GrokVerify_Exact() => Verify(typeof(ExactEngine).Assembly.GeneratePublicApi(Options));

    [Test]
    public Task Of_GrokVerify_Exact_Gpu() => Verify(typeof(ExactGpuEngineFactory).Assembly.GeneratePublicApi(Options));
}
