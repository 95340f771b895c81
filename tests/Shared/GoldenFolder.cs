using System.Reflection;
using NUnit.Framework.Interfaces;

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
        ILookup<string, MethodInfo> tests = fixtures
            .SelectMany(fixture => fixture.GetMethods().Where(IsTest).Select(method => (Fixture: NameOf(fixture), Method: method)))
            .ToLookup(pair => pair.Fixture, pair => pair.Method);
        foreach (string file in files)
        {
            string[] parts = file.Split('/');
            string test = parts[^1][..parts[^1].IndexOf(Verified, StringComparison.Ordinal)];
            if (parts.Length != 2 || !tests[parts[0]].Any(method => Claims(method, test)))
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

    /// <summary>The rest after the method's name is nothing, a target's name or number, a parameter of the test, or what the file is unique for.</summary>
    private static bool Claims(MethodInfo method, string test)
    {
        if (!test.StartsWith(method.Name, StringComparison.Ordinal))
        {
            return false;
        }

        string rest = test[method.Name.Length..];
        return rest.Length == 0 || rest[0] is '#' or '.'
            || method.GetParameters().Any(parameter => rest.StartsWith($"_{parameter.Name}=", StringComparison.Ordinal));
    }
}
