using GrokVerify.BuildTests.Building;

namespace GrokVerify.BuildTests.Mutations;

[TestFixture]
[Category("Fast")]
public sealed class MutationCatalogTests
{
    private static IEnumerable<string> Names => Mutation.All.Select(mutation => mutation.Name);

    [TestCaseSource(nameof(Names))]
    public void A_mutation_changes_text_that_stands_in_the_sources_exactly_once(string name)
    {
        Mutation mutation = Mutation.All.Single(candidate => candidate.Name == name);
        string source = File.ReadAllText(Path.Combine(ThrowAwayRepository.FindRepository(), mutation.File));

        mutation.Apply(source).Should().NotBe(source);
    }

    [Test]
    public void Mutations_are_spread_over_everything_that_computes() =>
        Mutation.All.Select(mutation => mutation.File.Split('/')[^2]).Distinct()
            .Should().BeEquivalentTo("Tasks", "Model", "ForwardPass", "Engines", "Loop", "Buffers", "Products", "Forward", "Loss", "Backward", "Optimizer");

    [Test]
    public void A_text_that_occurs_twice_or_not_at_all_is_refused()
    {
        Mutation mutation = new("example", "a.cs", "x + y", "x - y", "the sum");

        mutation.Apply("return x + y;").Should().Be("return x - y;");
        ((Action)(() => mutation.Apply("x + y; x + y;"))).Should().Throw<InvalidOperationException>().WithMessage("mutation example: 'x + y' occurs 2 times in a.cs*");
        ((Action)(() => mutation.Apply("x+y;"))).Should().Throw<InvalidOperationException>().WithMessage("*occurs 0 times*");
    }
}
