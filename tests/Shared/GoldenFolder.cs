using System.Reflection;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace GrokVerify.Golden;

/// <summary>
/// The folder golden/ and its rules. Every file is golden/[Fixture]/[Test][suffix].verified.[extension]; every rule answers with
/// one line for each file that breaks it.
/// </summary>
internal sealed class GoldenFolder(string path)
{
    private const string Verified = ".verified.";

    public static GoldenFolder OfThisRepository { get; } =
        new(System.IO.Path.Combine(AttributeReader.GetSolutionDirectory(typeof(GoldenFolder).Assembly), "golden"));

    public string Path { get; } = path;

    /// <summary>All verified files, relative to the folder, with forward slashes.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Path, $"*{Verified}*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string NameOf(Type fixture) => fixture.IsNested ? $"{fixture.ReflectedType!.Name}.{fixture.Name}" : fixture.Name;

    /// <summary>Files that no test of these fixtures would compare with: the test was renamed or removed.</summary>
    public static IEnumerable<string> Unclaimed(IEnumerable<string> files, IEnumerable<Type> fixtures)
    {
        ILookup<string, string> tests = fixtures
            .SelectMany(fixture => fixture.GetMethods().Where(IsTest).SelectMany(method => Cases(fixture, method)).Select(test => (Fixture: NameOf(fixture), Test: test)))
            .ToLookup(pair => pair.Fixture, pair => pair.Test);
        foreach (string file in files)
        {
            string[] parts = file.Split('/');
            string test = parts[^1][..parts[^1].IndexOf(Verified, StringComparison.Ordinal)];
            if (parts.Length != 2 || !tests[parts[0]].Any(name => Claims(name, test)))
            {
                yield return $"{file}: no test {parts[0]}.{test} awaits a verification; delete the file or give the test its name back";
            }
        }
    }

    /// <summary>Files with a carriage return or a byte order mark.</summary>
    public IEnumerable<string> NotPlainText()
    {
        foreach (string file in Files)
        {
            byte[] bytes = File.ReadAllBytes(System.IO.Path.Combine(Path, file));
            if (bytes.Contains((byte)'\r'))
            {
                yield return $"{file}: holds a carriage return; golden files end their lines with \\n alone";
            }

            if (bytes is [0xEF, 0xBB, 0xBF, ..])
            {
                yield return $"{file}: begins with a byte order mark; golden files are UTF-8 without one";
            }
        }
    }

    /// <summary>Files without an entry in golden/README.md, and entries without a file.</summary>
    public IEnumerable<string> WithoutProvenance(IReadOnlyList<GoldenProvenance> provenance) =>
        Files.Except(provenance.Select(entry => entry.File))
            .Select(file => $"{file}: golden/README.md has no row that says how it was made")
            .Concat(provenance.Select(entry => entry.File).Except(Files)
                .Select(file => $"{file}: golden/README.md has a row for it, but there is no such file"));

    /// <summary>CSV files that cannot be read, or have a column with a tolerance wider than golden/README.md allows.</summary>
    public IEnumerable<string> TooTolerant(IReadOnlyList<GoldenProvenance> provenance)
    {
        foreach (GoldenProvenance entry in provenance.Where(entry => entry.File.EndsWith(".csv", StringComparison.Ordinal) && Files.Contains(entry.File)))
        {
            NumericCsv? csv = null;
            string? problem = null;
            try
            {
                csv = NumericCsv.Parse(File.ReadAllText(System.IO.Path.Combine(Path, entry.File)));
            }
            catch (FormatException exception)
            {
                problem = $"{entry.File}: {exception.Message}";
            }

            if (problem is not null)
            {
                yield return problem;
            }

            foreach ((string column, ColumnTolerance tolerance) in csv?.Columns.Zip(csv.Tolerances) ?? [])
            {
                if (tolerance.IsWiderThan(entry.WidestTolerance))
                {
                    yield return $"{entry.File}: column {column} has tolerance {tolerance}, golden/README.md allows {entry.WidestTolerance}";
                }
            }
        }
    }

    private static bool IsTest(MethodInfo method) =>
        typeof(Task).IsAssignableFrom(method.ReturnType)
        && method.GetCustomAttributes().Any(attribute => attribute is ISimpleTestBuilder or ITestBuilder);

    /// <summary>The names of a test's cases: the method's, and the parameters with their values, as snapshots are named.</summary>
    private static IEnumerable<string> Cases(Type fixture, MethodInfo method)
    {
        string[] parameters = [.. method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)).Select(parameter => parameter.Name!)];
        return parameters.Length == 0
            ? [method.Name]
            : from builder in method.GetCustomAttributes().OfType<ITestBuilder>()
              from test in builder.BuildFrom(new MethodWrapper(fixture, method), null)
              select method.Name + string.Concat(parameters.Zip(test.Arguments, (name, value) => FormattableString.Invariant($"_{name}={value}")));
    }

    /// <summary>The rest after the case's name is nothing, a target's name or number, or what the file is unique for.</summary>
    private static bool Claims(string name, string test) =>
        test.StartsWith(name, StringComparison.Ordinal) && (test.Length == name.Length || test[name.Length] is '#' or '.');
}
