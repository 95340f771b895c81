using System.Runtime.InteropServices;

namespace GrokVerify.LibTorch;

/// <summary>The native libraries that TorchSharp needs: where they are, and in which order they load.</summary>
/// <param name="programFolder">The folder of the program, which holds TorchSharp's own native library.</param>
/// <param name="libTorchFolder">The folder that libtorch is taken from; null for the program's.</param>
/// <param name="prefix">What the system puts before a library's name: lib or nothing.</param>
/// <param name="suffix">What it puts after it: .so, .dylib or .dll.</param>
internal sealed class LibTorchFiles(string programFolder, string? libTorchFolder, string prefix, string suffix)
{
    private static readonly string[] Required = ["c10", "torch_cpu"];
    private static readonly string[] OfCuda = ["c10_cuda", "torch_cuda"];

    public static LibTorchFiles OfThisSystem(string programFolder, string? libTorchFolder) =>
        OperatingSystem.IsWindows() ? new(programFolder, libTorchFolder, "", ".dll")
        : OperatingSystem.IsMacOS() ? new(programFolder, libTorchFolder, "lib", ".dylib")
        : new(programFolder, libTorchFolder, "lib", ".so");

    /// <summary>Full paths, each library after those that it needs.</summary>
    /// <exception cref="LibTorchUnavailableException">A file is missing, or two copies of libtorch compete.</exception>
    public IReadOnlyList<string> InLoadingOrder()
    {
        string source = libTorchFolder ?? programFolder;
        if (!Directory.Exists(source))
        {
            throw new LibTorchUnavailableException($"the libtorch folder {source} does not exist: give the lib folder of a PyTorch");
        }

        RefuseTwoCopies();
        List<string> paths = [.. Required.Select(name => Existing(source, name))];
        paths.AddRange(OfCuda.Select(name => PathOf(source, name)).Where(File.Exists));
        paths.Add(Existing(source, "torch"));
        paths.Add(Existing(programFolder, "LibTorchSharp"));
        return paths;
    }

    // TorchSharp always loads a torch_cpu beside it, so a second one from elsewhere would end the process.
    private void RefuseTwoCopies()
    {
        string own = PathOf(programFolder, "torch_cpu");
        if (libTorchFolder is not null && File.Exists(own) && Path.GetFullPath(libTorchFolder) != Path.GetFullPath(programFolder))
        {
            throw new LibTorchUnavailableException(
                $"libtorch was asked for from {libTorchFolder}, but the program has one of its own, {own}: "
                + $"build it with -p:LibTorchPath={libTorchFolder}, or delete the libraries whose names begin with {prefix}torch and {prefix}c10 in {programFolder}");
        }
    }

    private string Existing(string folder, string name)
    {
        string path = PathOf(folder, name);
        return File.Exists(path) ? path : throw new LibTorchUnavailableException(Missing(path));
    }

    private string Missing(string path)
    {
        string system = $"{RuntimeInformation.RuntimeIdentifier}";
        return libTorchFolder is null
            ? $"{path} is missing: several layers and the engine torch need libtorch; name the lib folder of a PyTorch in GROKVERIFY_LIBTORCH, or build with the packages TorchSharp and libtorch-cpu "
                + $"for this system ({system}; there are some for linux-x64, win-x64 and osx-arm64) and its RuntimeIdentifier, which UsesLibTorch=true does in this repository"
            : $"{path} is missing: give the lib folder of a PyTorch installation";
    }

    private string PathOf(string folder, string name) => Path.Combine(folder, prefix + name + suffix);
}
