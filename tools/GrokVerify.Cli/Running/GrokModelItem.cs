using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace GrokVerify.Cli.Running;

/// <summary>Finds the GrokModel item of an MSBuild file that a network comes from. MSBuild knows the file of an item, but not its line.</summary>
internal static partial class GrokModelItem
{
    private const string Name = "GrokModel";

    /// <summary>file(line), or the file alone where it has no such item or cannot be read.</summary>
    /// <param name="network">The network; relative to the current folder, as an Include is to the project's.</param>
    /// <param name="file">The project, or a file that it imports.</param>
    public static string PlaceOf(string network, string file)
    {
        try
        {
            XElement[] items = [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(element => element.Name.LocalName == Name && element.Attribute("Include") is not null)];
            XElement? item = items.FirstOrDefault(item => Includes(item, network)) ?? items.FirstOrDefault(IsComputed) ?? items.FirstOrDefault();
            return item is null ? file : $"{file}({((IXmlLineInfo)item).LineNumber})";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or XmlException)
        {
            return file;
        }
    }

    private static bool Includes(XElement item, string network) => Patterns(item).Any(pattern => Matches(pattern, Path.GetFullPath(network)));

    /// <summary>True where only MSBuild itself knows what is included.</summary>
    private static bool IsComputed(XElement item) => Patterns(item).Any(pattern => Expression().IsMatch(pattern));

    private static string[] Patterns(XElement item) =>
        item.Attribute("Include")!.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool Matches(string pattern, string path)
    {
        string whole = Regex.Escape(Path.GetFullPath(pattern.Replace('\\', '/')).Replace('\\', '/'))
            .Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        return Regex.IsMatch(path.Replace('\\', '/'), $"^{whole}$", OperatingSystem.IsWindows() ? RegexOptions.IgnoreCase : RegexOptions.None);
    }

    [GeneratedRegex(@"[$@%]\(")]
    private static partial Regex Expression();
}
