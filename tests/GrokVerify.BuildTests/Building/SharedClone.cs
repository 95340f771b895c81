namespace GrokVerify.BuildTests.Building;

/// <summary>One throw-away repository for all tests here, with its program built once.</summary>
[SetUpFixture]
public sealed class SharedClone
{
    private static ThrowAwayRepository? _repository;

    internal static ThrowAwayRepository Repository => _repository ?? throw new InvalidOperationException("the set-up did not run");

    /// <summary>What the first build, from nothing, printed.</summary>
    internal static ProcessOutput FirstBuild { get; private set; } = new(-1, "");

    [OneTimeSetUp]
    public async Task Build()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        _repository = new ThrowAwayRepository("clone");
        FirstBuild = await Dotnet.RunAsync(_repository.App, "build", [], limit.Token);
        FirstBuild.ExitCode.Should().Be(0, FirstBuild.Text);
    }

    [OneTimeTearDown]
    public void Delete() => _repository?.Dispose();
}
