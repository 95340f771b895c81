using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace GrokVerify.LibTorch;

/// <summary>Turns the system loader's report on a library that did not load into one sentence: what is wrong, what to do.</summary>
internal static partial class LibTorchLoadError
{
    /// <param name="path">The library that was to be loaded; it exists.</param>
    /// <param name="problem">What NativeLibrary.Load threw.</param>
    public static string Explain(string path, Exception problem)
    {
        string report = LastLine(problem.Message);
        if (MissingVersion().Match(report) is { Success: true } version)
        {
            string asking = version.Groups["asking"].Value;
            return $"{asking} needs {version.Groups["version"].Value}, which this system's {Path.GetFileName(version.Groups["library"].Value)} does not have: "
                + "build on this system (the build adapts its copy), build with -p:RelaxGlibcxx=always, or install a newer libstdc++";
        }

        if (UndefinedSymbol().Match(report) is { Success: true } symbol)
        {
            return $"{symbol.Groups["asking"].Value} needs the symbol {symbol.Groups["symbol"].Value}, which the libtorch that was loaded does not have: use libtorch 2.10, the version of this TorchSharp";
        }

        if (MissingFile().Match(report) is { Success: true } file && file.Groups["file"].Value != path)
        {
            return $"{path} needs {file.Groups["file"].Value}, which is missing: install it, or put it beside {Path.GetFileName(path)}";
        }

        // The Linux loader says "No such file" for a library of another processor, too.
        if (problem is BadImageFormatException || MissingFile().IsMatch(report) || Damaged().IsMatch(report))
        {
            return $"{path} is damaged or made for another system than {RuntimeInformation.RuntimeIdentifier}: replace it (loader: {report})";
        }

        return $"{path} does not load: {report}";
    }

    private static string LastLine(string message)
    {
        // The runtime tries several spellings of the name; the report on the full path is the one that counts.
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(lines, line => !line.StartsWith("Unable to load", StringComparison.Ordinal)) ?? message.Trim();
    }

    [GeneratedRegex(@"^(?<library>\S+): version [`'](?<version>[^']+)' not found \(required by (?<asking>[^)]+)\)")]
    private static partial Regex MissingVersion();

    [GeneratedRegex(@"^(?<asking>\S+): undefined symbol: (?<symbol>[^\s,]+)")]
    private static partial Regex UndefinedSymbol();

    [GeneratedRegex(@"^(?<file>\S.*?): cannot open shared object file: No such file")]
    private static partial Regex MissingFile();

    [GeneratedRegex("invalid ELF header|file too short|wrong ELF class|ELF load command|cannot read file data|not a mach-o|incompatible architecture", RegexOptions.IgnoreCase)]
    private static partial Regex Damaged();
}
