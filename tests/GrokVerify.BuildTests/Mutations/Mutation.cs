namespace GrokVerify.BuildTests.Mutations;

/// <summary>A small mistake, made on purpose, that the guard of a refactoring has to notice.</summary>
/// <param name="Name">Short and unique.</param>
/// <param name="File">Path from the repository's root.</param>
/// <param name="Original">Text that occurs in the file exactly once.</param>
/// <param name="Replacement">What stands there instead.</param>
/// <param name="Breaks">What is wrong then.</param>
internal sealed record Mutation(string Name, string File, string Original, string Replacement, string Breaks)
{
    /// <summary>All of them, in the order of the data's flow.</summary>
    public static IReadOnlyList<Mutation> All { get; } = LearningMutations.All;

    /// <summary>The text of the file with the mistake in it.</summary>
    /// <exception cref="InvalidOperationException">The original text does not occur exactly once.</exception>
    public string Apply(string source)
    {
        int occurrences = source.Split(Original).Length - 1;
        return occurrences == 1
            ? source.Replace(Original, Replacement, StringComparison.Ordinal)
            : throw new InvalidOperationException(
                $"mutation {Name}: '{Original}' occurs {occurrences} times in {File}, not once; give it the text that stands there now");
    }
}
