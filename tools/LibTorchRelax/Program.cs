using LibTorchRelax;

// Run by LibTorch.targets; the version is the one that TorchSharp 0.107.0's libLibTorchSharp.so needs for a single
// symbol, _ZSt21ios_base_library_initv, which nothing in it relocates against.
const string library = "libstdc++.so.6";
const string version = "GLIBCXX_3.4.32";

if (args is not [string source, string target, "auto" or "always" or "never"])
{
    Console.Error.WriteLine("usage: LibTorchRelax SOURCE TARGET auto|always|never");
    return 2;
}

try
{
    Console.WriteLine(new RelaxedCopy(library, version, Enum.Parse<RelaxMode>(args[2], ignoreCase: true)).Write(source, target));
    return 0;
}
catch (Exception problem) when (problem is ElfFormatException or IOException or UnauthorizedAccessException)
{
    // This form makes MSBuild show a coded error at the file.
    Console.Error.WriteLine($"{source} : error GROKV0005: {problem.Message.ReplaceLineEndings(" ")}");
    return 1;
}
