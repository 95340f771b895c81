using System.Text;

namespace GrokVerify.Cli;

/// <summary>
/// check --arguments FILE: a build hands on as many networks as it has, under whatever names, without a shell or a limit of the system in between. One argument a line, as it is; nothing in the file is
/// looked up further.
/// </summary>
internal static class ArgumentsFile
{
    public const string Option = "--arguments";
    private const string Verb = "check";

    /// <summary>Room for a hundred thousand names; what is longer is no such file.</summary>
    private const int MostCharacters = 16 << 20;

    /// <exception cref="UsageException">The file cannot be read, or is too long.</exception>
    public static IReadOnlyList<string> Expand(IReadOnlyList<string> arguments) => arguments is [Verb, Option, string file] ? [Verb, .. Lines(file)] : arguments;

    private static string[] Lines(string file)
    {
        char[] text = new char[MostCharacters + 1];
        int length;
        try
        {
            using var reader = new StreamReader(file, Encoding.UTF8);
            length = reader.ReadBlock(text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{Option} {file}: cannot be read ({problem.Message.TrimEnd('.')}); give a file of one argument a line", problem);
        }

        return length <= MostCharacters
            ? new string(text, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray()
            : throw new UsageException($"{Option} {file}: has more than {MostCharacters} characters; give a file of one argument a line");
    }
}
