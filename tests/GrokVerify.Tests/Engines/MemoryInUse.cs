using System.Runtime.InteropServices;

namespace GrokVerify.Tests.Engines;

/// <summary>
/// Bytes that the process has allocated and not freed, by malloc (libtorch's tensors) and on the collected heap. Not the working set: over a thousand steps that leave nothing behind
/// that moved by -4 to +17 MB, because freed memory stays with the allocators for a while.
/// </summary>
internal static class MemoryInUse
{
    /// <summary>What mallinfo2 of glibc 2.33 and later returns, in its order.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInfo
    {
        public readonly nuint Arena, FreeChunks, FastbinBlocks, MappedRegions, MappedBytes, HighWater, FastbinBytes, UsedBytes, FreeBytes, Releasable;
    }

    /// <exception cref="EntryPointNotFoundException">The system's C library is not glibc.</exception>
    public static long Bytes() => BytesOfMalloc() + GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>Those of malloc alone: what pools of other tests' arrays give back meanwhile takes no part.</summary>
    /// <inheritdoc cref="Bytes" path="/exception"/>
    public static long BytesOfMalloc()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        MallocInfo info = ReadMallocInfo();
        return (long)info.UsedBytes + (long)info.MappedBytes;
    }

    [DllImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern MallocInfo ReadMallocInfo();
}
