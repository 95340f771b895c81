using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace GrokVerify.LibTorch;

/// <summary>
/// Loads libtorch before TorchSharp does. TorchSharp's own loader prints a page of text and names the wrong cause when
/// a library does not load, so everything that uses TorchSharp calls <see cref="Require"/> before its first call.
/// </summary>
public static class LibTorchLoader
{
    /// <summary>
    /// The setting (of AppContext, or in the program's runtimeconfig.json) that names a folder of libtorch, usually the
    /// lib folder of a PyTorch, to be used instead of the libraries beside the program.
    /// </summary>
    public const string FolderSetting = "GrokVerify.LibTorchPath";

    private static readonly Lock Gate = new();
    private static bool _isLoaded;

    /// <summary>Chooses the folder that libtorch is loaded from, over the one in the program's settings.</summary>
    /// <param name="folder">A folder that holds libtorch; null or empty changes nothing.</param>
    /// <exception cref="InvalidOperationException">libtorch is loaded already.</exception>
    public static void UseFolder(string? folder)
    {
        lock (Gate)
        {
            if (string.IsNullOrEmpty(folder))
            {
                return;
            }

            if (_isLoaded)
            {
                throw new InvalidOperationException($"libtorch is loaded already: choose {folder} before the first use");
            }

            AppContext.SetData(FolderSetting, Path.GetFullPath(folder));
        }
    }

    /// <summary>Loads libtorch, once in a process; later calls return at once.</summary>
    /// <exception cref="LibTorchUnavailableException">A library is missing or does not load; says which, why, and what to do.</exception>
    public static void Require()
    {
        lock (Gate)
        {
            if (_isLoaded)
            {
                return;
            }

            string? folder = AppContext.GetData(FolderSetting) as string;
            LibTorchFiles files = LibTorchFiles.OfThisSystem(AppContext.BaseDirectory, string.IsNullOrEmpty(folder) ? null : folder);
            IReadOnlyList<string> paths = files.InLoadingOrder();
            foreach (string path in paths)
            {
                Load(path, bound: path == paths[^1]);
            }

            try
            {
                StartTorchSharp();
            }
            catch (FileNotFoundException problem)
            {
                throw new LibTorchUnavailableException("TorchSharp.dll is missing: add the package TorchSharp", problem);
            }

            _isLoaded = true;
        }
    }

    private static void Load(string path, bool bound)
    {
        if (OperatingSystem.IsLinux() && SharedObjectFile.Truncation(path) is { } truncation)
        {
            throw new LibTorchUnavailableException(truncation);
        }

        try
        {
            if (OperatingSystem.IsLinux() && bound)
            {
                SharedObjectFile.LoadBound(path);
            }
            else
            {
                _ = NativeLibrary.Load(path);
            }
        }
        catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchUnavailableException(LibTorchLoadError.Explain(path, problem), problem);
        }
    }

    private static void StartTorchSharp()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
            using torch.Tensor probe = torch.zeros(1);
        }
        catch (Exception problem) when (problem is TypeInitializationException or NotSupportedException or DllNotFoundException
            or EntryPointNotFoundException or TargetInvocationException or ExternalException)
        {
            Exception cause = problem.GetBaseException();
            string firstLine = cause.Message.Split('\n', 2)[0].Trim();
            throw new LibTorchUnavailableException($"TorchSharp does not start with the libtorch that was loaded: {firstLine}", problem);
        }
    }
}
